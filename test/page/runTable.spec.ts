import { expect, type Page } from '@playwright/test';
import type { Run } from '../../src/core/run/run';
import type { RunTableHost, RunTablePage, RunTableState } from '../../src/protocol/runTablePage';
import { hostileTexts } from './support/hostileTexts';
import { createFakeHost, test } from './support/pageTest';
import { newestAtMs, sampleRun, sampleRuns, toRunId } from './support/sampleRuns';

const state: RunTableState = { sortKey: 'started', sortDescending: true, filter: '' };

const rows = (page: Page) => page.locator('.rows').getByRole('row');
const names = (page: Page) => rows(page).locator('.name').allTextContents();
const row = (page: Page, index: number) => page.locator(`#row-run-${index}`);
const selected = (page: Page) => page.locator('.rows [aria-selected=true]');
const keptState = (page: Page) =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}'));

function fakeHost(runs: readonly Run[]) {
  return createFakeHost<RunTableHost>({ readRuns: async () => runs });
}

test.beforeEach(({ page }) => page.clock.setFixedTime(newestAtMs + 65_000));

test('shows each run with its state, age, duration, tags, last metrics and params', async ({
  page,
  open,
}) => {
  await open({ view: 'runTable', state, host: fakeHost(sampleRuns(12)).host });
  await expect(rows(page)).toHaveCount(12);
  const third = row(page, 2);
  for (const text of [
    'Killed',
    'train.py · lr=0.001 hidden=256',
    '2 h ago',
    'baseline',
    'data=v2',
  ]) {
    await expect(third).toContainText(text);
  }
  const loss = sampleRun(2).metrics[0]?.last ?? 0;
  await expect(third.locator('.cell-metric').nth(1)).toHaveText(
    String(Number(loss.toPrecision(4))),
  );
  await expect(third.locator('.cell-metric').nth(1)).toHaveAttribute(
    'title',
    /best 0\.05 at step 27/,
  );
  await expect(third.locator('.cell-param').first()).toHaveText('0.001');
  await expect(row(page, 0)).toContainText('1 min 5 s');
  await expect(page.getByRole('status')).toHaveText('12 runs');
});

test('says of a part which run it is of', async ({ open, page }) => {
  const [whole, other] = sampleRuns(2);
  if (!whole || !other) throw new Error('no runs');
  const part = { ...other, id: toRunId(50), name: 'fold 2/5', parentId: whole.id };
  await open({ view: 'runTable', state, host: fakeHost([whole, part]).host });
  const name = page.locator(`#row-${part.id} .cell-name`);
  await expect(name).toHaveText(/ ›fold 2\/5$/);
  await expect(page.locator(`#row-${whole.id} .cell-name .whole`)).toHaveCount(0);
});

test('teaches what to do when there are no runs, and fills when the first comes', async ({
  page,
  open,
}) => {
  const runs: Run[] = [];
  const host = await open<RunTableHost, RunTablePage>({
    view: 'runTable',
    state,
    host: fakeHost(runs).host,
  });
  await expect(page.getByText('python train.py')).toBeVisible();
  runs.push(sampleRun(0));
  host.runsChanged();
  await expect(rows(page)).toHaveCount(1);
});

test('sorts by a clicked column and turns round', async ({ page, open }) => {
  await open({ view: 'runTable', state, host: fakeHost(sampleRuns(12)).host });
  const header = page.getByRole('columnheader', { name: 'loss', exact: true });
  const losses = () =>
    rows(page).evaluateAll((all) =>
      all.map((one) => Number(one.querySelectorAll('.cell-metric')[1]?.textContent)),
    );
  await expect(header).toHaveAttribute('aria-sort', 'none');
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  const ascending = await losses();
  expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  expect(await losses()).toEqual(ascending.toReversed());
});

test('filters while typing, and says so when nothing matches', async ({ page, open }) => {
  await open({ view: 'runTable', state, host: fakeHost(sampleRuns(20)).host });
  const filter = page.getByRole('textbox', { name: 'Filter runs' });
  await filter.fill('lr=0.01 train.py');
  await expect(page.getByRole('status')).toHaveText('4 of 20 runs');
  for (const name of await names(page)) expect(name).toContain('lr=0.01');
  await filter.fill('nothing like it');
  await expect(page.getByText('No run matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear Filter' }).click();
  await expect(rows(page)).toHaveCount(20);
});

