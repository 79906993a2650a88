import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { commands, type NotebookDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { serializeNotebook } from '../../src/core/notebook/serializeNotebook';
import { toNotebook } from '../../src/platform/notebookDocument';
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

suite('notebookCheckpoints', function () {
  // Starting a kernel takes a while on a busy machine.
  this.timeout(60_000);

  test('cells that run one after the other give one checkpoint, trained or not', async () => {
    const document = await openNotebook(
      'batch.ipynb',
      '1 + 1',
      "print('epoch 1 loss=0.5')",
      "print('done')",
    );
    await commands.executeCommand('notebook.execute', document.uri);
    const run = await until('the run with its checkpoint', async () =>
      (await recordedRuns()).find(
        ({ source, checkpointId }) =>
          source.kind === 'notebook' && source.notebook === 'batch.ipynb' && checkpointId,
      ),
    );
    strictEqual(document.cellAt(2).outputs.length, 1);
    const checkpoints = await checkpointsOf('batch.ipynb');
    deepStrictEqual(
      checkpoints.map(({ id, kind }) => [id, kind]),
      [[run.checkpointId, 'execution']],
    );
    // The file of the save is what was kept already.
    await document.save();
    await delay(1000);
    strictEqual((await checkpointsOf('batch.ipynb')).length, 1);
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
});
