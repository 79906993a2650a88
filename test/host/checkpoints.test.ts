import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { FileSystemError, NotebookEdit, Uri, WorkspaceEdit, workspace } from 'vscode';
import { schemes } from '../../src/platform/contributionIds';
import { checkpointUri } from '../../src/ui/checkpointFileSystem';
import { recordedCheckpoints, until, workspaceRoot } from './epochlog';

/** Changes a notebook of the workspace and saves it; gives the checkpoint and the file. */
async function saveChanged(name: string, tag: string) {
  const uri = Uri.joinPath(workspaceRoot(), name);
  const document = await workspace.openNotebookDocument(uri);
  const edit = new WorkspaceEdit();
  edit.set(uri, [NotebookEdit.updateCellMetadata(0, { metadata: { tags: [tag] } })]);
  await workspace.applyEdit(edit);
  strictEqual(await document.save(), true);
  const file = Buffer.from(await workspace.fs.readFile(uri));
  const checkpoint = await until('a checkpoint of the save', async () =>
    (await recordedCheckpoints()).find(
      ({ notebook, sizeBytes }) => notebook === name && sizeBytes === file.byteLength,
    ),
  );
  // The file system shows what the window's trees show, a moment after the store has it.
  await until('the file of the checkpoint', async () => {
    try {
      return await workspace.fs.stat(checkpointUri(checkpoint));
    } catch {
      return undefined;
    }
  });
  return { uri, document, file, checkpoint };
}

suite('checkpoints', () => {
  test('a save is one, and its virtual file has the bytes of that save', async () => {
    const { file, checkpoint } = await saveChanged('explore.ipynb', 'first-save');
    strictEqual(checkpoint.kind, 'save');
    const uri = checkpointUri(checkpoint);
    deepStrictEqual(Buffer.from(await workspace.fs.readFile(uri)), file);
    const { size, mtime } = await workspace.fs.stat(uri);
    deepStrictEqual([size, mtime], [file.byteLength, checkpoint.takenAtMs]);
    ok(uri.path.endsWith('.ipynb'));
  });

  test('a later save is another, and says what changed', async () => {
    const { checkpoint } = await saveChanged('explore.ipynb', 'the second save');
    strictEqual(checkpoint.changes?.changed, 1);
  });

  test('its file cannot be written, renamed, deleted or added to', async () => {
    const { file, checkpoint } = await saveChanged('explore.ipynb', 'the third save of them');
    const uri = checkpointUri(checkpoint);
    const other = uri.with({ path: `${uri.path}2` });
    strictEqual(workspace.fs.isWritableFileSystem(schemes.checkpoint), false);
    await rejects(async () => workspace.fs.writeFile(uri, Buffer.from('{}')));
    await rejects(async () => workspace.fs.writeFile(other, Buffer.from('{}')));
    await rejects(async () => workspace.fs.rename(uri, other));
    await rejects(async () => workspace.fs.delete(uri));
    await rejects(async () => workspace.fs.createDirectory(Uri.joinPath(uri, '..', 'folder')));
    deepStrictEqual(Buffer.from(await workspace.fs.readFile(uri)), file);
  });

  test('a checkpoint that is not there is no file', async () => {
    const uri = Uri.from({ scheme: schemes.checkpoint, path: '/no-such-id/a.ipynb' });
    for (const ask of [workspace.fs.stat, workspace.fs.readFile]) {
      await rejects(
        async () => ask(uri),
        (error) => error instanceof FileSystemError && error.code === 'FileNotFound',
      );
    }
  });

  test('VS Code opens it as the notebook that it was', async () => {
    const { document, checkpoint } = await saveChanged(
      'explore.ipynb',
      'the fourth save, which opens',
    );
    const opened = await workspace.openNotebookDocument(checkpointUri(checkpoint));
    strictEqual(opened.notebookType, 'jupyter-notebook');
    deepStrictEqual(
      opened.getCells().map((cell) => [cell.kind, cell.document.getText(), cell.metadata]),
      document.getCells().map((cell) => [cell.kind, cell.document.getText(), cell.metadata]),
    );
  });
});
