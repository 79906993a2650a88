import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { TreeView } from '../../tools/vscodeHost/treeView';
import { createVsCodeTest } from '../support/vscodeFixture';

const name = 'explore.ipynb';
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@example.org', ...args], {
    cwd,
  });

const test = createVsCodeTest({
  prepare(dir) {
    git(dir, 'init', '-q', '-b', 'main');
    git(dir, 'add', name);
    git(dir, 'commit', '-qm', 'Explore the digits');
    git(dir, 'branch', 'dev');
  },
});

async function rows(notebooks: TreeView): Promise<string[]> {
  return (await notebooks.labels()).filter((label) => /^\d\d:\d\d:\d\d /.test(label));
}

test('cells that ran one after the other, and edits that were not saved, are kept', async ({
  workbench,
}) => {
  const notebooks = workbench.view('Notebooks');
  await workbench.openActivity('Epochlog');
  await workbench.openFile(name);
  await workbench.notebook.untilReady();
  await workbench.save();
  await expect.poll(async () => (await rows(notebooks)).length).toBe(1);
  expect(await workbench.notebook.runCell(1)).toBe(true);
  await expect.poll(async () => (await rows(notebooks)).length).toBe(2);
  // What it holds is kept already.
  await workbench.save();

  await workbench.notebook.replaceCell(2, 'precious = 1');
  await workbench.page.keyboard.press('Escape');
  await workbench.page
    .locator('.tab.active')
    .getByRole('button', { name: /^Close/ })
    .click();
  await workbench.dialog("Don't Save");
  await expect.poll(async () => (await rows(notebooks)).length).toBe(3);
  const [lost = ''] = await rows(notebooks);
  await notebooks.contextMenu(lost, 'Restore Checkpoint…');
  await workbench.dialog('Restore');
  await workbench.tab(name).waitFor();
  await expect.poll(() => workbench.notebook.source(2)).toBe('precious = 1');
  await expect.poll(() => notebooks.text()).toContain('Restored');
});

test('what git changes is kept and says so', async ({ workbench, rpc, workspaceDir }) => {
  const notebooks = workbench.view('Notebooks');
  const before = (await rows(notebooks)).length;
  git(workspaceDir, 'commit', '-qam', 'Keep what is precious');
  git(workspaceDir, 'checkout', '-q', 'dev');
  await expect.poll(async () => (await rows(notebooks)).length).toBe(before + 1);
  const origins = await rpc.evaluate<(string | undefined)[]>(
    `const { exports } = vscode.extensions.getExtension('epochlog.epochlog');
     return (await exports.snapshot()).checkpoints.map(({ origin }) => origin)`,
  );
  expect(origins[0]).toBe('git checkout (main → dev)');
});

test('a rename takes the history along, in VS Code and outside of it', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  const notebooks = workbench.view('Notebooks');
  const count = (await rows(notebooks)).length;
  const uri = (path: string) => join(workspaceDir, path);
  await workbench.closeAllEditors();
  await rpc.evaluate(
    `const edit = new vscode.WorkspaceEdit();
     edit.renameFile(vscode.Uri.file(arg.from), vscode.Uri.file(arg.to));
     return vscode.workspace.applyEdit(edit)`,
    { from: uri(name), to: uri('renamed.ipynb') },
  );
  await expect.poll(() => notebooks.text()).toMatch(/^renamed\.ipynb\n/);
  expect((await rows(notebooks)).length).toBe(count);
  execFileSync('mv', [uri('renamed.ipynb'), uri('moved.ipynb')]);
  await expect.poll(() => notebooks.text(), { timeout: 20_000 }).toMatch(/^moved\.ipynb\n/);
  expect((await rows(notebooks)).length).toBe(count);
});

test('the versions that git has are imported when asked for', async ({
  workbench,
  workspaceDir,
}) => {
  git(workspaceDir, 'checkout', '-q', '--', name);
  const notebooks = workbench.view('Notebooks');
  await workbench.openFile(name);
  await workbench.notebook.untilReady();
  await workbench.command('Epochlog: Import History from Git');
  await expect(workbench.notification('Imported 1 version.')).toBeVisible();
  await expect.poll(() => notebooks.text()).toContain(name);
});
