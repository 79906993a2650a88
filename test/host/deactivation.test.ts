import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Uri, window } from 'vscode';
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
    await until('a run that runs', async () =>
      (await recordedRuns()).some(
        ({ status, metrics }) => status === 'running' && metrics.length === 1,
      ),
    );
    const before = await recordedRuns();

    // VS Code holds the very same module, so this is what it calls when a window closes.
    const module: { deactivate(): Promise<void> } = createRequire(__filename)(
      join(extension.extensionPath, 'dist', 'extension.js'),
    );
    await module.deactivate();
    await rejectsSnapshot();
    terminal.dispose();

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
        after.map(({ id }) => id),
        before.map(({ id }) => id),
      );
      deepStrictEqual(
        after.filter(({ status }) => status === 'running'),
        [],
      );
      const endless = after.find(
        ({ source }) => source.kind === 'terminal' && source.script === 'endless.py',
      );
      strictEqual(endless?.status, 'interrupted');
      ok(endless.endedAtMs !== undefined && endless.logBytes > 0);
      deepStrictEqual(problems, []);
    } finally {
      await store.close();
    }
  });
});

/** Had another copy of the module been deactivated, the store would still answer. */
async function rejectsSnapshot(): Promise<void> {
  const answered = await recordedRuns().then(
    () => true,
    () => false,
  );
  strictEqual(answered, false, 'the store of the extension is closed');
}
