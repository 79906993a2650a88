import { expect, type Frame } from '@playwright/test';
import { recordThreeRuns } from '../support/threeRuns';
import { createVsCodeTest } from '../support/vscodeFixture';

const test = createVsCodeTest({ prepare: recordThreeRuns });

const rowOf = (table: Frame, name: string) =>
  table.locator('.rows [role=row]').filter({ hasText: name });

test('archives runs in the tree, and takes them back in the table and by a filter', async ({
  workbench,
}) => {
  await workbench.openActivity('Epochlog');
  const runs = workbench.view('Runs');
  await workbench.command('Epochlog: Show Run Table');
  const table = await workbench.webview('runTable');
  await expect(rowOf(table, 'poor run')).toBeVisible();
  await runs.contextMenu('poor run', 'Archive');
  await expect.poll(() => runs.labels()).not.toContain('poor run');
  await expect(table.getByRole('status')).toHaveText('2 runs');
  await table.getByRole('grid').focus();
  await workbench.page.keyboard.press('ControlOrMeta+z');
  await expect(table.getByRole('status')).toHaveText('3 runs');
  await expect.poll(() => runs.labels()).toContain('poor run');

  await runs.contextMenu('poor run', 'Archive');
  await workbench.command('Epochlog: Filter Runs…');
  await workbench.input('archived');
  await expect.poll(() => runs.labels()).toContain('poor run');
  expect(await runs.text()).toContain('poor run  archived');
  await runs.contextMenu('poor run', 'Take out of Archive…');
  await workbench.command('Epochlog: Clear Filter');
  await expect
    .poll(() => runs.labels())
    .toEqual(expect.arrayContaining(['poor run', 'fair run', 'good run']));
});

test('shows a deleted run in the tree where the filter asks for it, and restores it', async ({
  workbench,
}) => {
  const runs = workbench.view('Runs');
  await runs.contextMenu('fair run', 'Delete');
  await expect.poll(() => runs.labels()).not.toContain('fair run');
  await workbench.command('Epochlog: Filter Runs…');
  await workbench.input('deleted');
  await expect.poll(() => runs.text()).toContain('fair run  deleted');
  await runs.contextMenu('fair run', 'Restore Deleted');
  await expect.poll(() => runs.labels()).not.toContain('fair run');
  await workbench.command('Epochlog: Clear Filter');
  await expect.poll(() => runs.labels()).toContain('fair run');
});

test('moves a run that a search finds in the quick pick to a new experiment', async ({
  workbench,
}) => {
  const runs = workbench.view('Runs');
  await workbench.command('Epochlog: Move to Experiment…');
  const list = workbench.page.locator('.quick-input-list');
  await expect(list).toContainText('poor run');
  await workbench.page.keyboard.type('last(metrics.val_acc) > 0.8');
  await expect(list).not.toContainText('fair run');
  await workbench.pickMany(['good run']);
  await workbench.pick('New Experiment…');
  await workbench.input('best ones');
  await expect.poll(() => runs.labels()).toContain('best ones');
  const table = await workbench.webview('runTable');
  await table.getByRole('combobox', { name: 'Search runs' }).fill("experiment = 'best ones'");
  await expect(table.getByRole('status')).toHaveText('1 of 3 runs');
  await expect(rowOf(table, 'good run')).toBeVisible();
  await table.getByRole('button', { name: 'Clear' }).click();
});

test('finds a run or a checkpoint to say something of by a search', async ({ workbench }) => {
  await workbench.closeAllEditors();
  await workbench.command('Epochlog: Edit Note…');
  const list = workbench.page.locator('.quick-input-list');
  await expect(list).toContainText('poor run');
  await workbench.page.keyboard.type('best(metrics.val_acc) < 0.6');
  await expect(list).not.toContainText('fair run');
  expect(await workbench.picks()).toEqual(['poor run']);
  await workbench.page.keyboard.press('Enter');
  await expect(workbench.page.locator('.quick-input-widget')).toContainText(
    'What should be remembered of it?',
  );
  await workbench.input('too short');
  const runs = workbench.view('Runs');
  await workbench.command('Epochlog: Filter Runs…');
  await workbench.input("note = 'too short'");
  await expect.poll(() => runs.labels()).not.toContain('fair run');
  expect(await runs.labels()).toContain('poor run');
  await workbench.command('Epochlog: Clear Filter');
});

