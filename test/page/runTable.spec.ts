import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { MetricSummary, Run } from '../../src/core/run/run';
import { runName } from '../../src/core/run/runName';
import { initialTableState } from '../../src/core/table/tableState';
import type { ViewId } from '../../src/core/view/savedView';
import type { RunTableHost, RunTablePage, RunTableState } from '../../src/protocol/runTablePage';
import { hostileTexts } from './support/hostileTexts';
import { test } from './support/pageTest';
import { newestAtMs, sampleRun, sampleRuns, toRunId } from './support/sampleRuns';
import { type TableRuns, tableHost } from './support/tableHost';

const state: RunTableState = initialTableState;

const rows = (page: Page) => page.locator('.rows').getByRole('row');
const names = (page: Page) => rows(page).locator('.name').allTextContents();
const row = (page: Page, index: number) => page.locator(`#row-run-${index}`);
const selected = (page: Page) => page.locator('.rows [aria-selected=true]');
const keptState = (page: Page) =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}'));

const fakeHost = (runs: readonly Run[], answers: Partial<RunTableHost> = {}) =>
  tableHost({ runs }, answers);

const header = (page: Page, id: string) => page.locator(`[data-header="${id}"]`);
const cell = (page: Page, index: number, id: string) =>
  row(page, index).locator(`[data-column="${id}"]`);
const columnIds = (page: Page) =>
  page
    .locator('.cell-header')
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.header));
const menuItem = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true });
const status = (page: Page) => page.getByRole('status');

test.beforeEach(({ page }) => page.clock.setFixedTime(newestAtMs + 65_000));

test('shows each run with its state, age, duration, tags, last metrics and params', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1600, height: 800 });
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
  await expect(cell(page, 2, 'metrics.loss')).toHaveText(String(Number(loss.toPrecision(4))));
  await cell(page, 2, 'metrics.loss').hover();
  await expect(cell(page, 2, 'metrics.loss')).toHaveAttribute('title', /best 0\.05 at step 27/);
  await expect(cell(page, 2, 'params.lr')).toHaveText('0.001');
  await expect(row(page, 0)).toContainText('1 min 5 s');
  await expect(status(page)).toHaveText('12 runs');
});

test('says of a part which run it is of', async ({ open, page }) => {
  const [whole, other] = sampleRuns(2);
  if (!whole || !other) throw new Error('no runs');
  const part = { ...other, id: toRunId(50), name: 'fold 2/5', parentId: whole.id };
  await open({ view: 'runTable', state, host: fakeHost([whole, part]).host });
  await expect(cell(page, 50, 'name')).toHaveText(/ ›fold 2\/5$/);
  await expect(cell(page, 0, 'name').locator('.whole')).toHaveText('');
});

test('teaches what to do when there are no runs, and fills when the first comes', async ({
  page,
  open,
}) => {
  const table: TableRuns = { runs: [] };
  const { host, calls, changedSlots } = tableHost(table);
  const told = await open<RunTableHost, RunTablePage>({ view: 'runTable', state, host });
  await expect(page.getByText('python train.py')).toBeVisible();
  await page.getByRole('button', { name: 'Open a Terminal' }).click();
  await page.getByRole('button', { name: 'Open Walkthrough' }).click();
  await expect.poll(() => calls).toEqual([['openTerminal'], ['openWalkthrough']]);
  table.runs = [sampleRun(0)];
  told.runsChanged(changedSlots());
  await expect(rows(page)).toHaveCount(1);
});

test('sorts by a clicked column, turns round, and lets go', async ({ page, open }) => {
  await open({ view: 'runTable', state, host: fakeHost(sampleRuns(12)).host });
  const loss = header(page, 'metrics.loss');
  const losses = () =>
    page
      .locator('.rows [data-column="metrics.loss"]')
      .evaluateAll((all) => all.map((one) => Number(one.textContent)));
  await expect(loss).toHaveAttribute('aria-sort', 'none');
  await loss.getByRole('button').click();
  await expect(loss).toHaveAttribute('aria-sort', 'ascending');
  const ascending = (await losses()).toSorted((a, b) => a - b);
  await expect.poll(losses).toEqual(ascending);
  await loss.getByRole('button').click();
  await expect(loss).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(losses).toEqual(ascending.toReversed());
  await loss.getByRole('button').click();
  await expect(loss).toHaveAttribute('aria-sort', 'none');
  await expect.poll(() => names(page).then(([first]) => first)).toContain('lr=0.1 hidden=64');
});

