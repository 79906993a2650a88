import { expect, type Locator, type Page } from '@playwright/test';
import type { FirstView } from '../../src/core/chart/firstLines';
import type { ViewId } from '../../src/core/view/savedView';
import type { ChartsData, ChartsHost, ChartsPage } from '../../src/protocol/chartsPage';
import { lineColors } from '../../webviews/shared/chart/runStyles';
import { hostileTexts } from './support/hostileTexts';
import { createFakeHost, test } from './support/pageTest';
import {
  answerLines,
  chartsHost,
  sampleCharts,
  sampleSeries,
  chartsState as state,
} from './support/sampleCharts';
import { toRunId } from './support/sampleRuns';
import { themes } from './support/themes';

const keys = ['val_acc', 'loss'];

const card = (page: Page, key: string) => page.getByRole('region', { name: `Chart of ${key}` });
const canvas = (page: Page, key: string) => card(page, key).getByRole('img');
const keptState = (page: Page) =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}'));

/** How many pixels of a chart have about this colour, and the bounds of them, 0..1 of the canvas. */
function findColor(chart: Locator, color: string) {
  return chart.evaluate((element, hex) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas');
    const { width, height } = element;
    const { data } = element.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
    const wanted = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    const found = { count: 0, right: 0 };
    for (let at = 0; at < data.length; at += 4) {
      const near = wanted.every(
        (value, channel) => Math.abs(value - (data[at + channel] ?? 0)) < 12,
      );
      if (!near || (data[at + 3] ?? 0) < 200) continue;
      found.count++;
      found.right = Math.max(found.right, ((at / 4) % width) / width);
    }
    return found;
  }, color);
}

const [blue = '', orange = ''] = lineColors(true);

/** A host that charts what the test says of the runs that it says. */
function fakeHost(
  read: () => ChartsData,
  seriesOf: Parameters<typeof answerLines>[0] = (index, key) => sampleSeries(index, key, 60),
) {
  return createFakeHost<ChartsHost>({
    readCharts: async () => read(),
    readLines: answerLines(seriesOf),
  });
}

test('draws a chart for each metric, the main one first, and a line for each run', async ({
  page,
  open,
}) => {
  await open({ view: 'charts', state, host: fakeHost(() => sampleCharts(2, keys, 60)).host });
  await expect(page.getByRole('heading', { level: 3 })).toHaveText(keys);
  for (const key of keys) {
    await expect
      .poll(async () => (await findColor(canvas(page, key), blue)).count)
      .toBeGreaterThan(100);
    expect((await findColor(canvas(page, key), orange)).count).toBeGreaterThan(50);
  }
  await expect(canvas(page, 'loss')).toHaveAccessibleName(
    /^Line chart of loss, 2 lines\. Last values: /,
  );
});

test('asks for the lines of its first cards once, and before anything else', async ({
  page,
  open,
}) => {
  const asked: string[] = [];
  const { host } = fakeHost(() => sampleCharts(3, keys, 60));
  await open({
    view: 'charts',
    state,
    host: {
      ...host,
      readFirstLines: async (view: FirstView) => {
        asked.push('readFirstLines');
        const wanted = keys.map((key) => ({ key, runIds: [0, 1, 2].map(toRunId) }));
        const request = { wanted, buckets: 800 };
        expect(view.widthPx).toBeGreaterThan(0);
        return {
          request,
          lines: await answerLines((at, key) => sampleSeries(at, key, 60))(request),
        };
      },
      readCharts: async () => {
        asked.push('readCharts');
        return sampleCharts(3, keys, 60);
      },
      readLines: async () => {
        throw new Error('What was asked for first answers it.');
      },
    },
  });
  await expect(canvas(page, 'val_acc')).toHaveAccessibleName(/3 lines/);
  await expect(canvas(page, 'loss')).toHaveAccessibleName(/3 lines/);
  expect(asked).toEqual(['readFirstLines', 'readCharts']);
});

