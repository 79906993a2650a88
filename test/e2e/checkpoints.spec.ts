import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { TreeView } from '../../tools/vscodeHost/treeView';
import { untilEditorKept } from '../support/untilEditorKept';
import { createVsCodeTest } from '../support/vscodeFixture';

const test = createVsCodeTest();

const name = 'explore.ipynb';
const [loadCell, imagesCell] = [1, 2];
const cellCount = 'return vscode.window.activeNotebookEditor.notebook.cellCount';

/** The labels of the checkpoints in the tree, newest first. */
async function rows(notebooks: TreeView): Promise<string[]> {
  return (await notebooks.labels()).filter((label) => /^\d\d:\d\d:\d\d /.test(label));
}

/** The button over a notebook that adds a cell; one that cannot be changed has none. */
function addCode(page: Page): Locator {
  return page.locator('.notebook-toolbar-container .action-item:visible', {
    hasText: /^\s*Code\s*$/,
  });
}

/** The bytes of the file at the first save. */
let firstBytes = '';

test('each save is kept and says what changed', async ({ workbench, workspaceDir }) => {
  const notebooks = workbench.view('Notebooks');
  await workbench.openActivity('Epochlog');
  await workbench.openFile(name);
  await workbench.notebook.untilReady();
  await workbench.save();
  await expect
    .poll(() => notebooks.text())
    .toMatch(/^explore\.ipynb\n {2}Today\n {4}[\d:]+ Saved {2}first, 8 cells$/);
  firstBytes = readFileSync(join(workspaceDir, name), 'utf8');

  const source = await workbench.notebook.source(loadCell);
  await workbench.notebook.replaceCell(loadCell, source.replace('test_size=0.3', 'test_size=0.2'));
  await addCode(workbench.page).click();
  await workbench.page.keyboard.insertText('best_score = 0');
  await workbench.save();
  await expect.poll(() => notebooks.text()).toMatch(/Saved {2}1 cell changed, 1 added\n.*first/);
});

test('a row opens the diff with the checkpoint before', async ({ workbench }) => {
  const notebooks = workbench.view('Notebooks');
  await notebooks.click((await rows(notebooks))[0] ?? '');
  await workbench.tab('explore.ipynb: Saved ').waitFor();
  const diff = await workbench.webview('notebookDiff');
  await expect(diff.getByRole('status')).toHaveText('1 cell changed, 1 added');
  const changed = diff.getByRole('region', { name: 'Changed: cell 2', exact: true });
  await expect(changed.locator('td.line.removed')).toContainText('test_size=0.3');
  await expect(changed.locator('td.line.added')).toContainText('test_size=0.2');
  const added = diff.getByRole('region', { name: 'Added: cell 3', exact: true });
  await expect(added.locator('td.line.added')).toHaveText('best_score = 0');
  await expect(diff.getByRole('region', { name: /^Same/ })).toHaveCount(0);
  const fold = diff.getByRole('button', { name: '6 unchanged cells' });
  await fold.click();
  await expect(fold).toHaveCount(0);
  // How many of them are drawn depends on what is in view.
  await expect(diff.getByRole('region', { name: /^Same/ }).first()).toBeVisible();
});

test('the diff is there again after a reload of the window, and so is the tree', async ({
  workbench,
}) => {
  const before = await workbench.view('Notebooks').text();
  await untilEditorKept(workbench.page, 'epochlog.notebookDiff');
  await workbench.reload();
  const diff = await workbench.webview('notebookDiff');
  await expect(diff.getByRole('status')).toHaveText('1 cell changed, 1 added');
  await workbench.tab('explore.ipynb: Saved ').waitFor();
  await workbench.openActivity('Epochlog');
  await expect.poll(() => workbench.view('Notebooks').text()).toBe(before);
  await workbench.closeTab('explore.ipynb: ');
});

test('the diff with the current notebook follows what is typed', async ({ workbench }) => {
  const notebooks = workbench.view('Notebooks');
  await workbench.openFile(name);
  await workbench.notebook.replaceCell(imagesCell + 1, 'plt.imshow(digits.images[0])');
  await notebooks.contextMenu(
    (await rows(notebooks))[0] ?? '',
    'Diff Checkpoint with Current Notebook',
  );
  const diff = await workbench.webview('notebookDiff');
  const changed = diff.getByRole('region', { name: 'Changed: cell 4', exact: true });
  await expect(changed).toContainText('plt.imshow(digits.images[0])');
  await expect(diff.getByRole('status')).toHaveText('1 cell changed');
  await expect(diff.getByRole('heading', { name: 'Current' })).toBeVisible();

  // Beside each other, so that both are seen.
  await workbench.command('View: Move Editor into Right Group');
  await workbench.page.locator('.notebookOverlay:visible .view-line').first().click();
  await workbench.page.keyboard.insertText('#typed');
  const beside = await workbench.webview('notebookDiff');
  await expect(beside.getByRole('status')).toHaveText('2 cells changed');
  await expect(beside.locator('body')).toContainText('#typed');
  await workbench.page.keyboard.press('ControlOrMeta+z');
  await expect(beside.getByRole('status')).toHaveText('1 cell changed');
  await workbench.closeTab('explore.ipynb: ');
});

test('any two checkpoints can be held against each other from the palette', async ({
  workbench,
}) => {
  const notebooks = workbench.view('Notebooks');
  await workbench.openFile(name);
  await workbench.save();
  await expect.poll(async () => (await rows(notebooks)).length).toBe(3);
  await workbench.command('Epochlog: Diff Two Checkpoints…');
  const all = await workbench.picks();
  expect(all.length).toBe(3);
  await workbench.pick(all[0] ?? '');
  // The one that was chosen is not offered again.
  await expect.poll(() => workbench.picks()).toEqual(all.slice(1));
  await workbench.pick(all[2] ?? '');
  const diff = await workbench.webview('notebookDiff');
  await expect(diff.getByRole('status')).toHaveText('2 cells changed, 1 added');
  await workbench.closeTab('explore.ipynb: ');
});

