import { expect, type Locator, type Page } from '@playwright/test';
import type { LinesRequest } from '../../src/core/chart/linesRequest';
import { meanSpacing, smooth } from '../../src/core/chart/smooth';
import { packLines } from '../../src/core/series/packedLines';
import type { SeriesPart } from '../../src/core/series/seriesBatch';
import { thinSeries } from '../../src/core/series/thinSeries';
import type { ChartsData, ChartsHost, ChartsPage } from '../../src/protocol/chartsPage';
import { lineColors } from '../../webviews/shared/chart/runStyles';
import { createFakeHost, test } from './support/pageTest';
import { answerLines, chartsState, sampleCharts, sampleSeries } from './support/sampleCharts';

const [first = '', second = ''] = lineColors(true);

const card = (page: Page, key: string) => page.getByRole('region', { name: `Chart of ${key}` });
const chart = (page: Page, key: string) => card(page, key).getByRole('application');
const readout = (page: Page) => page.locator('.readout');

/** How many pixels of a chart have about this colour, and their bounds, 0 to 1 of the canvas. */
function findColor(where: Locator, color: string) {
  return where.locator('canvas[role=img]').evaluate((element, hex) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas');
    const { width, height } = element;
    const { data } = element.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
    const wanted = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    const found = { count: 0, left: 1, right: 0, top: 1, bottom: 0 };
    for (let at = 0; at < data.length; at += 4) {
      const isNear = wanted.every(
        (value, channel) => Math.abs(value - (data[at + channel] ?? 0)) < 12,
      );
      if (!isNear || (data[at + 3] ?? 0) < 200) continue;
      const x = ((at / 4) % width) / width;
      const y = Math.floor(at / 4 / width) / height;
      found.count++;
      found.left = Math.min(found.left, x);
      found.right = Math.max(found.right, x);
      found.top = Math.min(found.top, y);
      found.bottom = Math.max(found.bottom, y);
    }
    return found;
  }, color);
}

async function untilDrawn(page: Page, key: string): Promise<void> {
  await expect
    .poll(async () => (await findColor(chart(page, key), first)).count)
    .toBeGreaterThan(5);
}

/** A host that has runs with one metric, whose points the test says. */
function hostOf(
  runCount: number,
  seriesOf: (index: number) => SeriesPart,
  data?: Partial<ChartsData>,
) {
  return createFakeHost<ChartsHost>({
    readCharts: async () => ({ ...sampleCharts(runCount, ['loss'], 60), ...data }),
    readLines: answerLines(seriesOf),
  }).host;
}

const state = (lines: Partial<typeof chartsState.lines> = {}) => ({
  ...chartsState,
  lines: { ...chartsState.lines, ...lines },
});

test('reads out exact values by the arrow keys, and says them', async ({ page, open }) => {
  await open({
    view: 'charts',
    state: state(),
    host: hostOf(2, (index) => sampleSeries(index, 'loss', 60)),
  });
  await untilDrawn(page, 'loss');
  await chart(page, 'loss').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(readout(page).locator('.readout-x')).toHaveText('step 3');
  const values = [0, 1].map((run) => sampleSeries(run, 'loss', 60).values[2] ?? 0);
  const sorted = values
    .toSorted((a, b) => b - a)
    .map((value) => String(Number(value.toPrecision(4))));
  await expect(readout(page).locator('.readout-value')).toHaveText(sorted);
  await expect(chart(page, 'loss').locator('[aria-live]')).toContainText(`step 3; `);
  await page.keyboard.press('Control+ArrowRight');
  await expect(readout(page).locator('.readout-x')).toHaveText('step 13');
  await page.keyboard.press('End');
  await expect(readout(page).locator('.readout-x')).toHaveText('step 60');
  await page.keyboard.press('Escape');
  await expect(readout(page)).toBeHidden();
});

test('draws the one point in 100,000 that is a spike', async ({ page, open }) => {
  const count = 100_000;
  const whole = sampleSeries(0, 'loss', count, (index) =>
    index === 61_803 ? 50 : 1 + Math.sin(index),
  );
  const host = createFakeHost<ChartsHost>({
    readCharts: async () => sampleCharts(1, ['loss'], count),
    readLines: async ({ buckets }) => {
      const thinned = thinSeries(whole, buckets);
      const indices = Uint32Array.from(thinned.steps, (step) => step - 1);
      return packLines([{ ...thinned, indices, pointCount: count }]);
    },
  }).host;
  await open({ view: 'charts', state: state(), host });
  await untilDrawn(page, 'loss');
  const { top } = await findColor(chart(page, 'loss'), first);
  // The spike is at the top of its chart, all else at the foot of it.
  expect(top).toBeLessThan(0.15);
  await chart(page, 'loss').focus();
  const box = await chart(page, 'loss').boundingBox();
  for (let x = 0.4; x < 0.75; x += 0.005) {
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) * x, (box?.y ?? 0) + 20);
    if ((await readout(page).locator('.readout-x').textContent()) === 'step 61804') break;
  }
  await expect(readout(page).locator('.readout-x')).toHaveText('step 61804');
  await expect(readout(page).locator('.readout-value')).toHaveText('50');
});