test('keeps filter and order over a reload', async ({ page, open }) => {
  await open({ view: 'runTable', state, host: fakeHost(sampleRuns(20)).host });
  await page.getByRole('textbox', { name: 'Filter runs' }).fill('lr=0.1');
  await page.getByRole('button', { name: 'val_acc' }).click();
  const before = await names(page);
  await page.reload();
  await expect.poll(() => names(page)).toEqual(before);
  await expect(page.getByRole('textbox', { name: 'Filter runs' })).toHaveValue('lr=0.1');
  expect(await keptState(page)).toEqual({
    sortKey: 'metric:val_acc',
    sortDescending: true,
    filter: 'lr=0.1',
  });
});

test('selects with click, Ctrl, Shift and check boxes, and acts on the selection', async ({
  page,
  open,
}) => {
  const { host, calls } = fakeHost(sampleRuns(12));
  await open({ view: 'runTable', state, host });
  const button = (name: string) =>
    page.getByRole('toolbar').getByRole('button', { name, exact: true });
  for (const name of ['Show Charts', 'Compare', 'Tag…', 'Delete']) {
    await expect(button(name)).toBeDisabled();
  }
  await row(page, 1).click();
  await expect(button('Show Charts')).toBeEnabled();
  await expect(button('Compare')).toBeDisabled();
  await row(page, 4).click({ modifiers: ['Shift'] });
  await expect(selected(page)).toHaveCount(4);
  await row(page, 2).click({ modifiers: ['ControlOrMeta'] });
  await row(page, 7).getByRole('checkbox').click();
  await expect(page.getByRole('status')).toHaveText('12 runs, 4 selected');
  await button('Compare').click();
  await button('Tag…').click();
  await button('Delete').click();
  const ids = [1, 3, 4, 7].map(toRunId);
  await expect
    .poll(() => calls)
    .toEqual([
      ['compareRuns', ids],
      ['askTag', ids],
      ['deleteRuns', ids],
    ]);
});