test('draws points as they come, in the same canvas', async ({ page, open }) => {
  let count = 3;
  // A second run gives the axis its length, so that the line of the first is seen to grow.
  const { host } = fakeHost(
    () => {
      const data = sampleCharts(2, ['loss'], 60);
      return {
        ...data,
        runs: data.runs.map((run, index) => (index > 0 ? run : { ...run, pointCount: count })),
      };
    },
    (index, key) => sampleSeries(index, key, index === 0 ? count : 60),
  );
  const told = await open<ChartsHost, ChartsPage>({
    view: 'charts',
    state,
    host,
  });
  await expect
    .poll(async () => (await findColor(canvas(page, 'loss'), blue)).count)
    .toBeGreaterThan(5);
  expect((await findColor(canvas(page, 'loss'), blue)).right).toBeLessThan(0.3);
  await canvas(page, 'loss').evaluate((element) => element.setAttribute('data-mark', 'first'));
  count = 40;
  told.chartsChanged();
  await expect
    .poll(async () => (await findColor(canvas(page, 'loss'), blue)).right)
    .toBeGreaterThan(0.6);
  await expect(canvas(page, 'loss')).toHaveAttribute('data-mark', 'first');
});

test('reads out the values under the pointer', async ({ page, open }) => {
  await open({ view: 'charts', state, host: fakeHost(() => sampleCharts(2, keys, 60)).host });
  await expect
    .poll(async () => (await findColor(canvas(page, 'loss'), blue)).count)
    .toBeGreaterThan(100);
  const box = await canvas(page, 'loss').boundingBox();
  await canvas(page, 'loss').hover({ position: { x: (box?.width ?? 0) / 2, y: 40 } });
  const readout = card(page, 'loss').locator('.readout');
  await expect(readout.locator('.readout-x')).toHaveText(/^step \d+$/);
  const step = Number((await readout.locator('.readout-x').textContent())?.slice('step '.length));
  const value = sampleSeries(0, 'loss', 60).values[step - 1] ?? 0;
  await expect(readout).toContainText(String(Number(value.toPrecision(4))));
  await page.mouse.move(0, 0);
  await expect(readout).toBeHidden();
});

test('shows the same points as a table', async ({ page, open }) => {
  await open({ view: 'charts', state, host: fakeHost(() => sampleCharts(2, keys, 60)).host });
  await card(page, 'loss').getByRole('button', { name: 'Show loss as table' }).click();
  const table = card(page, 'loss').getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(61);
  const first = sampleSeries(1, 'loss', 60).values[0] ?? 0;
  await expect(table.getByRole('row').nth(1).getByRole('cell').nth(1)).toHaveText(
    String(Number(first.toPrecision(4))),
  );
  await card(page, 'loss').getByRole('button', { name: 'Show loss as chart' }).click();
  await expect
    .poll(async () => (await findColor(canvas(page, 'loss'), blue)).count)
    .toBeGreaterThan(100);
});

test('changes the axes and keeps them over a reload', async ({ page, open }) => {
  await open({ view: 'charts', state, host: fakeHost(() => sampleCharts(2, keys, 60)).host });
  await page.getByRole('combobox', { name: 'X axis' }).selectOption('relativeTime');
  await page.getByRole('checkbox', { name: 'Log y' }).click();
  const kept = {
    lines: { ...state.lines, xAxis: 'relativeTime', isLogY: true },
    runIds: [toRunId(0), toRunId(1)],
  };
  await expect.poll(() => keptState(page)).toMatchObject(kept);
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'X axis' })).toHaveValue('relativeTime');
  await expect(page.getByRole('checkbox', { name: 'Log y' })).toBeChecked();
  await expect
    .poll(async () => (await findColor(canvas(page, 'loss'), blue)).count)
    .toBeGreaterThan(100);
  await canvas(page, 'loss').hover();
  await expect(card(page, 'loss').locator('.readout-x')).toHaveText(/ s$/);
});

test('names no runs to restore while it follows the newest', async ({ page, open }) => {
  const { host } = fakeHost(() => ({
    ...sampleCharts(1, keys, 9),
    followsNewest: true,
    chosenIds: [],
  }));
  await open({ view: 'charts', state, host });
  await expect(page.getByRole('status')).toHaveText('Following the newest run · 1 run is live');
  expect((await keptState(page)).runIds).toEqual([]);
});

