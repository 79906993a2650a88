import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import {
  ConfigurationTarget,
  commands,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  type NotebookDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { parseNotebook } from '../../src/core/notebook/parseNotebook';
import { serializeNotebook } from '../../src/core/notebook/serializeNotebook';
import { settingIds } from '../../src/platform/contributionIds';
import { toNotebook } from '../../src/platform/notebookDocument';
import { checkpointUri } from '../../src/ui/checkpointFileSystem';
import { recordedCheckpoints, recordedRuns, until, workspaceRoot } from './epochlog';

/** A notebook of the workspace with these code cells, in an editor of its own. */
async function openNotebook(name: string, ...sources: readonly string[]) {
  const cells = sources.map(
    (source) => new NotebookCellData(NotebookCellKind.Code, source, 'python'),
  );
  const content = new NotebookData(cells);
  content.metadata = { metadata: { language_info: { name: 'python' } } };
  const untitled = await workspace.openNotebookDocument('jupyter-notebook', content);
  const uri = Uri.joinPath(workspaceRoot(), name);
  await workspace.fs.writeFile(uri, Buffer.from(serializeNotebook(toNotebook(untitled))));
  const document = await workspace.openNotebookDocument(uri);
  await window.showNotebookDocument(document);
  return document;
}

/** Executes a cell on the sample's Python and waits until VS Code says that it is over. */
async function execute(document: NotebookDocument, index: number): Promise<void> {
  await commands.executeCommand('notebook.cell.execute', {
    ranges: [{ start: index, end: index + 1 }],
    document: document.uri,
  });
  await until('the end of the cell', () => {
    const { executionSummary } = document.cellAt(index);
    return executionSummary?.timing !== undefined;
  });
}

const runOf = (notebook: string) =>
  until(`a run of ${notebook} that is over`, async () =>
    (await recordedRuns()).find(
      ({ source, status }) =>
        source.kind === 'notebook' && source.notebook === notebook && status !== 'running',
    ),
  );

suite('notebookExecutions', function () {
  // Starting a kernel takes a while on a busy machine.
  this.timeout(60_000);

  test('a cell that redraws its output gives each value, and a checkpoint of what it left', async () => {
    const source = [
      'import time',
      'from IPython.display import clear_output',
      'lr = 0.1',
      'for epoch in range(1, 4):',
      '    clear_output(wait=True)',
      "    print(f'epoch {epoch} loss={1 / epoch:.4f}')",
      '    time.sleep(0.4)',
    ].join('\n');
    const document = await openNotebook('redrawn.ipynb', source);
    await execute(document, 0);
    const run = await runOf('redrawn.ipynb');
    strictEqual(run.status, 'finished');
    deepStrictEqual(
      run.metrics.map(({ key, count, first, last }) => [key, count, first, last]),
      [['loss', 3, 1, 0.3333]],
    );
    ok(run.params.some(({ key, value }) => key === 'lr' && value === '0.1'));
    const checkpoint = await until('the checkpoint of the run', async () => {
      const linked = (await runOf('redrawn.ipynb')).checkpointId;
      return (await recordedCheckpoints()).find(({ id }) => id === linked);
    });
    strictEqual(checkpoint.kind, 'execution');
    const file = await until('the file of the checkpoint', async () => {
      try {
        return await workspace.fs.readFile(checkpointUri(checkpoint));
      } catch {
        return undefined;
      }
    });
    deepStrictEqual(parseNotebook(Buffer.from(file).toString()), toNotebook(document));
  });

  test('a training cell that raises is a run that failed, with the exact source', async () => {
    const source = 'epochs = 3\nmodel.fit(x, y, epochs=epochs)';
    const document = await openNotebook('raises.ipynb', '1 + 1', source);
    await execute(document, 0);
    await execute(document, 1);
    const run = await runOf('raises.ipynb');
    strictEqual(run.status, 'failed');
    ok(run.source.kind === 'notebook');
    deepStrictEqual([run.source.cellIndex, run.source.cellSource], [1, source]);
  });

  test('outputs past the limit are left out of its checkpoint, which says so', async () => {
    const limit = (value?: number) =>
      workspace
        .getConfiguration()
        .update(settingIds.maxOutputMB, value, ConfigurationTarget.Workspace);
    await limit(0.001);
    try {
      const large = "print('x' * 5000)";
      const document = await openNotebook('large.ipynb', large, "print('epoch 1 loss=0.5')");
      await execute(document, 0);
      await execute(document, 1);
      const checkpoint = await until('the checkpoint of the run', async () => {
        const linked = (await runOf('large.ipynb')).checkpointId;
        return (await recordedCheckpoints()).find(({ id }) => id === linked);
      });
      deepStrictEqual(checkpoint.leftOut, { what: 'outputs', bytes: 5001 });
      const file = await until('the file of the checkpoint', async () => {
        try {
          return await workspace.fs.readFile(checkpointUri(checkpoint));
        } catch {
          return undefined;
        }
      });
      deepStrictEqual(
        parseNotebook(Buffer.from(file).toString()),
        toNotebook(document, new Set([1])),
      );
    } finally {
      await limit();
    }
  });

  test('clearing the outputs of a cell starts nothing', async () => {
    const notebooks = async () =>
      (await recordedRuns()).filter(({ source }) => source.kind === 'notebook').length;
    const cleared = await openNotebook('cleared.ipynb', "print('epoch 1 loss=0.5')");
    await execute(cleared, 0);
    await runOf('cleared.ipynb');
    const before = await notebooks();
    await commands.executeCommand('notebook.clearAllCellsOutputs');
    await until('no outputs', () => cleared.cellAt(0).outputs.length === 0);
    const document = await openNotebook('after.ipynb', "print('epoch 1 loss=0.5')");
    await execute(document, 0);
    await runOf('after.ipynb');
    strictEqual(await notebooks(), before + 1);
  });
});
