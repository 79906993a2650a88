import { expect } from '@playwright/test';
import { initialTableState } from '../../src/core/table/tableState';
import type { RunTableHost, RunTablePage, TableQuery } from '../../src/protocol/runTablePage';
import { test } from './support/pageTest';
import { newestAtMs, sampleRuns } from './support/sampleRuns';
import { type TableRuns, tableHost } from './support/tableHost';

test.beforeEach(({ page }) => page.clock.setFixedTime(newestAtMs + 65_000));

test('asks once for a search and an order that are given together', async ({ page, open }) => {
  const { host } = tableHost({ runs: sampleRuns(12) });
  const asked: TableQuery[] = [];
  await open<RunTableHost, RunTablePage>({
    view: 'runTable',
    state: initialTableState,
    host: tableHost(
      { runs: sampleRuns(12) },
      {
        queryRuns(query) {
          asked.push(query);
          return host.queryRuns(query);
        },
      },
    ).host,
  });
  await expect(page.locator('.rows .row')).toHaveCount(12);
  await page.getByRole('combobox').focus();
  await page.evaluate(() => {
    document.execCommand('insertText', false, 'params.lr = 0.1');
    document.querySelector<HTMLElement>('[data-header="metrics.loss"] .sort')?.click();
  });
  await expect(page.locator('[data-header="metrics.loss"]')).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await expect(page.locator('.rows .row')).toHaveCount(3);
  expect(asked.map(({ search, sort }) => ({ search, sort }))).toEqual([
    { search: '', sort: [] },
    { search: 'params.lr = 0.1', sort: [{ column: 'metrics.loss', direction: 'asc' }] },
  ]);
});

test('draws into the rows there are while only the counts of its columns change', async ({
  page,
  open,
}) => {
  const all = sampleRuns(12);
  const table: TableRuns = { runs: all.slice(1) };
  const { host, changedSlots } = tableHost(table);
  const told = await open<RunTableHost, RunTablePage>({
    view: 'runTable',
    state: initialTableState,
    host,
  });
  const rows = page.locator('.rows .row');
  await expect(rows).toHaveCount(11);
  const before = await rows.elementHandles();
  table.runs = all;
  told.runsChanged(changedSlots());
  await expect(rows).toHaveCount(12);
  const isConnected = await Promise.all(
    before.map((row) => row.evaluate((element) => element.isConnected)),
  );
  expect(isConnected).toEqual(before.map(() => true));
});
