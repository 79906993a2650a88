import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, Uri, window, workspace } from 'vscode';
import { toNotebook } from '../../src/platform/notebookDocument';
import { restoreCell, restoreScriptCell } from '../../src/ui/restoreCell';
import { until, workspaceRoot } from './epochlog';

const allOutputs = join(
  __dirname,
  '..',
  '..',
  '..',
  'test',
  'host',
  'fixtures',
  'allOutputs.ipynb',
);

suite('restoreCell', () => {
  test('gives each cell what it had, and undo takes it back', async () => {
    const uri = Uri.joinPath(workspaceRoot(), 'restoreCell.ipynb');
    await workspace.fs.writeFile(uri, readFileSync(allOutputs));
    const document = await workspace.openNotebookDocument(uri);
    await window.showNotebookDocument(document);
    const before = toNotebook(document);
    for (const [index, cell] of before.cells.entries()) {
      await restoreCell(document, index, `# ${cell.source}`, []);
      await restoreCell(document, index, cell.source, cell.outputs);
      deepStrictEqual(toNotebook(document).cells[index]?.outputs, cell.outputs);
    }
    const sources = () => toNotebook(document).cells.map(({ source }) => source);
    deepStrictEqual(
      sources(),
      before.cells.map(({ source }) => source),
    );
    await restoreCell(document, 1, 'x = 1');
    deepStrictEqual(toNotebook(document).cells[1]?.outputs, before.cells[1]?.outputs);
    await commands.executeCommand('undo');
    await until('the source of before', () => sources()[1] === before.cells[1]?.source);
  });

  test('changes one cell of a script and nothing else', async () => {
    const uri = Uri.joinPath(workspaceRoot(), 'cells.py');
    await workspace.fs.writeFile(uri, Buffer.from('# %%\r\nx = 1\r\n\r\n# %%\r\ny = 2'));
    const document = await workspace.openTextDocument(uri);
    await restoreScriptCell(document, 0, 'x = 3\n%time x');
    await restoreScriptCell(document, 1, 'y = 4');
    strictEqual(document.getText(), '# %%\r\nx = 3\r\n# %time x\r\n\r\n# %%\r\ny = 4');
  });
});
