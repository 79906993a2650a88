import { expect, type Page } from '@playwright/test';
import type { ChartSpec } from '../../src/core/chart/chartSpec';
import type { ChartsData, ChartsHost } from '../../src/protocol/chartsPage';
import {
  beyondEdges,
  everyTheme,
  examine,
  movingThings,
  narrowPanel,
  twoThemes,
  zoomedWindow,
} from './support/looks';
import { createFakeHost, test } from './support/pageTest';
import { chartsHost, chartsState, sampleCharts } from './support/sampleCharts';
import { plotsHost, plotsState, sweepRuns } from './support/samplePlots';

const best = 'best(metrics.val_acc)';
const kinds: Readonly<Record<string, readonly ChartSpec[]>> = {
  'scatter-and-bars': [
    { kind: 'scatter', x: 'params.lr', y: best, color: 'params.optimizer' },
    { kind: 'bars', value: best, groupBy: 'params.optimizer' },
    { kind: 'bars', value: best },
    { kind: 'histogram', value: best },
  ],
  'parallel-and-importance': [
    { kind: 'parallel', axes: [], value: best },
    { kind: 'importance', value: best },
  ],
  'confusion-and-images': [
    { kind: 'confusion', key: '' },
    { kind: 'images', key: 'samples' },
    { kind: 'images', key: 'gone' },
  ],
};
const metrics = ['val_acc', 'loss', 'train/lr', 'system/cpu_percent'];

const canvas = (page: Page) => page.locator('.card canvas').first();
const linesHost = (runCount = 5) =>
  createFakeHost<ChartsHost>(chartsHost(runCount, metrics, 60)).host;

/** A host that has a page of these runs and answers nothing else. */
function hostOf(data: Partial<ChartsData>, more: Partial<ChartsHost> = {}) {
  return createFakeHost<ChartsHost>({
    ...chartsHost(2, metrics, 60),
    readCharts: async () => ({ ...sampleCharts(2, metrics, 60), ...data }),
    ...more,
  }).host;
}

/** Until no card waits for its figures. */
async function untilDrawn(page: Page): Promise<void> {
  await expect(page.locator('.card')).not.toHaveCount(0);
  await expect(page.locator('.plot-loading')).toHaveCount(0);
}

test.beforeEach(() => test.setTimeout(60_000));

test('lines, read out and with a menu, in every theme', async ({ page, open }) => {
  await open({ view: 'charts', state: chartsState, host: linesHost() });
  await untilDrawn(page);
  await canvas(page).hover();
  await expect(page.locator('.readout')).toBeVisible();
  await examine(page, 'charts-lines', everyTheme);
  await page.getByRole('button', { name: 'Actions on val_acc' }).click();
  await examine(page, 'charts-menu', everyTheme);
});

for (const [name, specs] of Object.entries(kinds)) {
  test(`${name.replaceAll('-', ' ')} in every theme, in a narrow panel and at 200 %`, async ({
    page,
    open,
  }) => {
    const { host } = createFakeHost<ChartsHost>(plotsHost(sweepRuns(12)));
    await page.setViewportSize({ width: 1200, height: 1000 });
    await open({ view: 'charts', state: plotsState(...specs), host });
    await untilDrawn(page);
    await expect(page.locator('.card').first().locator('canvas, img').first()).toBeVisible();
    if (name.startsWith('parallel')) {
      await page.locator('.axis-strip').first().focus();
      await page.keyboard.press('ArrowUp');
      await expect(page.getByRole('region', { name: 'Selected runs' })).toBeVisible();
    } else {
      await page.getByRole('application').first().focus();
      await page.keyboard.press('ArrowRight');
      await expect(page.locator('.plot-tip')).toBeVisible();
    }
    await examine(page, `charts-${name}`, everyTheme);
    await page.setViewportSize(narrowPanel);
    await examine(page, `charts-${name}-narrow`, twoThemes);
    expect(await beyondEdges(page)).toEqual([]);
    await page.setViewportSize(zoomedWindow);
    await examine(page, `charts-${name}-zoomed`, twoThemes);
    expect(await beyondEdges(page)).toEqual([]);
  });
}

