import { expect, type Page } from '@playwright/test';
import type { ChartSpec } from '../../src/core/chart/chartSpec';
import type { Run } from '../../src/core/run/run';
import type { ViewId } from '../../src/core/view/savedView';
import type { ChartsHost } from '../../src/protocol/chartsPage';
import { createFakeHost, test } from './support/pageTest';
import { plotsHost, plotsState, sweepRuns } from './support/samplePlots';

const spec: ChartSpec = { kind: 'parallel', axes: [], value: 'best(metrics.val_acc)' };
const runs = sweepRuns(30);
const param = (run: Run, key: string) => run.params.find((each) => each.key === key)?.value ?? '';
const best = (run: Run) => run.metrics.find(({ key }) => key === 'val_acc')?.best ?? 0;
const axis = (page: Page, field: string) => page.locator(`.axis-strip[data-field="${field}"]`);
const selection = (page: Page) => page.getByRole('region', { name: 'Selected runs' });
const lines = (page: Page) => page.locator('canvas[data-layer=lines]');

test('has an axis for each param that varies and the metric last', async ({ page, open }) => {
  const { host } = createFakeHost<ChartsHost>(plotsHost(runs));
  await open({ view: 'charts', state: plotsState(spec), host });
  await expect(page.locator('.axis-title')).toHaveText([
    'lr log',
    'optimizer',
    'width',
    'seed',
    'val_acc (best)',
  ]);
  await expect(lines(page)).toHaveAttribute('data-drawn', 'yes');
  await page.getByRole('button', { name: /as table$/ }).click();
  await page.locator('.table-scroll tbody tr').first().waitFor();
  const rows = await page
    .locator('.table-scroll tbody tr')
    .evaluateAll((all) =>
      all.map((row) => [...row.children].slice(1).map(({ textContent }) => textContent)),
    );
  expect(rows).toEqual(
    runs.map((run) => [
      ...['lr', 'optimizer', 'width', 'seed'].map((key) => param(run, key)),
      String(Number(best(run).toPrecision(4))),
    ]),
  );
});

test('brushes of several axes by keyboard keep the runs that a naive filter keeps', async ({
  page,
  open,
}) => {
  const { host, calls } = createFakeHost<ChartsHost>(plotsHost(runs));
  await open({ view: 'charts', state: plotsState(spec), host });
  await axis(page, 'params.lr').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(axis(page, 'params.lr')).toHaveAccessibleName(/^lr from 0\.001 to 0\.01\./);
  await axis(page, 'params.optimizer').focus();
  await page.keyboard.press('ArrowUp');
  const kept = runs.filter(
    (run) => ['0.001', '0.01'].includes(param(run, 'lr')) && param(run, 'optimizer') === 'adam',
  );
  expect(kept.length).toBeGreaterThan(1);
  await expect(selection(page).getByRole('status')).toHaveText(
    `${kept.length} runs selected: lr from 0.001 to 0.01, and optimizer is adam`,
  );
  await expect(selection(page).getByRole('listitem')).toHaveCount(kept.length);
  await selection(page).getByRole('button', { name: 'Compare' }).click();
  expect(calls).toEqual([['compareRuns', kept.map(({ id }) => id).slice(0, 10)]]);
  await axis(page, 'params.optimizer').focus();
  await page.keyboard.press('Escape');
  await axis(page, 'params.lr').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(axis(page, 'params.lr')).toHaveAccessibleName(/^lr is 0\.001\./);
  await page.keyboard.press('Escape');
  await expect(selection(page)).toHaveCount(0);
});

test('a brush by mouse keeps the runs between its ends; a click takes it away', async ({
  page,
  open,
}) => {
  const { host } = createFakeHost<ChartsHost>(plotsHost(runs));
  await open({ view: 'charts', state: plotsState(spec), host });
  await expect(lines(page)).toHaveAttribute('data-drawn', 'yes');
  const box = await axis(page, 'best(metrics.val_acc)').boundingBox();
  if (box === null) throw new Error('no axis');
  const x = box.x + box.width / 2;
  await page.mouse.move(x, box.y + 1);
  await page.mouse.down();
  await page.mouse.move(x, box.y + box.height / 2, { steps: 3 });
  await page.mouse.up();
  const values = runs.map(best);
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  const said = await selection(page).getByRole('status').innerText();
  const [from, to] = /from ([\d.]+) to ([\d.]+)$/.exec(said)?.slice(1).map(Number) ?? [];
  // Where the pointer was, as near as a pixel is.
  expect(Math.abs((from ?? 0) - middle)).toBeLessThan(0.005);
  expect(to).toBe(Number(Math.max(...values).toPrecision(4)));
  const kept = values.filter((value) => value >= (from ?? 0));
  await expect(selection(page).getByRole('listitem')).toHaveCount(kept.length);
  const shown = await selection(page)
    .getByRole('listitem')
    .evaluateAll((all) => all.map((item) => Number(item.lastElementChild?.textContent)));
  expect(shown.toSorted()).toEqual(kept.map((value) => Number(value.toPrecision(4))).toSorted());
  await page.mouse.click(x, box.y + 20);
  await expect(selection(page)).toHaveCount(0);
});