test('zooms by keys and by dragging, reads the part anew, and gives all back', async ({
  page,
  open,
}) => {
  const count = 100_000;
  const requests: LinesRequest[] = [];
  const value = (index: number) => Math.sin(index / 1000) + (index % 97) / 1000;
  const host = createFakeHost<ChartsHost>({
    readCharts: async () => sampleCharts(1, ['loss'], count),
    readLines: async (request) => {
      requests.push(request);
      const whole = sampleSeries(0, 'loss', count, value);
      const from = Math.max(0, Math.ceil(request.within?.from[0] ?? 0) - 1);
      const to = Math.min(count, Math.floor(request.within?.to[0] ?? count));
      const cut = {
        steps: whole.steps.subarray(from, to),
        values: whole.values.subarray(from, to),
        timesMs: whole.timesMs.subarray(from, to),
      };
      const thinned = thinSeries(cut, request.buckets);
      const indices = Uint32Array.from(thinned.steps, (step) => step - 1);
      return packLines([{ ...thinned, indices, pointCount: to - from }]);
    },
  }).host;
  await open({ view: 'charts', state: state(), host });
  await untilDrawn(page, 'loss');
  expect(requests).toHaveLength(1);
  const box = await chart(page, 'loss').boundingBox();
  if (box === null) throw new Error('no chart');
  const y = box.y + 60;
  const drag = async (from: number, to: number) => {
    await page.mouse.move(box.x + box.width * from, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * (from + to) * 0.5, y);
    await page.mouse.move(box.x + box.width * to, y);
    await page.mouse.up();
  };
  await drag(0.5, 0.6);
  await expect.poll(() => requests.length).toBe(2);
  const within = requests[1]?.within;
  expect(within?.by).toBe('step');
  expect(within?.from[0]).toBeGreaterThan(30_000);
  expect(within?.to[0]).toBeLessThan(70_000);
  await drag(0.5, 0.52);
  await expect.poll(() => requests.length).toBe(3);
  await chart(page, 'loss').focus();
  await page.keyboard.press('+');
  await expect.poll(() => requests.length).toBe(4);
  const inner = requests[3]?.within;
  expect((inner?.to[0] ?? 0) - (inner?.from[0] ?? 0)).toBeLessThan(300);
  // Each point of the part is there now: one step of the cursor is one step of the run.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(300);
  await page.keyboard.press('ArrowRight');
  const at = async () =>
    Number((await readout(page).locator('.readout-x').textContent())?.replace('step ', ''));
  const start = await at();
  await page.keyboard.press('ArrowRight');
  expect(await at()).toBe(start + 1);
  const shown = await readout(page).locator('.readout-value').textContent();
  expect(shown).toBe(String(Number(value(start).toPrecision(4))).replace('-', '−'));
  await page.keyboard.press('0');
  await expect(page.getByRole('button', { name: 'Reset Zoom' })).toBeHidden();
});

test('keeps the zoom while points come', async ({ page, open }) => {
  let count = 60;
  const requests: LinesRequest[] = [];
  const answer = answerLines((index) => sampleSeries(index, 'loss', count));
  const host = createFakeHost<ChartsHost>({
    readCharts: async () => sampleCharts(1, ['loss'], count),
    readLines: (request) => {
      requests.push(request);
      return answer(request);
    },
  }).host;
  const told = await open<ChartsHost, ChartsPage>({ view: 'charts', state: state(), host });
  await untilDrawn(page, 'loss');
  await chart(page, 'loss').focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowRight');
  const before = await readout(page).locator('.readout-x').textContent();
  count = 90;
  told.chartsChanged();
  await expect.poll(() => requests.length).toBe(2);
  // Only what came since the last point is asked for.
  expect(requests[1]?.within?.by).toBe('timeMs');
  expect(requests[1]?.within?.from[0]).toBe(sampleSeries(0, 'loss', 60).timesMs[59]);
  await expect(chart(page, 'loss').getByRole('img')).toHaveAccessibleName(
    new RegExp(`: ${Number((sampleSeries(0, 'loss', 90).values[89] ?? 0).toPrecision(4))}$`),
  );
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await expect(readout(page).locator('.readout-x')).toHaveText(before ?? '');
  await expect(page.getByRole('button', { name: 'Reset Zoom' })).toBeVisible();
});

test('marks NaN and infinities at the edges, and counts them', async ({ page, open }) => {
  const valueAt = (index: number) =>
    index === 20
      ? Number.NaN
      : index === 30
        ? Number.POSITIVE_INFINITY
        : index === 40
          ? Number.NEGATIVE_INFINITY
          : 1;
  await open({
    view: 'charts',
    state: state(),
    host: hostOf(1, (index) => sampleSeries(index, 'loss', 60, valueAt)),
  });
  await untilDrawn(page, 'loss');
  await expect(card(page, 'loss')).toContainText(
    '1 point is NaN (×) · 2 points are infinite (▲ ▼)',
  );
  const { top, bottom } = await findColor(chart(page, 'loss'), first);
  expect(top).toBeLessThan(0.1);
  expect(bottom).toBeGreaterThan(0.8);
});

