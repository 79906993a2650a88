import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NotebookDocument, NotebookEdit, Uri, WorkspaceEdit, workspace } from 'vscode';
import type { Notebook } from '../../src/core/notebook/notebook';
import { parseNotebook } from '../../src/core/notebook/parseNotebook';
import { serializeNotebook } from '../../src/core/notebook/serializeNotebook';
import { cellId, toNotebook } from '../../src/platform/notebookDocument';
import { workspaceRoot } from './epochlog';

// The suite is built into out/test/host; what it reads lies in the repository.
const repository = join(__dirname, '..', '..', '..');
const executed = join(repository, 'test', 'fixtures', 'notebooks');
const allOutputs = join(repository, 'test', 'host', 'fixtures', 'allOutputs.ipynb');

/** Opens a copy in the workspace, so that nothing in the repository can be written. */
async function openCopy(path: string, name: string) {
  const uri = Uri.joinPath(workspaceRoot(), name);
  await workspace.fs.writeFile(uri, readFileSync(path));
  return { uri, document: await workspace.openNotebookDocument(uri) };
}

/**
 * What VS Code itself changes as it reads a file: it ends each line of a printed text with a line
 * feed, also where Jupyter cut it at a carriage return, and it reads pictures as bytes.
 */
function asVsCodeReads(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    outputs: cell.outputs.map((output) => ({
      ...output,
      ...(output.text === undefined ? {} : { text: output.text.replaceAll('\r\n', '\r') }),
      data: Object.fromEntries(
        Object.entries(output.data).map(([mime, text]) => [
          mime,
          mime === 'image/png' ? text.trimEnd() : text,
        ]),
      ),
    })),
  }));
  return { ...notebook, cells };
}

function checkSame(document: NotebookDocument, file: string): void {
  const [open, parsed] = [toNotebook(document), parseNotebook(readFileSync(file, 'utf8'))];
  // Cell by cell, as a difference in all of a notebook is more than anyone can read.
  for (const [index, cell] of asVsCodeReads(parsed).cells.entries()) {
    deepStrictEqual(asVsCodeReads(open).cells[index], cell);
  }
  deepStrictEqual({ ...open, cells: open.cells.length }, { ...parsed, cells: parsed.cells.length });
}

suite('notebookDocument', () => {
  test('the sample notebook, open, is what its file says', async () => {
    const uri = Uri.joinPath(workspaceRoot(), 'explore.ipynb');
    const document = await workspace.openNotebookDocument(uri);
    const text = readFileSync(uri.fsPath, 'utf8');
    deepStrictEqual(toNotebook(document), parseNotebook(text));
    strictEqual(serializeNotebook(toNotebook(document)), text);
  });

  test('a notebook with every kind of cell and output, open, is what its file says', async () => {
    const { uri, document } = await openCopy(allOutputs, 'allOutputs.ipynb');
    checkSame(document, uri.fsPath);
    deepStrictEqual(
      document.getCells().map((cell) => cellId(cell)),
      parseNotebook(readFileSync(allOutputs, 'utf8')).cells.map(({ id }) => id),
    );
  });

  // A notebook before nbformat 4 is one that VS Code itself refuses to open.
  for (const name of readdirSync(executed).filter((file) => /(?<!-v3)\.ipynb$/.test(file))) {
    test(`${name}, executed by Jupyter, is the same open and parsed`, async () => {
      const { uri, document } = await openCopy(join(executed, name), name);
      checkSame(document, uri.fsPath);
    });
  }

  test('what is typed and not saved counts', async () => {
    const { document } = await openCopy(allOutputs, 'typed.ipynb');
    const edit = new WorkspaceEdit();
    edit.set(document.uri, [NotebookEdit.updateCellMetadata(2, { metadata: { tags: ['new'] } })]);
    const [, , cell] = document.getCells();
    if (!cell) throw new Error('the fixture has more cells');
    edit.insert(cell.document.uri, cell.document.positionAt(0), '# größer\n');
    await workspace.applyEdit(edit);
    const fresh = toNotebook(document).cells[2];
    deepStrictEqual(fresh?.metadata, { tags: ['new'] });
    strictEqual(fresh?.source.split('\n')[0], '# größer');
  });

  test('a checkpoint of a state is the file that VS Code writes of it', async () => {
    const { uri, document } = await openCopy(join(executed, 'edited.ipynb'), 'written.ipynb');
    const [cell] = document.getCells();
    if (!cell) throw new Error('the fixture has cells');
    const edit = new WorkspaceEdit();
    edit.insert(cell.document.uri, cell.document.positionAt(0), 'changed ');
    await workspace.applyEdit(edit);
    const written = serializeNotebook(toNotebook(document));
    strictEqual(await document.save(), true);
    strictEqual(written, readFileSync(uri.fsPath, 'utf8'));
  });
});