test('a narrow panel and 200 % leave the charts the room', async ({ page, open }) => {
  await page.setViewportSize(narrowPanel);
  await open({ view: 'charts', state: chartsState, host: linesHost(40) });
  await untilDrawn(page);
  await examine(page, 'charts-narrow', twoThemes);
  expect(await beyondEdges(page)).toEqual([]);
  for (const size of [zoomedWindow, { width: 900, height: 400 }]) {
    await page.setViewportSize(size);
    await examine(page, `charts-${size.width}-low`, twoThemes);
    expect(await beyondEdges(page)).toEqual([]);
    // All that is above the charts is scrolled away with them.
    const card = page.getByRole('region', { name: 'Chart of loss' });
    await card.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    expect((await card.boundingBox())?.y).toBeLessThan(20);
  }
});

test('without runs, or without one that is found, it teaches what to do', async ({
  page,
  open,
}) => {
  let data: Partial<ChartsData> = { runs: [], metrics: [], followsNewest: true };
  const told = await open<ChartsHost, { chartsChanged(): void }>({
    view: 'charts',
    state: chartsState,
    host: hostOf({}, { readCharts: async () => ({ ...sampleCharts(0, [], 0), ...data }) }),
  });
  await expect(page.getByRole('heading', { name: 'No runs to chart' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open a Terminal' })).toBeVisible();
  await examine(page, 'charts-empty', twoThemes);
  data = { search: 'params.lr < 1e-9' };
  told.chartsChanged();
  await expect(page.getByRole('heading', { name: 'No run matches' })).toBeVisible();
  await examine(page, 'charts-no-match', twoThemes);
});

test('says what it waits for, and nothing moves where that is asked for', async ({
  page,
  open,
}) => {
  let answer = (_data: ChartsData) => {};
  const data = sampleCharts(2, metrics, 60);
  const host = hostOf({}, { readCharts: () => new Promise((resolve) => (answer = resolve)) });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open({ view: 'charts', state: chartsState, host });
  await expect(page.getByText('Reading charts…')).toBeVisible();
  await examine(page, 'charts-loading-still', twoThemes);
  expect(await movingThings(page)).toEqual([]);
  answer(data);
  await untilDrawn(page);
  await expect(page.locator('.status-running').first()).toBeVisible();
  expect(await movingThings(page)).toEqual([]);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  // The sign of the run that goes on; VS Code has a setting of its own.
  expect(await movingThings(page)).not.toEqual([]);
  await page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
  expect(await movingThings(page)).toEqual([]);
});

test('says what went wrong, and reads again', async ({ page, open }) => {
  let isBroken = true;
  const host = hostOf(
    {},
    {
      readCharts: async () => {
        if (isBroken) throw new Error('The record could not be read: the disk is full.');
        return sampleCharts(2, metrics, 60);
      },
    },
  );
  await open({ view: 'charts', state: chartsState, host });
  await expect(page.getByRole('alert')).toContainText('the disk is full');
  await examine(page, 'charts-error', twoThemes);
  isBroken = false;
  await page.getByRole('button', { name: 'Try Again' }).click();
  await untilDrawn(page);
  await expect(page.getByRole('alert').filter({ hasText: 'disk' })).toHaveCount(0);
});

test('a card that cannot be read says so, and leaves the others', async ({ page, open }) => {
  const specs = Object.values(kinds).flat();
  let isBroken = true;
  const answers = plotsHost(sweepRuns(8));
  // SAFETY: each keeps its own type: it is called with what it is given.
  const broken = (name: 'readColumns' | 'readMedia' | 'readImportance' | 'readLines') =>
    ((...args: never[]) =>
      isBroken
        ? Promise.reject(new Error('It was moved away.'))
        : (answers[name] as (...all: never[]) => unknown)(...args)) as never;
  const { host } = createFakeHost<ChartsHost>({
    ...answers,
    readColumns: broken('readColumns'),
    readMedia: broken('readMedia'),
    readImportance: broken('readImportance'),
  });
  await page.setViewportSize({ width: 1200, height: 3000 });
  await open({ view: 'charts', state: plotsState(...specs), host });
  const failed = page.locator('.card').filter({ hasText: 'It was moved away.' });
  await expect(failed).toHaveCount(specs.length);
  await expect(page.locator('.problem-bar')).toHaveCount(0);
  await examine(page, 'charts-cards-failed', twoThemes);
  isBroken = false;
  await failed.first().getByRole('button', { name: 'Try Again' }).click();
  await expect(failed).toHaveCount(specs.length - 1);
  await expect(page.locator('.card').first().locator('canvas').first()).toBeVisible();
});

test('a chart whose lines are slow to come says that it reads, and one that is quick does not', async ({
  page,
  open,
}) => {
  const answers = chartsHost(2, metrics, 60);
  let letCharts = () => {};
  let letLines = () => {};
  const charts = new Promise<void>((resolve) => {
    letCharts = resolve;
  });
  const lines = new Promise<void>((resolve) => {
    letLines = resolve;
  });
  const { host } = createFakeHost<ChartsHost>({
    readCharts: async (groupBy) => {
      await charts;
      return answers.readCharts(groupBy);
    },
    readLines: async (request) => {
      await lines;
      return answers.readLines(request);
    },
  });
  // Time stands still but for what the test lets pass.
  await page.clock.install();
  await open({ view: 'charts', state: chartsState, host });
  await page.clock.pauseAt(Date.now() + 3_600_000);
  letCharts();
  const waiting = page.locator('.card .plot-loading').first();
  const rings = page.locator('.card').getByLabel('Reading figures');
  await expect(waiting).toBeVisible();
  await page.clock.runFor(200);
  await expect(rings).toHaveCount(0);
  await page.clock.runFor(400);
  await expect(rings.first()).toBeVisible();
  await page.clock.resume();
  await examine(page, 'charts-lines-reading', twoThemes);
  letLines();
  await untilDrawn(page);
  await expect(canvas(page)).toBeVisible();
  await expect(rings).toHaveCount(0);
});

test('one run, one point, a run without metrics, a failed one', async ({ page, open }) => {
  let data = sampleCharts(1, ['loss'], 1);
  const told = await open<ChartsHost, { chartsChanged(): void }>({
    view: 'charts',
    state: chartsState,
    host: createFakeHost<ChartsHost>({
      ...chartsHost(1, ['loss'], 1),
      readCharts: async () => data,
    }).host,
  });
  await untilDrawn(page);
  await examine(page, 'charts-one-point', twoThemes);
  const [run] = data.runs;
  if (run === undefined) throw new Error('no run');
  data = { ...data, metrics: [], runs: [{ ...run, status: 'failed', pointCount: 0 }] };
  told.chartsChanged();
  await expect(page.getByText('These runs have no metric.')).toBeVisible();
  await expect(page.getByRole('button', { name: /, Failed$/ })).toBeVisible();
  await examine(page, 'charts-no-metric', twoThemes);
});

test('cards of plots whose runs have nothing for them say what they need', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1200, height: 2000 });
  const some = sweepRuns(2).map((run) => ({ ...run, params: [], metrics: [] }));
  const { host } = createFakeHost<ChartsHost>({
    ...plotsHost(some),
    readMedia: async (_kind, runIds) => runIds.map((runId) => ({ runId, items: [], notes: [] })),
  });
  const specs = Object.values(kinds).flat();
  await open({ view: 'charts', state: plotsState(...specs), host });
  await untilDrawn(page);
  for (const card of await page.locator('.card').all()) {
    await expect(card.locator('.plot-empty')).toHaveText(/\w{3,} .*\w/);
  }
  await examine(page, 'charts-cards-empty', twoThemes);
});

test('a thousand runs', async ({ page, open }) => {
  await open({ view: 'charts', state: chartsState, host: linesHost(1000) });
  await untilDrawn(page);
  await examine(page, 'charts-1000-runs', twoThemes);
});