test('hides a run and brings it back from the legend', async ({ page, open }) => {
  const { host, calls } = fakeHost(() => sampleCharts(2, keys, 60));
  await open({ view: 'charts', state, host });
  const legend = page.getByRole('list', { name: 'Runs on the charts' });
  const second = legend.getByRole('button', { name: 'train.py · lr=0.01 seed=1, Finished' });
  await expect(second).toHaveAttribute('aria-pressed', 'true');
  await second.click();
  await expect.poll(async () => (await findColor(canvas(page, 'loss'), orange)).count).toBe(0);
  expect((await findColor(canvas(page, 'loss'), blue)).count).toBeGreaterThan(100);
  await second.click();
  await expect
    .poll(async () => (await findColor(canvas(page, 'loss'), orange)).count)
    .toBeGreaterThan(50);
  await legend.getByRole('button', { name: /^Actions on .*seed=1$/ }).click();
  await page.getByRole('menuitem', { name: 'Open Log' }).click();
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Choose Runs…' }).click();
  await expect.poll(() => calls).toEqual([['openLog', toRunId(1)], ['askRuns']]);
});

test('is drawn in the colours of the theme, also when it changes', async ({ page, open }) => {
  await open({ view: 'charts', state, host: fakeHost(() => sampleCharts(1, keys, 60)).host });
  await expect
    .poll(async () => (await findColor(canvas(page, 'loss'), blue)).count)
    .toBeGreaterThan(100);
  const [light = ''] = lineColors(false);
  await page.evaluate(
    ([variables, bodyClass]) => {
      for (const [name, value] of Object.entries(variables)) {
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
      }
      document.body.className = `vscode-body ${bodyClass}`;
    },
    [themes.light.variables, themes.light.bodyClass] as const,
  );
  await expect
    .poll(async () => (await findColor(canvas(page, 'loss'), light)).count)
    .toBeGreaterThan(100);
});

test('leaves a gap for NaN and says how many points are not drawn', async ({ page, open }) => {
  const valueAt = (index: number) => (index >= 20 && index < 40 ? Number.NaN : 1 + index);
  const { host } = fakeHost(
    () => sampleCharts(1, ['loss'], 60),
    (index, key) => sampleSeries(index, key, 60, valueAt),
  );
  await open({ view: 'charts', state, host });
  await expect(card(page, 'loss')).toContainText('20 points are NaN (×)');
  const middle = await canvas(page, 'loss').evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas');
    const { width, height } = element;
    const strip = element
      .getContext('2d')
      ?.getImageData(
        Math.round(width * 0.5),
        0,
        Math.round(width * 0.05),
        Math.round(height * 0.8),
      );
    // Blue beats red only in the line: grid and text are grey.
    return strip?.data.filter(
      (_, at, all) => at % 4 === 2 && (all[at] ?? 0) > (all[at - 2] ?? 0) + 40,
    ).length;
  });
  expect(middle).toBe(0);
});

test('says of runs that were deleted that they are gone, and offers others', async ({
  page,
  open,
}) => {
  const { host, calls } = fakeHost(() => ({
    ...sampleCharts(0, [], 0),
    followsNewest: false,
    chosenIds: [toRunId(3)],
  }));
  await open({ view: 'charts', state, host });
  await expect(page.getByRole('heading')).toHaveText('These runs are not there any more');
  // The delete can be undone, also once the page was opened anew.
  await expect.poll(async () => (await keptState(page)).runIds).toEqual([toRunId(3)]);
  await page.getByRole('button', { name: 'Follow the Newest Run' }).click();
  await expect.poll(() => calls).toContainEqual(['showRuns', { runIds: [], search: '' }]);
});

test('teaches what to do without runs, and waits for the first metric', async ({ page, open }) => {
  let data: ChartsData = { ...sampleCharts(0, [], 0), followsNewest: true };
  const told = await open<ChartsHost, ChartsPage>({
    view: 'charts',
    state,
    host: fakeHost(() => data).host,
  });
  await expect(page.getByText('No runs to chart')).toBeVisible();
  data = { ...sampleCharts(1, [], 0), followsNewest: true };
  told.chartsChanged();
  await expect(page.getByText('No metric yet.')).toBeVisible();
  data = { ...sampleCharts(1, ['loss'], 1), followsNewest: true };
  told.chartsChanged();
  await expect
    .poll(async () => (await findColor(canvas(page, 'loss'), blue)).count)
    .toBeGreaterThan(5);
});

