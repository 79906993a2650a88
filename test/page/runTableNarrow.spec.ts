import { expect } from '@playwright/test';
import { initialTableState } from '../../src/core/table/tableState';
import { beyondEdges, examine, narrowPanel } from './support/looks';
import { test } from './support/pageTest';
import { sampleRuns, toRunId } from './support/sampleRuns';
import { tableHost } from './support/tableHost';

const state = initialTableState;

test('where there is no room, the toolbar is one row, with a menu of the rest by keyboard', async ({
  page,
  open,
}) => {
  await page.setViewportSize(narrowPanel);
  await open({ view: 'runTable', state, host: tableHost({ runs: sampleRuns(20) }).host });
  const search = page.getByRole('combobox', { name: 'Search runs' });
  const more = page.getByRole('button', { name: 'More of the table' });
  const [searchBox, moreBox] = [await search.boundingBox(), await more.boundingBox()];
  const middleOf = (box: typeof moreBox) => (box?.y ?? 0) + (box?.height ?? 0) / 2;
  expect(Math.abs(middleOf(searchBox) - middleOf(moreBox))).toBeLessThan(6);
  expect(searchBox?.width).toBeGreaterThan(140);
  await expect(page.getByRole('button', { name: 'Columns' })).toHaveCount(0);
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Columns…' })).toBeFocused();
  await examine(page, 'runTable-narrow-more', ['dark', 'hcLight']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu', { name: 'Group by' })).toBeVisible();
  await expect(page.locator('[role^=menuitem]:focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await more.click();
  await page.getByRole('menuitem', { name: 'Columns…' }).click();
  await expect(page.getByRole('dialog', { name: 'Columns' })).toBeVisible();
  expect(await beyondEdges(page)).toEqual([]);
});

test('that nothing was found stands below the baseline, not at the end of the page', async ({
  page,
  open,
}) => {
  const host = tableHost({ runs: sampleRuns(20), baseline: toRunId(3) }).host;
  await open({ view: 'runTable', state: { ...state, search: '"nothing like it"' }, host });
  const message = page.getByText('No run matches');
  await expect(message).toBeVisible();
  await expect(page.locator('#baseline-row')).toContainText('lr=0.0003');
  const baseline = await page.locator('#baseline-row').boundingBox();
  const top = (await message.boundingBox())?.y ?? 0;
  const endPx = (baseline?.y ?? 0) + (baseline?.height ?? 0);
  expect(top - endPx).toBeGreaterThanOrEqual(0);
  expect(top - endPx).toBeLessThan(60);
  await examine(page, 'runTable-nothing-found', ['dark', 'hcDark']);
  await page.getByRole('button', { name: 'Clear Search' }).click();
  await expect(page.locator('.rows').getByRole('row').first()).toBeVisible();
});
