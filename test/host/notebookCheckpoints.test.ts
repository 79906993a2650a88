import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import {
  commands,
  type NotebookDocument,
  NotebookEdit,
  NotebookRange,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { serializeNotebook } from '../../src/core/notebook/serializeNotebook';
import { commandIds } from '../../src/platform/contributionIds';
import { toNotebook } from '../../src/platform/notebookDocument';
import { checkpointUri } from '../../src/ui/checkpointFileSystem';
import { recordedCheckpoints, recordedRuns, until, workspaceRoot } from './epochlog';

async function openNotebook(name: string, ...sources: readonly string[]) {
  const uri = Uri.joinPath(workspaceRoot(), name);
  const cells = sources.map((source) => ({
    kind: 'code' as const,
    source,
    outputs: [],
    metadata: {},
  }));
  const metadata = { language_info: { name: 'python' } };
  const text = serializeNotebook({
    ...{ cells, metadata, language: 'python', nbformat: 4, nbformatMinor: 4 },
  });
  await workspace.fs.writeFile(uri, Buffer.from(text));
  // As a user opens it: one that an extension opens is not closed with its editor.
  await commands.executeCommand('vscode.openWith', uri, 'jupyter-notebook');
  return until('the notebook', () => {
    const document = window.activeNotebookEditor?.notebook;
    return document?.uri.path === uri.path && document;
  });
}

const checkpointsOf = async (name: string) =>
  (await recordedCheckpoints()).filter(({ notebook }) => notebook === name);

async function typeIn(document: NotebookDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  const { uri } = document.cellAt(0).document;
  edit.insert(uri, document.cellAt(0).document.positionAt(0), text);
  ok(await workspace.applyEdit(edit));
}

const runsOf = async (name: string) =>
  (await recordedRuns()).filter(
    ({ source }) => source.kind === 'notebook' && source.notebook === name,
  );

type RecordedRun = Awaited<ReturnType<typeof runsOf>>[number];

/** The newest of so many runs of a notebook, once all of them have a checkpoint. */
const linkedRun = (name: string, count: number) =>
  until('the runs with their checkpoints', async () => {
    const runs = await runsOf(name);
    const isDone = runs.length === count && runs.every(({ checkpointId }) => checkpointId);
    return isDone && runs[0];
  });

/** Source and printed text of each cell, as the checkpoint of a run has them. */
async function keptCells({ checkpointId }: RecordedRun) {
  const checkpoint = (await recordedCheckpoints()).find(({ id }) => id === checkpointId);
  ok(checkpoint);
  // The window hears a moment later of what is in the store.
  const kept = await until('the checkpoint in an editor', async () => {
    const opening = workspace.openNotebookDocument(checkpointUri(checkpoint));
    return Promise.resolve(opening).catch(() => undefined);
  });
  return toNotebook(kept).cells.map(({ source, outputs }) => [source, outputs[0]?.text]);
}

const slowSource = (seconds: number) =>
  `import time\nprint('epoch 1 loss=0.5', flush=True)\ntime.sleep(${seconds})`;

/** Executes its first cell, and waits until that is a run. */
async function startRun(document: NotebookDocument, name: string): Promise<void> {
  void commands.executeCommand('notebook.cell.execute', {
    ranges: [{ start: 0, end: 1 }],
    document: document.uri,
  });
  await until('a run that runs', async () =>
    (await runsOf(name)).some(({ status }) => status === 'running'),
  );
}

suite('notebookCheckpoints', function () {
  let batchCount = 0;
  // Starting a kernel takes a while on a busy machine.
  this.timeout(60_000);

  test('cells that run one after the other give one checkpoint, trained or not', async function () {
    // Between two cells a busy machine can rest for longer than a batch waits.
    this.retries(2);
    const name = `batch${batchCount++}.ipynb`;
    const document = await openNotebook(
      name,
      '1 + 1',
      "print('epoch 1 loss=0.5')",
      "print('done')",
    );
    await commands.executeCommand('notebook.execute', document.uri);
    const run = await until('the run with its checkpoint', async () =>
      (await recordedRuns()).find(
        ({ source, checkpointId }) =>
          source.kind === 'notebook' && source.notebook === name && checkpointId,
      ),
    );
    strictEqual(document.cellAt(2).outputs.length, 1);
    const checkpoints = await checkpointsOf(name);
    deepStrictEqual(
      checkpoints.map(({ id, kind }) => [id, kind]),
      [[run.checkpointId, 'execution']],
    );
    // The file of the save is what was kept already.
    await document.save();
    await delay(1000);
    strictEqual((await checkpointsOf(name)).length, 1);
  });

  test('a result keeps the source that gave it, though its cell is edited at once', async () => {
    const source = "print('epoch 1 loss=0.5')";
    const document = await openNotebook('retyped.ipynb', source, 'import time; time.sleep(3)');
    void commands.executeCommand('notebook.execute', document.uri);
    // Edited while the cell below still runs: what ran is not in a checkpoint yet.
    await until('the result', () => document.cellAt(0).executionSummary?.timing !== undefined);
    await typeIn(document, '# better\n');
    deepStrictEqual(await keptCells(await linkedRun('retyped.ipynb', 1)), [
      [source, 'epoch 1 loss=0.5\n'],
      ['import time; time.sleep(3)', undefined],
    ]);
    ok(await document.save());
  });

  test('a result keeps the source that gave it, though its cell is edited while it runs', async () => {
    const source = slowSource(2);
    const document = await openNotebook('ahead.ipynb', source);
    await startRun(document, 'ahead.ipynb');
    await typeIn(document, '# the next idea\n');
    deepStrictEqual(await keptCells(await linkedRun('ahead.ipynb', 1)), [
      [source, 'epoch 1 loss=0.5\n'],
    ]);
    ok(await document.save());
  });

  test('a cell that runs twice at once has a checkpoint of each result', async () => {
    const source = "n = globals().get('n', 0) + 1\nprint(f'epoch {n} loss={n / 10}')";
    const document = await openNotebook('twice.ipynb', source);
    const cell = { ranges: [{ start: 0, end: 1 }], document: document.uri };
    for (const order of [1, 2]) {
      void commands.executeCommand('notebook.cell.execute', cell);
      await until('the end', () => {
        const { executionSummary: summary } = document.cellAt(0);
        return summary?.executionOrder === order && summary.timing !== undefined;
      });
    }
    await linkedRun('twice.ipynb', 2);
    const kept = await Promise.all((await runsOf('twice.ipynb')).map(keptCells));
    deepStrictEqual(kept.map(([first]) => first?.[1]).sort(), [
      'epoch 1 loss=0.1\n',
      'epoch 2 loss=0.2\n',
    ]);
    ok(await document.save());
  });

  test('what is lost by a close without saving is kept', async () => {
    const document = await openNotebook('lost.ipynb', 'x = 1');
    await typeIn(document, '# not saved\n');
    await delay(300);
    const held = serializeNotebook(toNotebook(document));
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const [checkpoint] = await until('the checkpoint', async () => {
      const all = await checkpointsOf('lost.ipynb');
      return all.length > 0 && all;
    });
    deepStrictEqual([checkpoint?.kind, checkpoint?.sizeBytes], ['unsaved', held.length]);
  });

  test('a close of what is saved, or was only looked at, keeps nothing more', async () => {
    const document = await openNotebook('kept.ipynb', 'x = 1');
    await typeIn(document, '# saved\n');
    ok(await document.save());
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await delay(1500);
    deepStrictEqual(
      (await checkpointsOf('kept.ipynb')).map(({ kind }) => kind),
      ['save'],
    );
  });

  test('a script with cells is kept when it is saved, and when it is closed without', async () => {
    const uri = Uri.joinPath(workspaceRoot(), 'kept_script.py');
    await workspace.fs.writeFile(uri, Buffer.from('# %%\nx = 1\n'));
    await commands.executeCommand('vscode.open', uri);
    const document = await until('the script', () => {
      const shown = window.activeTextEditor?.document;
      return shown?.uri.path === uri.path && shown;
    });
    const type = async (text: string) => {
      const edit = new WorkspaceEdit();
      edit.insert(uri, document.positionAt(document.getText().length), text);
      ok(await workspace.applyEdit(edit));
    };
    await type('# %%\ny = 2\n');
    ok(await document.save());
    await type('z = 3\n');
    await delay(300);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const kinds = await until('both checkpoints', async () => {
      const all = await checkpointsOf('kept_script.py');
      return all.length > 1 && all.map(({ kind, cellCount }) => [kind, cellCount]);
    });
    deepStrictEqual(kinds, [
      ['unsaved', 2],
      ['save', 2],
    ]);
  });

  test('a run that began before recording was paused has an end, and nothing more is kept', async () => {
    const name = 'paused.ipynb';
    const document = await openNotebook(name, slowSource(2), 'secret = 1');
    await startRun(document, name);
    await commands.executeCommand(commandIds.pauseRecording);
    try {
      await until('the end of the cell', () => document.cellAt(0).executionSummary?.timing);
      await until('the end of its run', async () =>
        (await runsOf(name)).every(({ status }) => status === 'finished'),
      );
      await commands.executeCommand('notebook.cell.execute', {
        ranges: [{ start: 1, end: 2 }],
        document: document.uri,
      });
      await until('the end of the other', () => document.cellAt(1).executionSummary?.timing);
    } finally {
      await commands.executeCommand(commandIds.resumeRecording);
    }
    await startRun(document, name);
    await until('the end of both runs', async () => {
      const runs = await runsOf(name);
      return runs.length === 2 && runs.every(({ status }) => status === 'finished');
    });
  });

  test('a cell that is deleted while it runs is lost, and keeps nothing waiting', async () => {
    const name = 'deleted_cell.ipynb';
    const document = await openNotebook(name, slowSource(30), 'x = 1');
    await startRun(document, name);
    const edit = new WorkspaceEdit();
    edit.set(document.uri, [NotebookEdit.deleteCells(new NotebookRange(0, 1))]);
    ok(await workspace.applyEdit(edit));
    await until('the end of its run', async () =>
      (await runsOf(name)).every(({ status }) => status !== 'running'),
    );
    await until('the checkpoint', async () =>
      (await checkpointsOf(name)).some(({ kind }) => kind === 'execution'),
    );
  });
});
