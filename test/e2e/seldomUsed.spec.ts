import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { pickFromContextMenu } from '../../tools/vscodeHost/contextMenu';
import type { Workbench } from '../../tools/vscodeHost/workbench';
import { notebookText } from '../support/notebookText';
import { createVsCodeTest } from '../support/vscodeFixture';

/** Commands that a user reaches by menus alone, or now and then: that each is there and does what it says. */
const script = `import time
time.sleep(0.3)
print("epoch 1/1 loss=0.5")
`;

const test = createVsCodeTest({
  prepare(dir) {
    writeFileSync(join(dir, 'seldom.py'), script);
    writeFileSync(join(dir, 'one.ipynb'), notebookText('rate = 0.1'));
    writeFileSync(join(dir, 'two.ipynb'), notebookText('rate = 0.3'));
    writeFileSync(join(dir, 'broken.epochlog-view.json'), '{"page": "runTable", ');
  },
});

async function checkpoints(workbench: Workbench): Promise<string[]> {
  const labels = await workbench.view('Notebooks').labels();
  return labels.filter((label) => /^\d\d:\d\d:\d\d /.test(label));
}

/** The box of VS Code's own file dialog. */
async function typePath(workbench: Workbench, path: string): Promise<void> {
  const box = workbench.page.locator('.quick-input-widget:visible input[type=text]').first();
  await box.waitFor();
  // It fills in its own proposal, and reads the folder of what is typed.
  await expect(box).not.toHaveValue('');
  await expect(async () => {
    await box.fill(path);
    await workbench.page.waitForTimeout(300);
    await expect(box).toHaveValue(path, { timeout: 100 });
  }).toPass();
  await box.press('Enter');
}

test('a run: its script, its log again, and all of the record in one file', async ({
  workbench,
  workspaceDir,
}) => {
  await workbench.openActivity('Epochlog');
  await workbench.terminal.open();
  expect((await workbench.terminal.run('.venv/bin/python seldom.py --lr 0.1')).exitCode).toBe(0);
  const runs = workbench.view('Runs');
  await expect.poll(() => runs.text()).toContain('loss 0.5');
  const name = 'seldom.py · lr=0.1';

  await runs.contextMenu(name, 'Open Source');
  await workbench.tab('seldom.py').waitFor();
  await runs.contextMenu(name, 'Read the Log Again');
  await expect(workbench.notification('The log was read again.')).toContainText(
    'Nothing has changed',
  );

  await workbench.command('Epochlog: Export Record…');
  const file = join(workspaceDir, 'all.db');
  await typePath(workbench, file);
  await expect(workbench.notification('1 run with 1 point is in')).toContainText('all.db');
  expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
});

test('a notebook: its checkpoint against the one before, and a copy of it', async ({
  workbench,
  workspaceDir,
}) => {
  await workbench.openFile('one.ipynb');
  await workbench.notebook.untilReady();
  for (const source of ['rate = 0.2', 'rate = 0.4']) {
    await workbench.notebook.replaceCell(0, source);
    await workbench.page.keyboard.press('Escape');
    await workbench.save();
    // Rows are told apart by their second.
    await workbench.page.waitForTimeout(1_100);
  }
  await expect.poll(async () => (await checkpoints(workbench)).length).toBe(2);
  const [newest = '', oldest = ''] = await checkpoints(workbench);
  await workbench.view('Notebooks').contextMenu(newest, 'Diff Checkpoint with Previous');
  const diff = await workbench.webview('notebookDiff');
  await expect(diff.locator('td.line.added')).toHaveText('rate = 0.4');
  await workbench.closeTab('one.ipynb: ');

  await workbench.view('Notebooks').contextMenu(oldest, 'Restore as Copy…');
  const copies = () => readdirSync(workspaceDir).filter((file) => /^one \(.*\)\.ipynb$/.test(file));
  await expect.poll(copies).toHaveLength(1);
  await workbench.tab('one (').waitFor();
  expect(readFileSync(join(workspaceDir, copies()[0] ?? ''), 'utf8')).toContain('rate = 0.2');

  await workbench.command('Epochlog: Show Timeline');
  const timeline = await workbench.webview('timeline');
  await expect(timeline.locator('body')).toContainText('one.ipynb');
});

test('two notebooks of the explorer are compared', async ({ workbench }) => {
  await workbench.closeAllEditors();
  await workbench.openActivity('Explorer');
  const file = (name: string) =>
    workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
  await file('one.ipynb').click();
  // Its editor takes the selection of the explorer along when it has loaded.
  await workbench.tab('one.ipynb').waitFor();
  await workbench.notebook.untilReady();
  await file('two.ipynb').click({ modifiers: ['ControlOrMeta'] });
  await pickFromContextMenu(file('two.ipynb'), 'Compare Selected Notebooks');
  const diff = await workbench.webview('notebookDiff');
  await expect(diff.locator('td.line.removed')).toContainText(/rate = 0\.[34]/);
  await expect(diff.locator('td.line.added')).toContainText(/rate = 0\.[34]/);
});

test('a view file that is broken is refused, and the log of the extension shows', async ({
  workbench,
  workspaceDir,
}) => {
  await workbench.command('Epochlog: Open View from File…');
  await typePath(workbench, join(workspaceDir, 'broken.epochlog-view.json'));
  await expect(workbench.notification('This file is no view of Epochlog')).toBeVisible();
  await workbench.command('Epochlog: Show Extension Log');
  await expect(workbench.page.locator('.part.panel .view-lines')).toContainText(
    'epochlog.openViewFile',
  );
});