test('axes are moved by keyboard and by dragging their names; the metric stays last', async ({
  page,
  open,
}) => {
  const { host } = createFakeHost<ChartsHost>(plotsHost(runs));
  await open({ view: 'charts', state: plotsState(spec), host });
  await axis(page, 'params.lr').focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.locator('.axis-title')).toHaveText([
    'optimizer',
    'lr log',
    'width',
    'seed',
    'val_acc (best)',
  ]);
  await expect(axis(page, 'params.lr')).toBeFocused();
  const from = await page.locator('.axis-title').nth(3).boundingBox();
  const to = await page.locator('.axis-title').nth(0).boundingBox();
  if (!from || !to) throw new Error('no titles');
  await page.mouse.move(from.x + from.width / 2, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(to.x + 4, from.y + 6, { steps: 3 });
  await page.mouse.up();
  await expect(page.locator('.axis-title').first()).toHaveText('seed');
  await expect(page.locator('.axis-title').last()).toHaveText('val_acc (best)');
});

test('brushes, scales and the order of the axes are there after a reload, and in a saved view', async ({
  page,
  open,
}) => {
  let saved = '';
  const view = { id: 'v' as ViewId, name: 'Mine' };
  const { host } = createFakeHost<ChartsHost>({
    ...plotsHost(runs),
    readViews: async () => (saved === '' ? [] : [view]),
    saveViewAs: async (state) => {
      saved = state;
      return view;
    },
    readView: async () => ({ ...view, state: saved }),
  });
  await open({ view: 'charts', state: plotsState(spec), host });
  const menu = page.getByRole('button', { name: 'Axis lr' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemcheckbox', { name: 'Automatic Scale' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(menu).toBeFocused();
  await expect(page.locator('.axis-title').first()).toHaveText('lr');
  await page.keyboard.press('Enter');
  for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitemcheckbox', { name: 'Inverted' })).toBeFocused();
  await page.keyboard.press('Enter');
  await axis(page, 'params.lr').focus();
  // The lowest value of an inverted axis stands above.
  await page.keyboard.press('ArrowDown');
  await expect(axis(page, 'params.lr')).toHaveAccessibleName(
    /^lr is 0\.0001, from above to below\./,
  );
  const brush = await page.locator('.axis-brush').boundingBox();
  const strip = await axis(page, 'params.lr').boundingBox();
  expect(Math.abs((brush?.y ?? 0) - (strip?.y ?? 99))).toBeLessThan(8);
  await page.keyboard.press('Alt+ArrowRight');
  const isAsChosen = async () => {
    await expect(page.locator('.axis-title')).toHaveText([
      'optimizer',
      'lr ↓',
      'width',
      'seed',
      'val_acc (best)',
    ]);
    await expect(selection(page).getByRole('status')).toContainText(
      `${runs.filter((run) => param(run, 'lr') === '0.0001').length} runs selected: lr is 0.0001`,
    );
  };
  await isAsChosen();
  await page.getByRole('button', { name: /^Views/ }).click();
  await page.getByRole('button', { name: 'Save View As…' }).click();
  await expect.poll(() => saved).not.toBe('');
  await page.reload();
  await isAsChosen();
  await selection(page).getByRole('button', { name: 'Clear' }).click();
  await expect(selection(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Axis lr' }).click();
  await page.getByRole('menuitem', { name: 'Move Left' }).click();
  await expect(page.locator('.axis-title').first()).toHaveText('lr ↓');
  await page.getByRole('button', { name: /^Views/ }).click();
  await page.getByRole('button', { name: 'Mine', exact: true }).click();
  await isAsChosen();
});

test('10,000 runs: brushing never holds the page up for long', async ({ page, open }) => {
  test.setTimeout(90_000);
  const { host } = createFakeHost<ChartsHost>(plotsHost(sweepRuns(10_000)));
  await open({ view: 'charts', state: plotsState(spec), host });
  await expect(lines(page)).toHaveAttribute('data-drawn', 'yes', { timeout: 60_000 });
  await page.evaluate(() => {
    const longest = { ms: 0 };
    Object.assign(window, { longest });
    let last = performance.now();
    const tick = () => {
      longest.ms = Math.max(longest.ms, performance.now() - last);
      last = performance.now();
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await axis(page, 'params.lr').focus();
  for (const key of ['ArrowUp', 'ArrowUp', 'Shift+ArrowUp', 'ArrowUp'])
    await page.keyboard.press(key);
  await expect(selection(page).getByRole('status')).toContainText('runs selected');
  await expect(lines(page)).toHaveAttribute('data-drawn', 'yes', { timeout: 20_000 });
  const longestMs = await page.evaluate(
    () => (window as unknown as { longest: { ms: number } }).longest.ms,
  );
  console.log(`longest frame while brushing 10,000 runs: ${Math.round(longestMs)} ms`);
  expect(longestMs).toBeLessThan(1_000);
});
