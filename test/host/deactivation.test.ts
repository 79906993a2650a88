import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { commands, Uri, window, workspace } from 'vscode';
import type { Run } from '../../src/core/run/run';
import { openStore } from '../../src/store/openStore';
import { pythonCommand } from '../../tools/start/prerequisites.mjs';
import { activateEpochlog, recordedRuns, until, workspaceRoot } from './epochlog';

// The last of the suite: it takes the extension down.
suite('deactivation', () => {
  test('it interrupts what runs, and leaves a store that opens again whole', async () => {
    const { extension } = await activateEpochlog();
    const script = Uri.joinPath(workspaceRoot(), 'endless.py').fsPath;
    writeFileSync(script, "print('epoch 1 loss=0.5', flush=True)\nimport time\ntime.sleep(120)\n");
    const terminal = window.createTerminal({ cwd: workspaceRoot() });
    const shell = await until('shell integration', () => terminal.shellIntegration);
    shell.executeCommand(`${pythonCommand()} endless.py`);
    // Of this script: the run of another suite may still be running when this one begins.
    await until('a run that runs', async () =>
      (await recordedRuns()).some(
        (run) => isEndless(run) && run.status === 'running' && run.metrics.length === 1,
      ),
    );
    const before = await recordedRuns();
    const notebook = await runCell();

    // VS Code holds the very same module, so this is what it calls when a window closes.
    const module: { deactivate(): Promise<void> } = createRequire(__filename)(
      join(extension.extensionPath, 'dist', 'extension.js'),
    );
    await module.deactivate();
    await rejectsSnapshot();
    terminal.dispose();

    const isOther = ({ source }: Run) => source.kind !== 'notebook' || source.notebook !== notebook;
    const folder = join(workspaceRoot().fsPath, '.epochlog');
    ok(existsSync(folder));
    const problems: string[] = [];
    const store = await openStore(
      folder,
      { changed: () => undefined, problem: ({ message }) => problems.push(message) },
      { wasmPath: join(extension.extensionPath, 'dist', 'workers', 'sql-wasm.wasm') },
    );
    try {
      const after = await store.listRuns();
      deepStrictEqual(
        after.filter(isOther).map(({ id }) => id),
        before.map(({ id }) => id),
      );
      deepStrictEqual(
        after.filter(({ status }) => status === 'running'),
        [],
      );
      const endless = after.find(isEndless);
      strictEqual(endless?.status, 'interrupted');
      ok(endless.endedAtMs !== undefined && endless.logBytes > 0);
      // What a cell left just before the end is kept, and its run knows where.
      const [checkpoint] = await store.listCheckpoints({ notebook });
      strictEqual(checkpoint?.kind, 'execution');
      strictEqual(after.find((run) => !isOther(run))?.checkpointId, checkpoint.id);
      deepStrictEqual(problems, []);
    } finally {
      await store.close();
    }
  });
});

function isEndless({ source }: Run): boolean {
  return source.kind === 'terminal' && source.script === 'endless.py';
}

/** Runs a cell to its end in a notebook that is not saved. */
async function runCell(): Promise<string> {
  const name = 'last.ipynb';
  const uri = Uri.joinPath(workspaceRoot(), name);
  const cell = {
    cell_type: 'code',
    metadata: {},
    outputs: [],
    source: "print('epoch 1 loss=0.5')",
  };
  const file = {
    ...{ cells: [{ ...cell, execution_count: null }], nbformat: 4, nbformat_minor: 4 },
    metadata: { language_info: { name: 'python' } },
  };
  writeFileSync(uri.fsPath, JSON.stringify(file));
  const document = await workspace.openNotebookDocument(uri);
  await window.showNotebookDocument(document);
  await commands.executeCommand('notebook.execute', uri);
  await until('the end of the cell', () => document.cellAt(0).executionSummary?.timing);
  return name;
}

/** Had another copy of the module been deactivated, the store would still answer. */
async function rejectsSnapshot(): Promise<void> {
  const answered = await recordedRuns().then(
    () => true,
    () => false,
  );
  strictEqual(answered, false, 'the store of the extension is closed');
}
