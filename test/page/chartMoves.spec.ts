import { expect, type Page } from '@playwright/test';
import type { LinesRequest } from '../../src/core/chart/linesRequest';
import type { LineView } from '../../src/core/chart/lineView';
import { packLines } from '../../src/core/series/packedLines';
import { type SeriesPart, thinToPart } from '../../src/core/series/seriesBatch';
import type { ChartsHost, ChartsPage } from '../../src/protocol/chartsPage';
import { createFakeHost, test } from './support/pageTest';
import { answerLines, chartsState, sampleCharts, sampleSeries } from './support/sampleCharts';

const chart = (page: Page) =>
  page.getByRole('region', { name: 'Chart of loss' }).getByRole('application');
const place = (page: Page) => page.locator('.readout-x');
const resetZoom = (page: Page) => page.getByRole('button', { name: 'Reset Zoom' });

const stateOf = (lines: Partial<LineView> = {}) => ({
  ...chartsState,
  lines: { ...chartsState.lines, ...lines },
});

/** A host of one run, which has ended: its axis ends with it. */
const hostOf = (seriesOf: () => SeriesPart) =>
  createFakeHost<ChartsHost>({
    readCharts: async () => {
      const data = sampleCharts(1, ['loss'], seriesOf().pointCount);
      return { ...data, runs: data.runs.map((run) => ({ ...run, status: 'finished' })) };
    },
    readLines: answerLines(seriesOf),
  }).host;

/** The first or the last point in view, as the arrow keys find it. */
async function edge(page: Page, key: 'ArrowRight' | 'ArrowLeft'): Promise<number> {
  await page.mouse.move(0, 0);
  await chart(page).focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press(key);
  return Number((await place(page).textContent())?.replace('step ', ''));
}

const edges = async (page: Page) =>
  [await edge(page, 'ArrowRight'), await edge(page, 'ArrowLeft')] as const;

type Open = (options: { view: 'charts'; state: object; host: ChartsHost }) => Promise<unknown>;

/** Opens the chart of a thousand points; resolves to where it lies. */
async function openThousand(page: Page, open: Open, lines: Partial<LineView> = {}) {
  const host = hostOf(() => sampleSeries(0, 'loss', 1000));
  await open({ view: 'charts', state: stateOf(lines), host });
  return boxOf(page);
}

async function boxOf(page: Page) {
  await expect(chart(page).getByRole('img')).toHaveAccessibleName(/1 line/);
  const box = await chart(page).boundingBox();
  if (box === null) throw new Error('no chart');
  return box;
}

test('zooms by the wheel with Ctrl, around what is pointed at, and back by a double click', async ({
  page,
  open,
}) => {
  const box = await openThousand(page, open);
  expect(await edges(page)).toEqual([1, 1000]);
  await page.mouse.move(box.x + box.width * 0.75, box.y + 60);
  await page.mouse.wheel(0, -200);
  expect(await edges(page)).toEqual([1, 1000]);
  await page.mouse.move(box.x + box.width * 0.75, box.y + 60);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -200);
  await page.keyboard.up('Control');
  await expect(resetZoom(page)).toBeVisible();
  const [from, to] = await edges(page);
  const length = to - from;
  // 1.002 to the power of the 200 that it turned.
  expect(length).toBeGreaterThan(650);
  expect(length).toBeLessThan(690);
  // Three times as much went on the left as on the right.
  expect((from - 1) / (1000 - to)).toBeGreaterThan(2.3);
  expect((from - 1) / (1000 - to)).toBeLessThan(3.7);
  await page.mouse.dblclick(box.x + box.width * 0.5, box.y + 60);
  await expect(resetZoom(page)).toBeHidden();
  expect(await edges(page)).toEqual([1, 1000]);
});

test('moves along by Shift and dragging, and by Shift and the arrow keys', async ({
  page,
  open,
}) => {
  const box = await openThousand(page, open);
  await chart(page).focus();
  await page.keyboard.press('+');
  await expect(resetZoom(page)).toBeVisible();
  const [from, to] = await edges(page);
  const length = to - from;
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => edge(page, 'ArrowRight')).toBeGreaterThan(from + 0.08 * length);
  const [later, latest] = await edges(page);
  expect(later - from).toBeLessThan(0.12 * length);
  expect(latest - later).toBeGreaterThan(0.98 * length);
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60);
  await page.keyboard.down('Shift');
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60);
  await page.mouse.move(box.x + box.width * 0.7, box.y + 60);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  // What was in the middle went to the right.
  await expect.poll(() => edge(page, 'ArrowRight')).toBeLessThan(later - 0.15 * length);
  const [moved, end] = await edges(page);
  expect(end - moved).toBeGreaterThan(0.98 * length);
});