test('takes a hundred runs on one chart', async ({ page, open }) => {
  const host = createFakeHost<ChartsHost>({
    ...chartsHost(100, ['loss'], 200),
    readLines: async (request) => {
      expect(request.buckets).toBeGreaterThanOrEqual(50);
      return chartsHost(100, ['loss'], 200).readLines(request);
    },
  });
  await open({ view: 'charts', state, host: host.host });
  await expect
    .poll(async () => (await findColor(canvas(page, 'loss'), orange)).count)
    .toBeGreaterThan(500);
  await canvas(page, 'loss').hover();
  await expect(card(page, 'loss').locator('.readout-line')).toHaveCount(10);
  await expect(card(page, 'loss').locator('.readout')).toContainText('and 90 more');
});

test('shows hostile names and keys as text', async ({ page, open }) => {
  const data = sampleCharts(hostileTexts.length, hostileTexts, 5);
  const { host } = fakeHost(() => ({
    ...data,
    runs: data.runs.map((run, index) => ({ ...run, name: hostileTexts[index] ?? '' })),
  }));
  await open({ view: 'charts', state, host });
  await expect(page.locator('.legend-name')).toHaveText([...hostileTexts]);
  await card(page, '__proto__').scrollIntoViewIfNeeded();
  await expect
    .poll(async () => (await findColor(canvas(page, '__proto__'), blue)).count)
    .toBeGreaterThan(5);
  await canvas(page, '__proto__').hover();
  await expect(card(page, '__proto__').locator('.readout')).toContainText('onload=alert(3)');
  expect(await page.locator('#root :is(script, iframe, img, a)').count()).toBe(0);
});

test('follows the runs of a search, and says where none matches', async ({ page, open }) => {
  let data: ChartsData = sampleCharts(2, ['loss'], 60);
  const { host, calls } = createFakeHost<ChartsHost>({
    readCharts: async () => data,
    readLines: answerLines((index, key) => sampleSeries(index, key, 60)),
    readVocabulary: async () => ({ metrics: [], params: [], tags: [], attributes: {} }),
  });
  const told = await open<ChartsHost, ChartsPage>({ view: 'charts', state, host });
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  await page.getByText('Follow a Search').click();
  const box = page.getByRole('combobox', { name: 'Follow the runs that match' });
  await box.fill('params.lr < 0.01');
  await expect
    .poll(() => calls)
    .toContainEqual(['showRuns', { runIds: [], search: 'params.lr < 0.01' }]);
  // What is written until the answer is there stays, and so does the cursor.
  await box.press('5');
  data = { ...sampleCharts(0, [], 0), search: 'params.lr < 0.01' };
  told.chartsChanged();
  await expect(page.getByRole('heading', { name: 'No run matches' })).toBeVisible();
  await expect(box).toBeFocused();
  await expect(box).toHaveValue('params.lr < 0.015');
  expect((await keptState(page)).search).toBe('params.lr < 0.01');
  data = { ...sampleCharts(2, ['loss'], 60), search: 'params.lr < 0.01', leftOut: 7 };
  told.chartsChanged();
  await expect(page.locator('.charts-head').getByRole('status')).toContainText(
    'Following params.lr < 0.01 · the newest 2 of 9 runs',
  );
});

test('shows a saved view: its runs, axes, layout and hidden runs', async ({ page, open }) => {
  const saved = {
    runIds: [toRunId(1)],
    search: '',
    lines: { ...state.lines, isLogY: true },
    layout: { ...state.layout, hidden: ['line:loss'] },
    filter: '',
    hiddenRuns: [],
    pinnedRuns: [],
  };
  // SAFETY: an id of the test's own.
  const id = 'view-1' as ViewId;
  const { host, calls } = createFakeHost<ChartsHost>({
    ...chartsHost(2, keys, 60),
    readViews: async () => [{ id, name: 'Accuracy' }],
    readView: async () => ({ id, name: 'Accuracy', state: JSON.stringify(saved) }),
  });
  await open({ view: 'charts', state, host });
  await page.getByRole('button', { name: /^Views/ }).click();
  await page.getByRole('button', { name: 'Accuracy', exact: true }).click();
  await expect(page.getByRole('heading', { level: 3 })).toHaveText(['val_acc']);
  await expect(page.getByRole('checkbox', { name: 'Log y' })).toBeChecked();
  expect(calls).toContainEqual(['showRuns', { runIds: [toRunId(1)], search: '' }]);
});