test('a checkpoint opens as a notebook that cannot be changed', async ({ workbench }) => {
  const notebooks = workbench.view('Notebooks');
  await notebooks.contextMenu((await rows(notebooks)).at(-1) ?? '', 'Open Checkpoint (Read-Only)');
  await workbench.page.locator('.tab.active', { hasText: /^explore \(/ }).waitFor();
  await workbench.notebook.untilReady();
  await expect(addCode(workbench.page)).toHaveCount(0);
  await workbench.notebook.reveal(loadCell);
  const source = await workbench.notebook.source(loadCell);
  expect(source).toContain('test_size=0.3');
  await workbench.page.locator('.notebookOverlay:visible .view-line').first().click();
  await workbench.page.keyboard.insertText('typed');
  await expect(workbench.page.locator('.tab.active.dirty')).toHaveCount(0);
  expect(await workbench.notebook.source(loadCell)).toBe(source);
  await workbench.closeTab('explore (');
});

test('restore brings the notebook back, byte for byte, and undo brings back what was newer', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  const notebooks = workbench.view('Notebooks');
  const file = join(workspaceDir, name);
  await workbench.openFile(name);
  await workbench.notebook.replaceCell(imagesCell, 'best_score = 1');
  const oldest = (await rows(notebooks)).at(-1) ?? '';
  await notebooks.contextMenu(oldest, 'Restore Checkpoint…');
  await workbench.dialog('Cancel');
  expect(await workbench.notebook.source(imagesCell)).toBe('best_score = 1');
  expect(readFileSync(file, 'utf8')).not.toBe(firstBytes);

  await notebooks.contextMenu(oldest, 'Restore Checkpoint…');
  await workbench.dialog('Restore');
  await expect.poll(() => notebooks.text()).toMatch(/Restored {2}2 cells changed, 1 removed\n/);
  await expect.poll(() => readFileSync(file, 'utf8')).toBe(firstBytes);
  expect(await rpc.evaluate(cellCount)).toBe(8);
  expect(await workbench.notebook.source(loadCell)).toContain('test_size=0.3');
  // What was not saved is kept: it is the row under the restored one.
  expect(await notebooks.text()).toMatch(/Restored.*\n.*Saved {2}1 cell changed\n/);

  await workbench.tab(name).click();
  await workbench.page.keyboard.press('ControlOrMeta+z');
  await rpc.until('the newer cells', `${cellCount} === 9`);
  expect(await workbench.notebook.source(imagesCell)).toBe('best_score = 1');
});

test('a checkpoint is tagged, starred and noted, and a delete can be undone', async ({
  workbench,
}) => {
  const notebooks = workbench.view('Notebooks');
  const labels = await rows(notebooks);
  const label = labels.at(-1) ?? '';
  await notebooks.contextMenu(label, 'Tag…');
  await workbench.input('baseline');
  await expect.poll(() => notebooks.text()).toMatch(/first, 8 cells · #baseline$/);
  await notebooks.inlineAction(label, 'Star or Remove Star');
  await expect.poll(() => notebooks.text()).toMatch(/★ · first, 8 cells · #baseline$/);
  await notebooks.contextMenu(label, 'Edit Note…');
  await workbench.input('the data as it came');
  await expect(async () => {
    // The tree is drawn anew when the note is kept, which closes a hover that is there already.
    await workbench.page.mouse.move(700, 500);
    await notebooks.row(label).hover();
    const hover = workbench.page.locator('.monaco-hover', { hasText: 'the data as it came' });
    await expect(hover).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await notebooks.click(label);
  await workbench.page.keyboard.press('Delete');
  await expect.poll(() => rows(notebooks)).toEqual(labels.slice(0, -1));
  await workbench.notification('Deleted').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => rows(notebooks)).toEqual(labels);
  expect(await notebooks.text()).toMatch(/★ · first, 8 cells · #baseline$/);
});

test('a damaged notebook is kept as it is, said so, and restored', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  const notebooks = workbench.view('Notebooks');
  const file = join(workspaceDir, name);
  await workbench.openFile(name);
  await workbench.save();
  await workbench.closeAllEditors();
  await workbench.openFile(name);
  // As "Reopen Editor With… Text Editor" does.
  await rpc.evaluate(
    `await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(arg), 'default')`,
    file,
  );
  await workbench.page.locator('.editor-instance .view-line').first().click();
  await workbench.page.keyboard.insertText('<<<<<<< ');
  await workbench.save();
  await expect.poll(() => notebooks.text()).toMatch(/Saved {2}not a readable notebook\n/);
  await notebooks.click((await rows(notebooks))[0] ?? '');
  const diff = await workbench.webview('notebookDiff');
  await expect(diff.locator('body')).toContainText('cannot be shown as a notebook');
  await expect(diff.locator('td.line.added').first()).toContainText('<<<<<<< ');
  await workbench.closeAllEditors();

  await notebooks.contextMenu((await rows(notebooks)).at(-1) ?? '', 'Restore Checkpoint…');
  await workbench.dialog('Restore');
  await workbench.tab(name).waitFor();
  await expect.poll(() => notebooks.text()).toMatch(/Restored.*\n.*not a readable notebook\n/);
  expect(readFileSync(file, 'utf8')).toBe(firstBytes);
});