test('is used with the keyboard alone', async ({ page, open }) => {
  const { host, calls } = fakeHost(sampleRuns(30));
  await open({ view: 'runTable', state, host });
  await page.getByRole('textbox', { name: 'Filter runs' }).focus();
  const grid = page.getByRole('grid');
  for (let i = 0; i < 10; i++) {
    if (await grid.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(grid).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(grid).toHaveAttribute('aria-activedescendant', 'row-run-1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('F2');
  await page.keyboard.press('s');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(selected(page)).toHaveCount(2);
  await page.keyboard.press('Delete');
  await page.keyboard.press('ControlOrMeta+a');
  await expect(page.getByRole('status')).toHaveText('30 runs, 30 selected');
  await page.keyboard.press('Escape');
  await expect(selected(page)).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(row(page, 29)).toBeInViewport();
  await expect(grid).toHaveAttribute('aria-activedescendant', 'row-run-29');
  await expect
    .poll(() => calls)
    .toEqual([
      ['showCharts', [toRunId(1)]],
      ['askRename', toRunId(1)],
      ['editRun', toRunId(1), { field: 'starred', value: false }],
      ['deleteRuns', [toRunId(1), toRunId(2)]],
    ]);
});

test('offers the other actions in a menu, by mouse and by keyboard', async ({ page, open }) => {
  const { host, calls } = fakeHost(sampleRuns(12));
  await open({ view: 'runTable', state, host });
  const menu = page.getByRole('menu', { name: 'Run actions' });
  await row(page, 3)
    .getByRole('button', { name: /^Actions for/ })
    .click();
  await menu.getByRole('menuitem', { name: 'Open Log' }).click();
  await expect(menu).toBeHidden();
  await row(page, 5).click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Edit Note…' }).click();
  await page.keyboard.press('Shift+F10');
  await expect(menu.getByRole('menuitem', { name: 'Show Charts' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(menu.getByRole('menuitem', { name: 'Open Source' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(page.getByRole('grid')).toBeFocused();
  await row(page, 1).getByRole('button', { name: /^Star/ }).click();
  await expect
    .poll(() => calls)
    .toEqual([
      ['openLog', toRunId(3)],
      ['askNote', toRunId(5)],
      ['openSource', toRunId(5)],
      ['editRun', toRunId(1), { field: 'starred', value: false }],
    ]);
});

test('keeps selection and place when new runs arrive', async ({ page, open }) => {
  let runs = sampleRuns(200).slice(5);
  const { host } = createFakeHost<RunTableHost>({ readRuns: async () => runs });
  const told = await open<RunTableHost, RunTablePage>({ view: 'runTable', state, host });
  await row(page, 6).click();
  await page.getByRole('grid').evaluate((grid) => {
    grid.scrollTop = 1307;
  });
  await expect(row(page, 56)).toBeInViewport();
  const before = await row(page, 60).boundingBox();
  runs = sampleRuns(200);
  told.runsChanged();
  await expect(page.getByRole('status')).toHaveText('200 runs, 1 selected');
  expect((await row(page, 60).boundingBox())?.y).toBe(before?.y);
});

test('stays quick with ten thousand runs', async ({ page, open }) => {
  await open({ view: 'runTable', state, host: fakeHost(sampleRuns(10_000)).host });
  await expect(page.getByRole('status')).toHaveText('10,000 runs');
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '10001');
  expect(await rows(page).count()).toBeLessThan(60);
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  await expect(row(page, 9999)).toBeInViewport();
  expect(await rows(page).count()).toBeLessThan(60);
  const medianMs = await page.getByRole('grid').evaluate(async (grid) => {
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const startedAt = performance.now();
      grid.scrollTop = (i * 7919) % grid.scrollHeight;
      grid.dispatchEvent(new Event('scroll'));
      await new Promise((resolve) => setTimeout(resolve));
      void grid.scrollHeight;
      times.push(performance.now() - startedAt);
    }
    return times.sort((a, b) => a - b)[10];
  });
  // A tenth on an idle machine; drawing every row would take many times as long on any.
  expect(medianMs).toBeLessThan(500);
  await page.getByRole('textbox', { name: 'Filter runs' }).fill('lr=0.01 data=v2');
  await expect(page.getByRole('status')).toHaveText(/^\d+ of 10,000 runs$/);
});

test('shows hostile names, params, tags and notes as text', async ({ page, open }) => {
  const runs = hostileTexts.map((text, index) => ({
    ...sampleRun(index),
    name: text,
    experiment: text,
    note: text,
    tags: { [text]: text },
    params: [{ key: text, value: text, origin: 'argv' as const }],
    metrics: sampleRun(index).metrics.map((metric) => ({
      ...metric,
      key: `${metric.key} ${text}`,
    })),
  }));
  await open({ view: 'runTable', state, host: fakeHost(runs).host });
  await expect.poll(() => names(page)).toEqual(hostileTexts);
  expect(await page.locator('#root :is(script, iframe, img, a)').count()).toBe(0);
});

test('shows a diverged metric', async ({ page, open }) => {
  const run = sampleRun(1);
  const metrics = run.metrics.map((metric, index) => ({
    ...metric,
    last: index === 0 ? Number.NaN : Number.POSITIVE_INFINITY,
  }));
  await open({ view: 'runTable', state, host: fakeHost([{ ...run, metrics }]).host });
  await expect(row(page, 1).locator('.cell-metric')).toHaveText(['∞', 'NaN', '∞']);
});

test('says what went wrong with a command, until it is dismissed', async ({ page, open }) => {
  const { host } = createFakeHost<RunTableHost>({
    readRuns: async () => sampleRuns(3),
    openLog: async () => {
      throw new Error('The log of this run was deleted.');
    },
  });
  await open({ view: 'runTable', state, host });
  await row(page, 1).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Open Log' }).click();
  await expect(page.getByRole('alert')).toContainText('The log of this run was deleted.');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toBeEmpty();
  await expect(rows(page)).toHaveCount(3);
});