test('sorts by several columns with Shift, and numbers them', async ({ page, open }) => {
  const runs = sampleRuns(12);
  await open({ view: 'runTable', state, host: fakeHost(runs).host });
  await header(page, 'status').getByRole('button').click();
  await header(page, 'metrics.val_acc')
    .getByRole('button')
    .click({ modifiers: ['Shift'] });
  await expect(header(page, 'status')).toContainText('1');
  await expect(header(page, 'metrics.val_acc')).toContainText('2');
  const expected = runs
    .toSorted(
      (a, b) =>
        (a.status < b.status ? -1 : a.status > b.status ? 1 : 0) ||
        (b.metrics[2]?.last ?? 0) - (a.metrics[2]?.last ?? 0),
    )
    .map(({ id }) => `row-${id}`);
  await expect
    .poll(() => rows(page).evaluateAll((all) => all.map(({ id }) => id)))
    .toEqual(expected);
});

test('searches while typing, keeps what was found while that makes no sense, and says so when nothing matches', async ({
  page,
  open,
}) => {
  await open({ view: 'runTable', state, host: fakeHost(sampleRuns(20)).host });
  const search = page.getByRole('combobox', { name: 'Search runs' });
  await search.fill('params.lr = 0.01 and script = train.py');
  await expect(status(page)).toHaveText('4 of 20 runs');
  for (const name of await names(page)) expect(name).toContain('lr=0.01');
  await search.fill('params.lr >');
  await page.waitForTimeout(200);
  await expect(status(page)).toHaveText('4 of 20 runs');
  await search.fill('"nothing like it"');
  await expect(page.getByText('No run matches')).toBeVisible();
  // What could be written next stands over it until then.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear Search' }).click();
  await expect(rows(page)).toHaveCount(20);
});

test('keeps search, order and columns over a reload', async ({ page, open }) => {
  await open({ view: 'runTable', state, host: fakeHost(sampleRuns(20)).host });
  await page.getByRole('combobox', { name: 'Search runs' }).fill('lr = 0.1');
  await header(page, 'metrics.val_acc').getByRole('button').click();
  await expect(status(page)).toHaveText('5 of 20 runs');
  await header(page, 'metrics.loss').getByRole('button').click({ button: 'right' });
  await menuItem(page, 'Hide').click();
  const before = await names(page);
  await page.reload();
  await expect.poll(() => names(page)).toEqual(before);
  await expect(header(page, 'metrics.loss')).toHaveCount(0);
  expect(await keptState(page)).toMatchObject({
    search: 'lr = 0.1',
    sort: [{ column: 'metrics.val_acc', direction: 'desc' }],
  });
});