test('has a log axis of steps, on which decades are as long as each other', async ({
  page,
  open,
}) => {
  const box = await openThousand(page, open, { isLogX: true });
  await page.mouse.move(box.x + box.width / 2, box.y + 60);
  await expect(place(page)).toBeVisible();
  // The middle of 1 to 1000 is the root of it; the axis of values takes some of the left.
  const middle = Number((await place(page).textContent())?.replace('step ', ''));
  expect(middle).toBeGreaterThan(20);
  expect(middle).toBeLessThan(45);
  await page.getByRole('checkbox', { name: 'Log x' }).click();
  await page.mouse.move(box.x + box.width / 2 + 1, box.y + 60);
  await expect
    .poll(async () => Number((await place(page).textContent())?.replace('step ', '')))
    .toBeGreaterThan(400);
});

test('has an axis of the time of day, and marks it by the clock', async ({ page, open }) => {
  const series = sampleSeries(0, 'loss', 60);
  await open({ view: 'charts', state: stateOf({ xAxis: 'wallTime' }), host: hostOf(() => series) });
  await boxOf(page);
  await chart(page).focus();
  await page.keyboard.press('Home');
  const said = (at: number) =>
    page.evaluate((ms) => new Date(ms).toLocaleString(), series.timesMs[at] ?? 0);
  await expect(place(page)).toHaveText(await said(0));
  await page.keyboard.press('End');
  await expect(place(page)).toHaveText(await said(59));
  await page.getByRole('button', { name: 'Show loss as table' }).click();
  const table = page.getByRole('region', { name: 'Points of loss' });
  await expect(table.getByRole('columnheader').first()).toHaveText('Time of Day');
  await expect(table.getByRole('rowheader').first()).toHaveText(await said(0));
});

test('reads of a part that is zoomed into only what is new, while points come', async ({
  page,
  open,
}) => {
  let count = 20_000;
  const requests: LinesRequest[] = [];
  const { host } = createFakeHost<ChartsHost>({
    readCharts: async () => sampleCharts(1, ['loss'], count),
    readLines: async (request) => {
      requests.push(request);
      const { within, buckets } = request;
      const whole = sampleSeries(0, 'loss', count, (index) => Math.sin(index / 50));
      const [from, to] = [within?.from[0], within?.to[0]];
      const range =
        from === undefined || to === undefined
          ? {}
          : within?.by === 'step'
            ? { fromStep: from, toStep: to }
            : { fromMs: from, toMs: to };
      return packLines([thinToPart(whole, { buckets, ...range })]);
    },
  });
  const told = await open<ChartsHost, ChartsPage>({ view: 'charts', state: stateOf(), host });
  await boxOf(page);
  await chart(page).focus();
  await page.keyboard.press('End');
  for (let zooms = 1; zooms <= 6; zooms++) {
    await page.keyboard.press('+');
    await expect.poll(() => requests.length).toBe(1 + zooms);
    expect(requests.at(-1)?.within?.by).toBe('step');
  }
  const grow = async () => {
    const before = requests.length;
    count += 5;
    told.chartsChanged();
    await expect.poll(() => requests.length).toBeGreaterThan(before);
    // Longer than a zoom rests before it reads.
    await page.waitForTimeout(400);
  };
  await grow();
  await grow();
  // The new points once each, by time; the part that was read is not read again.
  expect(requests.slice(7).map(({ within }) => within?.by)).toEqual(['timeMs', 'timeMs']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await expect(place(page)).toHaveText('step 20010');
  // Each of its points is there.
  await page.keyboard.press('ArrowLeft');
  await expect(place(page)).toHaveText('step 20009');
  for (let times = 0; times < 20; times++) await page.keyboard.press('ArrowLeft');
  await expect(place(page)).toHaveText('step 19989');
});
