import { expect, type Page } from '@playwright/test';
import type { Run } from '../../src/core/run/run';
import type {
  CompareHost,
  ComparePage,
  CompareState,
  Comparison,
} from '../../src/protocol/comparePage';
import { hostileTexts } from './support/hostileTexts';
import { createFakeHost, test } from './support/pageTest';
import { sampleComparison } from './support/sampleComparison';
import { sampleRun, toRunId } from './support/sampleRuns';

const state: CompareState = { runIds: [], onlyDifferences: false };

const row = (page: Page, label: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label }) });

function fakeHost(read: () => Comparison) {
  return createFakeHost<CompareHost>({ readComparison: async () => read() });
}

test('holds the runs against the first, in words as well as colour', async ({ page, open }) => {
  await open({ view: 'compare', state, host: fakeHost(sampleComparison).host });
  await expect(page.getByRole('columnheader')).toHaveCount(4);
  const loss = row(page, 'loss').first().getByRole('cell');
  await expect(loss.nth(0)).toHaveText('0.5best 0.05 at step 27');
  await expect(loss.nth(1)).toContainText('−0.25 better');
  await expect(loss.nth(2)).toContainText('+0.1 worse');
  await expect(row(page, 'lr')).toContainText('differs');
  await expect(row(page, 'epochs')).not.toContainText('differs');
  await expect(page.getByRole('status')).toHaveText('3 of 3 metrics and 2 of 3 params differ');
});

test('shows only the differences on demand, also after a reload', async ({ page, open }) => {
  await open({ view: 'compare', state, host: fakeHost(sampleComparison).host });
  await expect(row(page, 'epochs')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Only differences' }).click();
  await expect(row(page, 'epochs')).toBeHidden();
  await expect(row(page, 'lr')).toBeVisible();
  await page.reload();
  await expect(row(page, 'lr')).toBeVisible();
  await expect(row(page, 'epochs')).toBeHidden();
  const kept = await page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}'));
  expect(kept).toEqual({ runIds: [1, 2, 3].map(toRunId), onlyDifferences: true });
});

test('shows the changes of the code with line numbers and signs', async ({ page, open }) => {
  await open({ view: 'compare', state, host: fakeHost(sampleComparison).host });
  const changes = page.getByRole('table', { name: 'Changes of train.py' });
  await expect(changes.getByRole('row').nth(0)).toContainText('12 unchanged lines');
  await expect(changes.getByRole('row').nth(1).getByRole('cell')).toHaveText([
    '13−',
    '    lr = 0.001',
    '13+',
    '    lr = 0.01',
  ]);
  await expect(changes.locator('.removed .part')).toHaveText('001');
  await expect(page.getByRole('region', { name: 'uncommitted changes' })).toContainText(
    'No difference.',
  );
  await expect(page.getByRole('region', { name: 'explore.ipynb [3]' })).toContainText(
    'The cell of the first run was not recorded.',
  );
});

test('opens charts and logs', async ({ page, open }) => {
  const { host, calls } = fakeHost(sampleComparison);
  await open({ view: 'compare', state, host });
  await page.getByRole('button', { name: 'Show Charts' }).click();
  await page.getByRole('button', { name: /^Open the log of .*lr=0\.001/ }).click();
  await expect
    .poll(() => calls)
    .toEqual([
      ['showCharts', [1, 2, 3].map(toRunId)],
      ['openLog', toRunId(2)],
    ]);
});

test('follows a running run, and says when a run has gone', async ({ page, open }) => {
  let comparison = sampleComparison();
  const told = await open<CompareHost, ComparePage>({
    view: 'compare',
    state,
    host: fakeHost(() => comparison).host,
  });
  await expect(row(page, 'loss').first()).toContainText('−0.25 better');
  const faster: readonly Run[] = comparison.runs.map((run, index) =>
    index === 1
      ? { ...run, metrics: run.metrics.map((metric) => ({ ...metric, last: 0.125 })) }
      : run,
  );
  comparison = { ...comparison, runs: faster };
  told.comparisonChanged();
  await expect(row(page, 'loss').first()).toContainText('−0.375 better');
  comparison = { ...comparison, runs: comparison.runs.slice(0, 1) };
  told.comparisonChanged();
  await expect(page.getByText('Fewer than two of these runs are still there.')).toBeVisible();
});

test('shows hostile texts as text', async ({ page, open }) => {
  const runs = hostileTexts.map((text, index) => ({
    ...sampleRun(index),
    name: text,
    note: text,
    params: [{ key: text, value: text, origin: 'argv' as const }],
  }));
  const hunk = {
    oldStart: 0,
    oldLines: hostileTexts,
    newStart: 0,
    newLines: hostileTexts.toReversed(),
  };
  const code = hostileTexts.map((title) => ({ title, hunks: [hunk] }));
  const packages = hostileTexts.map((name) => ({ name, versions: hostileTexts }));
  await open({ view: 'compare', state, host: fakeHost(() => ({ runs, packages, code })).host });
  await expect(page.locator('.run-name')).toHaveText([...hostileTexts]);
  await expect(page.locator('.code-part h3')).toHaveText([...hostileTexts]);
  expect(await page.locator('#root :is(script, iframe, img, a)').count()).toBe(0);
});