test('saves what it shows as a view, shows it again, and deletes it with undo', async ({
  page,
  open,
}) => {
  // SAFETY: the only place where the test makes ids.
  const id = 'view-1' as ViewId;
  let views: { id: ViewId; name: string; state: string }[] = [];
  let deleted = views;
  const find = async () => {
    const [view] = views;
    if (view === undefined) throw new Error('This view has been deleted: save it again.');
    return view;
  };
  const { host } = tableHost(
    { runs: sampleRuns(20) },
    {
      readViews: async () => views,
      readView: find,
      async saveViewAs(saved) {
        views = [{ id, name: 'Slow ones', state: saved }];
        return find();
      },
      async deleteView() {
        deleted = views;
        views = [];
      },
      async undoDeleteView() {
        views = deleted;
      },
    },
  );
  await open({ view: 'runTable', state, host });
  const search = page.getByRole('combobox', { name: 'Search runs' });
  await search.fill('lr = 0.1');
  await expect(status(page)).toHaveText('5 of 20 runs');
  await page.getByTitle('Saved Views').click();
  const menu = page.getByRole('dialog', { name: 'Saved views' });
  await expect(menu).toContainText('No view is saved yet');
  await menu.getByRole('button', { name: 'Save View As…' }).click();
  await expect(menu.locator('.view-menu-said')).toHaveText('Saved “Slow ones”.');
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(page.getByTitle('Saved Views')).toBeFocused();
  await search.fill('');
  await expect(status(page)).toHaveText('20 runs');
  await page.getByTitle('Saved Views').click();
  await expect(menu.getByRole('button', { name: 'Slow ones', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(status(page)).toHaveText('5 of 20 runs');
  await expect(search).toHaveValue('lr = 0.1');
  await page.getByTitle('Saved Views').click();
  await menu.getByRole('button', { name: 'Delete: Slow ones' }).click();
  await menu.getByRole('button', { name: 'Undo' }).click();
  await expect(menu.getByRole('button', { name: 'Slow ones', exact: true })).toBeVisible();
  await page.screenshot({ path: 'out/test/pictures/viewMenu.png' });
  test.slow();
  const { violations } = await new AxeBuilder({ page }).include('.view-menu').analyze();
  expect(violations.map((each) => each.id)).toEqual([]);
});

test('selects with click, Ctrl, Shift and check boxes, and acts on the selection', async ({
  page,
  open,
}) => {
  const { host, calls } = fakeHost(sampleRuns(12));
  await open({ view: 'runTable', state, host });
  const button = (name: string) =>
    page.getByRole('toolbar', { name: 'Runs' }).getByRole('button', { name, exact: true });
  for (const name of ['Open Run', 'Show Charts', 'What Changed?', 'Delete']) {
    await expect(button(name)).toBeDisabled();
  }
  await row(page, 1).click();
  await expect(button('Show Charts')).toBeEnabled();
  await expect(button('What Changed?')).toBeDisabled();
  await row(page, 4).click({ modifiers: ['Shift'] });
  await expect(selected(page)).toHaveCount(4);
  await row(page, 2).click({ modifiers: ['ControlOrMeta'] });
  await row(page, 7).getByRole('checkbox').click();
  await expect(status(page)).toHaveText('12 runs, 4 selected');
  await button('What Changed?').click();
  await button('Show Charts').click();
  await button('Delete').click();
  const ids = [1, 3, 4, 7].map(toRunId);
  await expect
    .poll(() => calls)
    .toEqual([
      ['compareRuns', ids],
      ['showCharts', ids],
      ['deleteRuns', ids],
    ]);
});

test('is used with the keyboard alone', async ({ page, open }) => {
  const { host, calls } = fakeHost(sampleRuns(30));
  await open({ view: 'runTable', state, host });
  await page.getByRole('combobox', { name: 'Search runs' }).focus();
  const grid = page.getByRole('grid');
  for (let i = 0; i < 14; i++) {
    if (await grid.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(grid).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(grid).toHaveAttribute('aria-activedescendant', 'row-run-1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('s');
  await page.keyboard.press('b');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(selected(page)).toHaveCount(2);
  await page.keyboard.press('Delete');
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+a');
  await expect(status(page)).toHaveText('30 runs, 30 selected');
  await page.keyboard.press('Escape');
  await expect(selected(page)).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(row(page, 29)).toBeInViewport();
  await expect(grid).toHaveAttribute('aria-activedescendant', 'row-run-29');
  await expect
    .poll(() => calls)
    .toEqual([
      ['openRun', toRunId(1)],
      ['editRuns', [toRunId(1)], { field: 'starred', value: false }],
      ['setBaseline', toRunId(1)],
      ['deleteRuns', [toRunId(1), toRunId(2)]],
      ['undoEdit'],
    ]);
});

test('offers the other actions in a menu, by mouse and by keyboard', async ({ page, open }) => {
  const { host, calls } = fakeHost(sampleRuns(12));
  await open({ view: 'runTable', state, host });
  const menu = page.getByRole('menu', { name: 'Run actions' });
  await row(page, 3)
    .getByRole('button', { name: /^Actions for/ })
    .click();
  await menuItem(page, 'Open Log').click();
  await expect(menu).toBeHidden();
  await row(page, 5).click({ button: 'right' });
  await menuItem(page, 'Move to Experiment…').click();
  await page.keyboard.press('Shift+F10');
  await expect(menu.getByRole('menuitem', { name: 'Open Run' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(menu.getByRole('menuitem', { name: 'Delete for Good…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(page.getByRole('grid')).toBeFocused();
  await row(page, 4).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await row(page, 1).getByRole('button', { name: /^Star/ }).click();
  await expect
    .poll(() => calls)
    .toEqual([
      ['openLog', toRunId(3)],
      ['moveRuns', [toRunId(5)]],
      ['deleteForGood', [toRunId(5)]],
      ['setArchived', [toRunId(4)], true],
      ['editRuns', [toRunId(1)], { field: 'starred', value: false }],
    ]);
});

test('leaves rows where they are when runs arrive, and says how many there are', async ({
  page,
  open,
}) => {
  const all = sampleRuns(200);
  const table: TableRuns = { runs: all.slice(5) };
  const { host, changedSlots } = tableHost(table);
  const told = await open<RunTableHost, RunTablePage>({ view: 'runTable', state, host });
  await row(page, 6).click();
  await page.getByRole('grid').evaluate((grid) => {
    grid.scrollTop = 1307;
  });
  await expect(row(page, 58)).toBeInViewport();
  const before = await row(page, 60).boundingBox();
  table.runs = all;
  told.runsChanged(changedSlots());
  const show = page.getByRole('button', { name: '5 new runs: Show' });
  await expect(show).toBeVisible();
  expect((await row(page, 60).boundingBox())?.y).toBe(before?.y);
  await show.click();
  await expect(status(page)).toHaveText('200 runs, 1 selected');
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '201');
  expect((await row(page, 60).boundingBox())?.y).toBe(before?.y);
});

test('shows new runs at once at the top, and new values where they are', async ({ page, open }) => {
  const all = sampleRuns(20);
  const table: TableRuns = { runs: all.slice(1) };
  const { host, changedSlots } = tableHost(table);
  const told = await open<RunTableHost, RunTablePage>({ view: 'runTable', state, host });
  await expect(rows(page)).toHaveCount(19);
  table.runs = all;
  told.runsChanged(changedSlots());
  await expect(rows(page)).toHaveCount(20);
  await expect(rows(page).first()).toHaveAttribute('id', 'row-run-0');
  await header(page, 'metrics.loss').getByRole('button').click();
  await expect(rows(page).first()).toHaveAttribute('id', 'row-run-17');
  const order = await rows(page).evaluateAll((shown) => shown.map(({ id }) => id));
  table.runs = all.map((run, index) =>
    index === 5 ? { ...run, metrics: run.metrics.map((metric) => ({ ...metric, last: -7 })) } : run,
  );
  told.runsChanged(changedSlots());
  await expect(cell(page, 5, 'metrics.loss')).toHaveText('−7');
  const update = page.getByRole('button', { name: 'The order has changed: Update' });
  await expect(update).toBeVisible();
  expect(await rows(page).evaluateAll((shown) => shown.map(({ id }) => id))).toEqual(order);
  await update.click();
  await expect(rows(page).first()).toHaveAttribute('id', 'row-run-5');
});

test('moves no row at the top under the pointer, the keyboard or a selection', async ({
  page,
  open,
}) => {
  const all = sampleRuns(24);
  const table: TableRuns = { runs: all.slice(4) };
  const { host, changedSlots } = tableHost(table);
  const told = await open<RunTableHost, RunTablePage>({ view: 'runTable', state, host });
  const first = () => rows(page).first().getAttribute('id');
  const arrive = (count: number) => {
    table.runs = all.slice(4 - count);
    told.runsChanged(changedSlots());
  };
  await row(page, 5).hover();
  arrive(1);
  await expect(page.getByRole('button', { name: '1 new run: Show' })).toBeVisible();
  expect(await first()).toBe('row-run-4');
  await page.mouse.move(2, 2);
  arrive(2);
  await expect.poll(first).toBe('row-run-2');
  await row(page, 3).click();
  await page.mouse.move(2, 2);
  arrive(3);
  await expect(page.getByRole('button', { name: '1 new run: Show' })).toBeVisible();
  // What is not selected any more still has the keyboard.
  await page.keyboard.press('Escape');
  arrive(4);
  const show = page.getByRole('button', { name: '2 new runs: Show' });
  await expect(show).toBeVisible();
  expect(await first()).toBe('row-run-2');
  await show.click();
  await expect.poll(first).toBe('row-run-0');
});

test('stays quick with ten thousand runs', async ({ page, open }) => {
  await open({ view: 'runTable', state, host: fakeHost(sampleRuns(10_000)).host });
  await expect(status(page)).toHaveText('10,000 runs');
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '10001');
  await expect.poll(() => rows(page).count()).toBeLessThan(60);
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  await expect(row(page, 9999)).toBeInViewport();
  await expect(cell(page, 9999, 'metrics.loss')).not.toHaveText('…');
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
  await page.getByRole('combobox', { name: 'Search runs' }).fill('lr = 0.01 and tags.data = v2');
  await expect(status(page)).toHaveText(/^[\d,]+ of 10,000 runs$/);
});

test('draws only the columns in sight', async ({ page, open }) => {
  const runs = sampleRuns(30).map((run) => ({
    ...run,
    params: Array.from({ length: 300 }, (_, index) => ({
      key: `p${index}`,
      value: String(index),
      origin: 'argv' as const,
    })),
  }));
  const columns = ['name', ...Array.from({ length: 300 }, (_, index) => `params.p${index}`)];
  await open({ view: 'runTable', state: { ...state, columns }, host: fakeHost(runs).host });
  await expect(cell(page, 3, 'params.p0')).toHaveText('0');
  expect(await row(page, 3).getByRole('gridcell').count()).toBeLessThan(30);
  await page.getByRole('grid').evaluate((grid) => {
    grid.scrollLeft = grid.scrollWidth;
  });
  await expect(cell(page, 3, 'params.p299')).toHaveText('299');
  await expect(header(page, 'params.p299')).toBeInViewport();
  await expect(cell(page, 3, 'name')).toBeInViewport();
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
  const { host } = fakeHost(sampleRuns(3), {
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

test('holds runs against the baseline, with what is better said by a mark and in words', async ({
  page,
  open,
}) => {
  const values = [0.5, 0.25, 0.75];
  const runs = sampleRuns(3).map((run, index) => ({
    ...run,
    metrics: [
      { ...(run.metrics[0] as MetricSummary), last: values[index] ?? 0 },
      { ...(run.metrics[0] as MetricSummary), key: 'odd', last: index, direction: undefined },
    ] as MetricSummary[],
  }));
  const told = await open<RunTableHost, RunTablePage>({
    ...{ view: 'runTable', state },
    host: tableHost({ runs, baseline: toRunId(0) }).host,
  });
  await expect(page.locator('#baseline-row [data-column="metrics.loss"]')).toHaveText('0.5');
  await expect(cell(page, 0, 'metrics.loss')).toHaveText('0.5');
  await expect(cell(page, 1, 'metrics.loss')).toHaveText('0.25−0.25 ✓ better than the baseline');
  await expect(cell(page, 2, 'metrics.loss')).toHaveText('0.75+0.25 ✗ worse than the baseline');
  await expect(cell(page, 2, 'metrics.odd')).toHaveText('2+2');
  told.baselineChanged(undefined);
  await expect(page.locator('#baseline-row')).toHaveCount(0);
  await expect(cell(page, 1, 'metrics.loss')).toHaveText('0.25');
});

test('groups runs with mean, deviation and count, and folds by keyboard', async ({
  page,
  open,
}) => {
  const runs = sampleRuns(12);
  await open({ view: 'runTable', state, host: fakeHost(runs).host });
  await page.getByRole('button', { name: 'Group', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'lr', exact: true }).click();
  const grid = page.getByRole('treegrid');
  await expect(rows(page)).toHaveCount(4);
  const own = runs.filter(({ params }) => params[0]?.value === '0.1');
  const accuracies = own.map(({ metrics }) => metrics[2]?.last ?? 0);
  const mean = accuracies.reduce((a, b) => a + b) / accuracies.length;
  const deviation = Math.sqrt(
    accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (accuracies.length - 1),
  );
  const first = rows(page).first();
  await expect(first.locator('[data-column="metrics.val_acc"]')).toHaveText(
    `${Number(mean.toPrecision(4))} ± ${Number(deviation.toPrecision(4))}`,
  );
  await expect(first).toContainText(`${own.length} runs`);
  await expect(first).toHaveAttribute('aria-expanded', 'false');
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(first).toHaveAttribute('aria-expanded', 'true');
  await expect(rows(page)).toHaveCount(4 + own.length);
  await page.keyboard.press('ArrowLeft');
  await expect(rows(page)).toHaveCount(4);
  await page.getByRole('button', { name: 'Group (1)' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'hidden', exact: true }).click();
  await first.click();
  await expect(rows(page).nth(1)).toHaveAttribute('aria-level', '2');
});

test('chooses columns by name, with another figure of a metric', async ({ page, open }) => {
  await open({ view: 'runTable', state, host: fakeHost(sampleRuns(12)).host });
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  const chooser = page.getByRole('dialog', { name: 'Columns' });
  const search = chooser.getByRole('textbox', { name: 'Search columns' });
  await expect(search).toBeFocused();
  await search.fill('branch');
  await chooser.getByRole('checkbox', { name: 'Branch' }).check();
  await search.fill('best(metrics.loss)');
  await page.keyboard.press('Enter');
  await search.fill('val_loss');
  await chooser.getByRole('checkbox', { name: /^val_loss [\d]/ }).uncheck();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid')).toBeFocused();
  await expect(header(page, 'metrics.val_loss')).toHaveCount(0);
  await page.setViewportSize({ width: 2000, height: 800 });
  await expect(cell(page, 3, 'branch')).toHaveText('main');
  await expect(cell(page, 3, 'best(metrics.loss)')).toHaveText('0.05');
  await header(page, 'best(metrics.loss)').getByRole('button').click({ button: 'right' });
  await page.getByRole('menuitemcheckbox', { name: 'Mean of the Last…' }).click();
  await page.getByRole('textbox', { name: /^Mean of so many/ }).fill('3');
  await page.keyboard.press('Enter');
  await expect(header(page, 'mean(metrics.loss, 3)')).toContainText('mean of 3');
  await expect(cell(page, 3, 'mean(metrics.loss, 3)')).not.toHaveText('…');
});

test('moves, widens, pins and fits columns, by keyboard and by mouse', async ({ page, open }) => {
  const columns = ['name', 'metrics.loss', 'metrics.val_acc', 'params.lr'];
  await open({
    ...{ view: 'runTable', host: fakeHost(sampleRuns(12)).host },
    state: { ...state, columns, pinned: ['name'] },
  });
  const widthOf = async (id: string) => (await header(page, id).boundingBox())?.width ?? 0;
  await header(page, 'metrics.loss').getByRole('button').focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect
    .poll(() => columnIds(page))
    .toEqual(['name', 'metrics.val_acc', 'metrics.loss', 'params.lr']);
  await expect(header(page, 'metrics.loss').getByRole('button')).toBeFocused();
  const before = await widthOf('metrics.loss');
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await expect.poll(() => widthOf('metrics.loss')).toBe(before + 16);
  await header(page, 'params.lr').getByRole('button').dragTo(header(page, 'metrics.val_acc'));
  await expect
    .poll(() => columnIds(page))
    .toEqual(['name', 'params.lr', 'metrics.val_acc', 'metrics.loss']);
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('Escape');
  await header(page, 'metrics.loss').getByRole('button').click({ button: 'right' });
  await menuItem(page, 'Pin').click();
  await expect
    .poll(() => columnIds(page))
    .toEqual(['name', 'metrics.loss', 'params.lr', 'metrics.val_acc']);
  const edge = await header(page, 'params.lr').locator('.resize').boundingBox();
  if (!edge) throw new Error('no edge');
  const lr = await widthOf('params.lr');
  await page.mouse.move(edge.x + 3, edge.y + 5);
  await page.mouse.down();
  await page.mouse.move(edge.x + 63, edge.y + 5);
  await page.mouse.up();
  await expect.poll(() => widthOf('params.lr')).toBe(lr + 60);
  await header(page, 'params.lr').locator('.resize').dblclick();
  await expect.poll(() => widthOf('params.lr')).toBeLessThan(lr);
});

test('marks what differs, and leaves out columns that do not', async ({ page, open }) => {
  await page.setViewportSize({ width: 1600, height: 800 });
  await open({ view: 'runTable', state, host: fakeHost(sampleRuns(8)).host });
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Mark what differs' }).check();
  await page.getByRole('checkbox', { name: 'Only columns that differ' }).check();
  await page.keyboard.press('Escape');
  await expect(header(page, 'params.epochs')).toHaveCount(0);
  await expect(header(page, 'params.lr')).toHaveCount(1);
  await expect(status(page)).toContainText('columns without differences hidden');
  await expect(cell(page, 4, 'experiment')).toHaveClass(/differs/);
  await expect(cell(page, 4, 'experiment')).toHaveAttribute('aria-description', 'differs');
  await expect(cell(page, 3, 'experiment')).not.toHaveClass(/differs/);
});

test('keeps the columns that are left out for now while others are changed', async ({
  page,
  open,
}) => {
  const columns = ['name', 'metrics.loss', 'params.epochs', 'params.lr'];
  await open({
    ...{ view: 'runTable', host: fakeHost(sampleRuns(8)).host },
    state: { ...state, columns, pinned: ['name'], onlyDifferences: true },
  });
  await expect.poll(() => columnIds(page)).toEqual(['name', 'metrics.loss', 'params.lr']);
  const kept = async () => (await keptState(page)).columns;
  await header(page, 'metrics.loss').getByRole('button').focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(kept).toEqual(['name', 'params.epochs', 'params.lr', 'metrics.loss']);
  await header(page, 'metrics.loss').getByRole('button').click({ button: 'right' });
  await menuItem(page, 'Hide').click();
  await expect.poll(kept).toEqual(['name', 'params.epochs', 'params.lr']);
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('textbox', { name: 'Search columns' }).fill('branch');
  await page.getByRole('checkbox', { name: 'Branch' }).check();
  await expect.poll(kept).toEqual(['name', 'params.epochs', 'params.lr', 'branch']);
});

test('renames, notes and tags in the cell, and leaves it all with Escape', async ({
  page,
  open,
}) => {
  const { host, calls } = fakeHost(sampleRuns(12));
  await open({ view: 'runTable', state, host });
  await row(page, 2).click();
  await page.keyboard.press('F2');
  const name = page.getByRole('textbox', { name: /^Name/ });
  await expect(name).toBeFocused();
  await name.fill('first try');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('F2');
  await name.fill('second try');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: /^Note/ }).fill('too high');
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  const tag = page.getByRole('combobox', { name: 'New tag' });
  await tag.fill('seed=3');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove baseline' }).click();
  await page.keyboard.press('Escape');
  const ids = [toRunId(2)];
  await expect
    .poll(() => calls)
    .toEqual([
      ['editRuns', ids, { field: 'name', value: 'second try' }],
      ['editRuns', ids, { field: 'note', value: 'too high' }],
      ['editRuns', ids, { field: 'tag', key: 'seed', value: '3' }],
      ['editRuns', ids, { field: 'tag', key: 'baseline' }],
    ]);
});

test('renames a part without the name of what it is a part of, and saves nothing that is the same', async ({
  page,
  open,
}) => {
  const [first, second, whole] = sampleRuns(3);
  if (!first || !second || !whole) throw new Error('no runs');
  const part = { ...first, parentId: whole.id };
  const named = { ...second, parentId: whole.id, name: 'fold 1', note: 'good' };
  const { host, calls } = fakeHost([part, named, whole]);
  await open({ view: 'runTable', state, host });
  const box = page.getByRole('textbox', { name: /^Name/ });
  const press = async (key: string) => {
    await page.keyboard.press('F2');
    await expect(box).toBeFocused();
    await page.keyboard.press(key);
    await expect(page.getByRole('grid')).toBeFocused();
  };
  await row(page, 0).click();
  await press('Enter');
  await row(page, 1).click();
  await press('Enter');
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: /^Note/ }).press('Enter');
  await page.keyboard.press('F2');
  await expect(box).toHaveValue('fold 1');
  await box.fill('fold 2');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => calls)
    .toEqual([['editRuns', [named.id], { field: 'name', value: 'fold 2' }]]);
});

test('offers the tags that runs have, with their values, but for those that are there', async ({
  page,
  open,
}) => {
  await open({ view: 'runTable', state, host: fakeHost(sampleRuns(12)).host });
  // Runs 2 and 8 have `baseline` and `data=v2`.
  await row(page, 2).click();
  await page.keyboard.press('t');
  await expect(page.getByRole('combobox', { name: 'New tag' })).toBeFocused();
  const offered = page.locator('#known-tags option');
  await expect
    .poll(() => offered.evaluateAll((all) => all.map((each) => each.getAttribute('value'))))
    .toEqual(['data=v1']);
});

test('keeps the baseline in a view, and takes it from there', async ({ page, open }) => {
  // SAFETY: the only place where the test makes ids.
  const id = 'view-1' as ViewId;
  let saved = '';
  let isDefault = false;
  const { host, calls } = tableHost(
    { runs: sampleRuns(6), baseline: toRunId(3) },
    {
      async saveViewAs(view) {
        saved = view;
        return { id, name: 'Against run 3' };
      },
      readViews: async () => (saved === '' ? [] : [{ id, name: 'Against run 3', isDefault }]),
      readView: async () => ({ id, name: 'Against run 3', state: saved }),
      async setDefaultView(chosen) {
        isDefault = chosen === id;
      },
    },
  );
  const told = await open<RunTableHost, RunTablePage>({ view: 'runTable', state, host });
  await expect(page.locator('#baseline-row')).toBeVisible();
  await page.getByTitle('Saved Views').click();
  const menu = page.getByRole('dialog', { name: 'Saved views' });
  await menu.getByRole('button', { name: 'Save View As…' }).click();
  await expect(menu.locator('.view-menu-said')).toHaveText('Saved “Against run 3”.');
  expect(JSON.parse(saved)).toMatchObject({ baseline: toRunId(3) });

  // The page opens with it, until that is undone.
  await menu.getByRole('button', { name: 'Use as default: Against run 3' }).click();
  await expect(menu.getByRole('button', { name: 'Against run 3 · default' })).toBeVisible();
  const undo = menu.getByRole('button', { name: 'Do not use as default: Against run 3' });
  await expect(undo).toBeFocused();
  await undo.click();
  await expect(menu.getByRole('button', { name: 'Against run 3', exact: true })).toBeVisible();

  told.baselineChanged(undefined);
  await expect(page.locator('#baseline-row')).toHaveCount(0);
  await menu.getByRole('button', { name: 'Against run 3', exact: true }).click();
  await expect.poll(() => calls).toContainEqual(['setBaseline', toRunId(3)]);
});

test('shows deleted runs where a search asks for them, and restores them', async ({
  page,
  open,
}) => {
  const runs = sampleRuns(6).map((run, index) => (index === 2 ? { ...run, deletedAtMs: 1 } : run));
  const { host, calls } = fakeHost(runs, { restoreRuns: async () => undefined });
  await open({ view: 'runTable', state, host });
  await expect(status(page)).toHaveText('5 runs');
  await page.getByRole('combobox', { name: 'Search runs' }).fill('deleted');
  await expect(rows(page)).toHaveCount(1);
  await rows(page).first().click({ button: 'right' });
  await menuItem(page, 'Restore').click();
  await expect.poll(() => calls).toContainEqual(['restoreRuns', [toRunId(2)]]);
});

test('a run that is deleted while a search finds deleted ones is marked so at once', async ({
  page,
  open,
}) => {
  const table: TableRuns = { runs: sampleRuns(6) };
  const { host, changedSlots } = tableHost(table, { restoreRuns: async () => undefined });
  const told = await open<RunTableHost, RunTablePage>({
    ...{ view: 'runTable', host },
    state: { ...state, search: 'deleted or params.epochs > 0' },
  });
  await expect(rows(page)).toHaveCount(6);
  await row(page, 2).click({ button: 'right' });
  await expect(menuItem(page, 'Restore')).toHaveCount(0);
  await page.keyboard.press('Escape');
  table.runs = table.runs.map((run, index) => (index === 2 ? { ...run, deletedAtMs: 1 } : run));
  told.runsChanged(changedSlots());
  await expect(async () => {
    await row(page, 2).click({ button: 'right' });
    await expect(menuItem(page, 'Restore')).toBeVisible({ timeout: 500 });
  }).toPass();
});

test('draws series small, with gaps, and says them in words', async ({ page, open }) => {
  await open({
    ...{ view: 'runTable', host: fakeHost(sampleRuns(12)).host },
    state: { ...state, columns: ['name', 'curve(metrics.loss)'] },
  });
  const curve = cell(page, 0, 'curve(metrics.loss)');
  await expect(curve).toContainText('loss from 2 to 0.2, between 0.2 and 2, 30 points, with gaps');
  await expect(curve.locator('path')).toHaveAttribute('d', /^M0 1\.5L.*M75 /);
});

test('exports what is shown: columns, order and search', async ({ page, open }) => {
  const runs = sampleRuns(12).map((run, index) => (index === 1 ? { ...run, name: '=1+1' } : run));
  const { host, calls } = fakeHost(runs);
  await open({
    ...{ view: 'runTable', host },
    state: {
      ...state,
      columns: ['name', 'metrics.loss', 'params.lr', 'start_time'],
      search: 'params.lr = 0.01',
      sort: [{ column: 'metrics.loss', direction: 'asc' }],
    },
  });
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await menuItem(page, 'Save Runs as CSV…').click();
  await expect.poll(() => calls.length).toBe(1);
  const found = runs
    .filter(({ params }) => params[0]?.value === '0.01')
    .toSorted((a, b) => (a.metrics[0]?.last ?? 0) - (b.metrics[0]?.last ?? 0));
  const line = (run: Run, name: string) =>
    `${name},${run.metrics[0]?.last},0.01,${new Date(run.startedAtMs).toISOString()}\r\n`;
  const text = (nameOf: (run: Run) => string) =>
    [
      'name,metrics.loss,params.lr,start_time\r\n',
      ...found.map((run) => line(run, nameOf(run))),
    ].join('');
  expect(calls[0]).toEqual([
    'saveExport',
    {
      format: 'csv',
      text: text(runName),
      guardedText: text((run) => (run.name === undefined ? runName(run) : "'=1+1")),
    },
  ]);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await menuItem(page, 'Copy Runs as pandas').click();
  const lines = `"params.lr": [0.01, 0.01, 0.01]`;
  await expect.poll(() => calls[1]).toEqual(['copyText', { text: expect.stringContaining(lines) }]);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await menuItem(page, 'Copy Runs as CSV').click();
  // The host asks, as before it saves them.
  const [, { format: _, ...csv }] = calls[0] as [string, { format: string }];
  await expect.poll(() => calls[2]).toEqual(['copyText', csv]);
});

test('has nothing that axe objects to in its other states', async ({ page, open }) => {
  const runs = sampleRuns(12);
  await open({
    ...{ view: 'runTable', theme: 'light' },
    state: { ...state, groupBy: ['params.lr'], marksDifferences: true },
    host: tableHost({ runs, baseline: toRunId(3) }).host,
  });
  await expect(rows(page)).toHaveCount(4);
  await rows(page).first().click();
  await expectNoViolations(page);
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  await header(page, 'metrics.loss').getByRole('button').click({ button: 'right' });
  await expectNoViolations(page);
});

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .disableRules(['document-title', 'landmark-one-main', 'page-has-heading-one', 'region'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}
