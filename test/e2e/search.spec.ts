import { expect } from '@playwright/test';
import { recordThreeRuns } from '../support/threeRuns';
import { createVsCodeTest } from '../support/vscodeFixture';

const test = createVsCodeTest({ prepare: recordThreeRuns });

test('the tree is filtered by a search, which is kept over a reload and cleared', async ({
  workbench,
}) => {
  await workbench.openActivity('Epochlog');
  const runs = workbench.view('Runs');
  await expect.poll(() => runs.text()).toMatch(/3 runs/);
  await workbench.command('Epochlog: Filter Runs…');
  await workbench.page.keyboard.type('metrics.val_acc >');
  await expect(workbench.page.locator('.quick-input-list')).toContainText('Write a value after >.');
  await workbench.page.keyboard.type(' 0.6');
  await expect(workbench.page.locator('.quick-input-list')).toContainText('2 runs');
  await workbench.page.keyboard.press('Enter');
  await expect.poll(() => runs.labels()).not.toContain('poor run');
  expect(await runs.labels()).toEqual(expect.arrayContaining(['fair run', 'good run']));
  await expect(workbench.page.locator('.part.sidebar')).toContainText(
    '2 of 3 runs match: metrics.val_acc > 0.6',
  );
  await workbench.reload();
  await expect.poll(() => runs.labels()).toContain('good run');
  expect(await runs.labels()).not.toContain('poor run');
  await workbench.command('Epochlog: Clear Filter');
  await expect.poll(() => runs.labels()).toContain('poor run');
});

test('a quick pick of runs takes a search', async ({ workbench }) => {
  await workbench.command('Epochlog: Set as Baseline');
  const list = workbench.page.locator('.quick-input-list');
  await expect(list).toContainText('poor run');
  await workbench.page.keyboard.type('last(metrics.val_acc) > 0.8');
  await expect(list).not.toContainText('fair run');
  expect(await workbench.picks()).toEqual(['good run']);
  await workbench.page.keyboard.press('Escape');
});

test('a view of the table is saved, and opened from the palette', async ({ workbench }) => {
  await workbench.command('Epochlog: Show Run Table');
  const page = await workbench.webview('runTable');
  await page.getByRole('combobox', { name: 'Search runs' }).fill('val_acc < 0.8');
  const status = page.getByRole('status');
  await expect(status).toContainText('2 of 3 runs');
  await page.getByTitle('Saved Views').click();
  await page.getByRole('button', { name: 'Save View As…' }).click();
  await workbench.input('Not good enough');
  await expect(page.locator('.view-menu-said')).toHaveText('Saved “Not good enough”.');
  await page.getByTitle('Saved Views').click();
  await page.getByRole('combobox', { name: 'Search runs' }).fill('');
  await expect(status).toContainText('3 runs');
  await workbench.command('Epochlog: Open Saved View…');
  await workbench.pick('Not good enough');
  await expect
    .poll(async () => {
      const again = await workbench.webview('runTable');
      return again.getByRole('combobox', { name: 'Search runs' }).inputValue();
    })
    .toBe('val_acc < 0.8');
});
