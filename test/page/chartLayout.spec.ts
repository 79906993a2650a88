import { expect, type Page } from '@playwright/test';
import type { ChartsHost } from '../../src/protocol/chartsPage';
import { lineStyle } from '../../webviews/shared/chart/runStyles';
import { createFakeHost, test } from './support/pageTest';
import { chartsHost, chartsState, sampleCharts } from './support/sampleCharts';
import { toRunId } from './support/sampleRuns';

const keys = ['val_acc', 'loss', 'train/loss', 'system/cpu_percent'];
const titles = (page: Page) => page.getByRole('heading', { level: 3 });
const legend = (page: Page) => page.getByRole('list', { name: 'Runs on the charts' });
const keptState = (page: Page) =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}'));

async function chooseOf(page: Page, chart: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions on ${chart}`, exact: true }).click();
  await page.getByRole('menu').getByText(item, { exact: true }).click();
}

test('arranges charts in sections, and keeps what was moved, sized, hidden and closed', async ({
  page,
  open,
}) => {
  const { host } = createFakeHost<ChartsHost>(chartsHost(2, keys, 30));
  await open({ view: 'charts', state: chartsState, host });
  await expect(titles(page)).toHaveText(keys);
  await expect(page.getByRole('region', { name: 'train', exact: true })).toBeVisible();
  await chooseOf(page, 'loss', 'Move Up');
  await expect(titles(page)).toHaveText(['loss', 'val_acc', 'train/loss', 'system/cpu_percent']);
  await chooseOf(page, 'loss', '2 Columns Wide');
  await chooseOf(page, 'loss', 'High');
  const loss = page.getByRole('region', { name: 'Chart of loss', exact: true });
  const accuracy = page.getByRole('region', { name: 'Chart of val_acc' });
  expect((await loss.boundingBox())?.width).toBeGreaterThan(
    1.9 * ((await accuracy.boundingBox())?.width ?? 0),
  );
  expect((await loss.getByRole('application').boundingBox())?.height).toBe(400);
  await chooseOf(page, 'train/loss', 'Remove');
  await page.getByRole('button', { name: /^System/ }).click();
  await expect(titles(page)).toHaveText(['loss', 'val_acc']);
  await page.reload();
  await expect(titles(page)).toHaveText(['loss', 'val_acc']);
  await page.getByRole('button', { name: 'Layout' }).click();
  await page.getByRole('menuitem', { name: 'Show Hidden Charts' }).click();
  await expect(titles(page)).toHaveText(['loss', 'val_acc', 'train/loss']);
  await page.getByRole('textbox', { name: 'Filter charts' }).fill('acc');
  await expect(titles(page)).toHaveText(['val_acc']);
  await page.getByRole('textbox', { name: 'Filter charts' }).fill('nothing like it');
  await expect(page.getByText('No chart is called “nothing like it”.')).toBeVisible();
});

test('takes a chart by its title to the place of another of its section', async ({
  page,
  open,
}) => {
  const { host } = createFakeHost<ChartsHost>(chartsHost(2, ['a', 'b', 'c', 'train/loss'], 30));
  await open({ view: 'charts', state: chartsState, host });
  const title = (text: string) => page.getByRole('heading', { level: 3, name: text, exact: true });
  const cardOf = (text: string) => page.getByRole('region', { name: `Chart of ${text}` });
  await expect(titles(page)).toHaveText(['a', 'b', 'c', 'train/loss']);
  await title('a').dragTo(cardOf('c').getByRole('application'));
  await expect(titles(page)).toHaveText(['b', 'c', 'a', 'train/loss']);
  await title('a').dragTo(cardOf('b').getByRole('application'));
  await expect(titles(page)).toHaveText(['a', 'b', 'c', 'train/loss']);
  // A section is what the metric is called.
  await title('b').dragTo(cardOf('train/loss').getByRole('application'));
  await expect(titles(page)).toHaveText(['a', 'b', 'c', 'train/loss']);
  expect((await keptState(page)).layout.order).toEqual([
    'line:a',
    'line:b',
    'line:c',
    'line:train/loss',
  ]);
});

test('gives one chart the whole width, and shows whole rows of the legend', async ({
  page,
  open,
}) => {
  const { host } = createFakeHost<ChartsHost>(chartsHost(60, ['loss'], 30));
  await open({ view: 'charts', state: chartsState, host });
  const isWide = async () => {
    const card = await page.getByRole('region', { name: 'Chart of loss' }).boundingBox();
    const room = await page.getByRole('main').boundingBox();
    return (card?.width ?? 0) / (room?.width ?? 1);
  };
  for (const viewport of [
    { width: 1600, height: 1000 },
    { width: 1100, height: 613 },
    { width: 500, height: 700 },
  ]) {
    await page.setViewportSize(viewport);
    await expect.poll(isWide).toBeGreaterThan(0.9);
    await expect.poll(() => legend(page).evaluate((list) => list.clientHeight % 24)).toBe(0);
    expect(await legend(page).evaluate((list) => list.clientHeight)).toBeGreaterThanOrEqual(48);
  }
});

test('adds a chart of several metrics with a title, changes and removes it', async ({
  page,
  open,
}) => {
  const { host } = createFakeHost<ChartsHost>(chartsHost(2, keys, 30));
  await open({ view: 'charts', state: chartsState, host });
  await page.getByRole('button', { name: 'Add Chart…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add Chart' });
  await dialog.getByRole('radio', { name: /^Lines/ }).check();
  await dialog.getByRole('checkbox', { name: /^train\/loss/ }).check();
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Both');
  await dialog.getByRole('button', { name: 'Add' }).click();
  const both = page.getByRole('region', { name: 'Chart of Both' });
  await both.scrollIntoViewIfNeeded();
  await expect(both.getByRole('img')).toHaveAccessibleName(/Line chart of Both, 4 lines/);
  await chooseOf(page, 'Both', 'Edit…');
  await page
    .getByRole('dialog', { name: 'Edit Chart' })
    .getByRole('checkbox', { name: /^train\/loss/ })
    .uncheck();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(both.getByRole('img')).toHaveAccessibleName(/Line chart of Both, 2 lines/);
  await chooseOf(page, 'Both', 'Remove');
  await expect(both).toBeHidden();
  expect((await keptState(page)).layout.own).toEqual([]);
});

test('makes a chart only when it is scrolled into view', async ({ page, open }) => {
  const many = Array.from({ length: 60 }, (_, index) => `metric_${index}`);
  const asked = new Set<string>();
  const answers = chartsHost(2, many, 30);
  const { host } = createFakeHost<ChartsHost>({
    ...answers,
    readLines: (request) => {
      for (const { key } of request.wanted) asked.add(key);
      return answers.readLines(request);
    },
  });
  await open({ view: 'charts', state: chartsState, host });
  await expect(
    page.getByRole('region', { name: 'Chart of metric_0' }).getByRole('img'),
  ).toBeVisible();
  expect(asked.size).toBeLessThan(12);
  await page.getByRole('region', { name: 'Chart of metric_59' }).scrollIntoViewIfNeeded();
  await expect.poll(() => asked.has('metric_59')).toBe(true);
});

test('lists a thousand runs by the rows in view, which the keys go through', async ({
  page,
  open,
}) => {
  const { host } = createFakeHost<ChartsHost>(chartsHost(1000, ['loss'], 5));
  await open({ view: 'charts', state: chartsState, host });
  await expect(page.getByText('1000 runs of train.py', { exact: true })).toBeVisible();
  expect(await legend(page).getByRole('listitem').count()).toBeLessThan(60);
  await legend(page).getByRole('button').first().focus();
  await page.keyboard.press('End');
  await expect(legend(page).getByRole('button', { name: /seed=999, Finished/i })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('1000 runs of train.py, 1 hidden')).toBeVisible();
  await page.getByRole('textbox', { name: 'Find a run' }).fill('seed=77');
  await expect(legend(page).getByRole('listitem')).toHaveCount(11);
  await page.getByRole('button', { name: 'Show All' }).click();
  await expect(page.getByText('1000 runs of train.py', { exact: true })).toBeVisible();
});

test('shows one run alone, pins it to the top, and brings all back', async ({ page, open }) => {
  const { host, calls } = createFakeHost<ChartsHost>(chartsHost(3, ['loss'], 30));
  await open({ view: 'charts', state: chartsState, host });
  const menu = page.getByRole('button', { name: /^Actions on .*seed=2$/ });
  const image = page.getByRole('region', { name: 'Chart of loss' }).getByRole('img');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Show Only This' }).click();
  await expect(image).toHaveAccessibleName(/1 line\./);
  expect((await keptState(page)).hiddenRuns).toEqual([toRunId(0), toRunId(1)]);
  await menu.click();
  await page.getByRole('menuitemcheckbox', { name: 'Pin to Top' }).click();
  await expect(legend(page).locator('.legend-name').first()).toContainText('seed=2');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Show Only This' }).click();
  await expect(image).toHaveAccessibleName(/3 lines\./);
  await menu.click();
  await page.getByRole('menuitem', { name: 'Open Run' }).click();
  await expect.poll(() => calls).toEqual([['openRun', toRunId(2)]]);
});

test('lets a run keep its colour while others come and go', async ({ page, open }) => {
  let from = 0;
  const { host } = createFakeHost<ChartsHost>({
    ...chartsHost(4, ['loss'], 30),
    readCharts: async () => {
      const data = sampleCharts(4, ['loss'], 30);
      return { ...data, runs: data.runs.slice(from) };
    },
  });
  const told = await open<ChartsHost, { chartsChanged(): void }>({
    view: 'charts',
    state: chartsState,
    host,
  });
  const strokeOf = (seed: number) =>
    legend(page)
      .getByRole('listitem')
      .filter({ hasText: `seed=${seed}` })
      .locator('line')
      .getAttribute('stroke');
  await expect(legend(page).locator('.legend-name')).toHaveCount(4);
  expect(await strokeOf(2)).toBe(lineStyle(2, true).color);
  from = 2;
  told.chartsChanged();
  await expect(legend(page).locator('.legend-name')).toHaveCount(2);
  expect(await strokeOf(2)).toBe(lineStyle(2, true).color);
});