test('sets the baseline in the tree, and the table holds the others against it', async ({
  workbench,
}) => {
  await workbench.command('Epochlog: Show Run Table');
  const table = await workbench.webview('runTable');
  await expect(rowOf(table, 'fair run')).toBeVisible();
  await workbench.view('Runs').contextMenu('fair run', 'Set as Baseline');
  await expect(table.getByText('Baseline: fair run')).toBeVisible();
  await expect(rowOf(table, 'good run')).toContainText('+0.2 ✓ better than the baseline');
  await expect(rowOf(table, 'poor run')).toContainText('−0.2 ✗ worse than the baseline');
  await workbench.command('Epochlog: Remove Baseline');
  await expect(table.getByText('Baseline: fair run')).toHaveCount(0);
});

test('opens the table with the view that is its default, and with its baseline', async ({
  workbench,
}) => {
  const table = await workbench.webview('runTable');
  await workbench.view('Runs').contextMenu('good run', 'Set as Baseline');
  await expect(table.getByText('Baseline: good run')).toBeVisible();
  await table.getByTitle('Saved Views').click();
  await table.getByRole('button', { name: 'Save View As…' }).click();
  await workbench.input('Against the good one');
  await expect(table.locator('.view-menu-said')).toHaveText('Saved “Against the good one”.');
  await table.getByRole('button', { name: 'Use as default: Against the good one' }).click();
  await expect(table.getByRole('button', { name: 'Against the good one · default' })).toBeVisible();
  await workbench.command('Epochlog: Remove Baseline');
  await expect(table.getByText('Baseline: good run')).toHaveCount(0);
  await workbench.closeAllEditors();
  await workbench.command('Epochlog: Show Run Table');
  const again = await workbench.webview('runTable');
  await expect(again.getByText('Baseline: good run')).toBeVisible();
  await expect(rowOf(again, 'fair run')).toContainText('worse than the baseline');
});

test('opens a saved view from the palette in the leaderboard that is open', async ({
  workbench,
}) => {
  await workbench.command('Epochlog: Show Leaderboard');
  const board = await workbench.webview('leaderboard');
  const by = board.getByRole('combobox', { name: 'By' });
  await by.selectOption('last');
  await board.getByTitle('Saved Views').click();
  await board.getByRole('button', { name: 'Save View As…' }).click();
  await workbench.input('By the end');
  await expect(board.locator('.view-menu-said')).toHaveText('Saved “By the end”.');
  await board.getByTitle('Saved Views').click();
  await by.selectOption('best');
  await workbench.command('Epochlog: Open Saved View…');
  await workbench.pick('By the end');
  await expect
    .poll(async () => {
      const again = await workbench.webview('leaderboard');
      return again.getByRole('combobox', { name: 'By' }).inputValue();
    })
    .toBe('last');
  expect((await workbench.tabTitles()).filter((title) => title === 'Leaderboard')).toHaveLength(1);
});

test('opens the leaderboard with the view that is its default', async ({ workbench }) => {
  const board = await workbench.webview('leaderboard');
  await board.getByTitle('Saved Views').click();
  await board.getByRole('button', { name: 'Use as default: By the end' }).click();
  await expect(board.getByRole('button', { name: 'By the end · default' })).toBeVisible();
  await workbench.closeAllEditors();
  await workbench.command('Epochlog: Show Leaderboard');
  const again = await workbench.webview('leaderboard');
  await expect(again.getByRole('combobox', { name: 'By' })).toHaveValue('last');
});