test('shows a log axis, and says what has no place on it', async ({ page, open }) => {
  await open({
    view: 'charts',
    state: state({ isLogY: true }),
    host: hostOf(1, (index) =>
      sampleSeries(index, 'loss', 60, (at) => (at < 2 ? -1 : 10 ** (at % 4))),
    ),
  });
  await untilDrawn(page, 'loss');
  await expect(card(page, 'loss')).toContainText('2 points are at or below 0: not on a log axis');
  await page.getByRole('checkbox', { name: 'Log y' }).click();
  await expect(card(page, 'loss')).not.toContainText('log axis');
});

test('smooths as its formula says, with what was measured faint behind', async ({ page, open }) => {
  const series = sampleSeries(0, 'loss', 60);
  await open({ view: 'charts', state: state({ smoothing: 0.9 }), host: hostOf(1, () => series) });
  await untilDrawn(page, 'loss');
  await chart(page, 'loss').focus();
  await page.keyboard.press('End');
  const smoothed = smooth(series.steps, series.values, 0.9, meanSpacing(series.steps, 60));
  await expect(readout(page).locator('.readout-value')).toHaveText(
    String(Number((smoothed[59] ?? 0).toPrecision(4))),
  );
  await expect(readout(page).locator('.readout-line')).toContainText(
    String(Number((series.values[59] ?? 0).toPrecision(4))),
  );
});

test('puts runs into groups, with their mean and a band', async ({ page, open }) => {
  const asked: unknown[] = [];
  const host = createFakeHost<ChartsHost>({
    readCharts: async (groupBy) => {
      asked.push(groupBy);
      const data = sampleCharts(4, ['loss'], 60);
      const runs = data.runs.map((run, index) =>
        groupBy === undefined ? run : { ...run, group: index < 2 ? '0.1' : '0.01' },
      );
      return { ...data, runs };
    },
    readLines: answerLines((index) => sampleSeries(index, 'loss', 60, (at) => at + 10 * index)),
  }).host;
  await open({ view: 'charts', state: state(), host });
  await untilDrawn(page, 'loss');
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('params.lr');
  await expect.poll(() => asked.at(-1)).toBe('params.lr');
  await chart(page, 'loss').focus();
  await page.keyboard.press('Home');
  await expect(readout(page).locator('.readout-name')).toHaveText([
    '0.01 (mean of 2 runs)',
    '0.1 (mean of 2 runs)',
  ]);
  await expect(readout(page).locator('.readout-value')).toHaveText(['25', '5']);
});

test('draws a resumed run as two lines and not through time', async ({ page, open }) => {
  const series = sampleSeries(0, 'loss', 80, (at) => (at < 50 ? 10 : 1));
  const steps = series.steps.map((_, at) => (at < 50 ? at + 1 : at - 19));
  await open({ view: 'charts', state: state(), host: hostOf(1, () => ({ ...series, steps })) });
  await untilDrawn(page, 'loss');
  await expect(card(page, 'loss')).toContainText('1 resumed (×1): what was overwritten is faint');
  await chart(page, 'loss').focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < 4; step++) await page.keyboard.press('Control+ArrowRight');
  await expect(readout(page).locator('.readout-x')).toHaveText('step 41');
  await expect(readout(page).locator('.readout-value')).toHaveText('1');
  // Nothing leads from the one to the other.
  const middle = await chart(page, 'loss')
    .locator('canvas[role=img]')
    .evaluate((element) => {
      if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas');
      const { width, height } = element;
      const strip = element
        .getContext('2d')
        ?.getImageData(width * 0.15, height * 0.35, width * 0.8, height * 0.1);
      return strip?.data.filter(
        (_, at, all) => at % 4 === 2 && (all[at] ?? 0) > (all[at - 2] ?? 0) + 40,
      ).length;
    });
  expect(middle).toBe(0);
});

test('shows a run of one point', async ({ page, open }) => {
  await open({
    view: 'charts',
    state: state(),
    host: hostOf(1, (index) => sampleSeries(index, 'loss', 1)),
  });
  await expect
    .poll(async () => (await findColor(chart(page, 'loss'), first)).count)
    .toBeGreaterThan(20);
});

test('says of epochs which lines have none', async ({ page, open }) => {
  const host = createFakeHost<ChartsHost>({
    readCharts: async () => sampleCharts(2, ['loss', 'epoch'], 60),
    readLines: answerLines((index, key) => {
      if (key === 'loss') return sampleSeries(index, key, 60);
      return index === 0
        ? sampleSeries(0, key, 60, (at) => (at + 1) / 10)
        : sampleSeries(1, key, 0);
    }),
  }).host;
  await open({ view: 'charts', state: state({ xAxis: 'epoch' }), host });
  await untilDrawn(page, 'loss');
  await expect(card(page, 'loss')).toContainText('1 line has no logged epoch: not shown');
  await chart(page, 'loss').focus();
  await page.keyboard.press('End');
  await expect(readout(page).locator('.readout-x')).toHaveText('epoch 6');
  expect((await findColor(chart(page, 'loss'), second)).count).toBe(0);
});
