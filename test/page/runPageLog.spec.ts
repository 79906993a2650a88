import { expect, type Page } from '@playwright/test';
import type { RunPageHost, RunPageState } from '../../src/protocol/runPage';
import { createFakeHost, test } from './support/pageTest';
import { coloredLog, runLogHost } from './support/sampleRunLog';
import { pageData, runPageHost, typicalRun } from './support/sampleRunPage';
import { toRunId } from './support/sampleRuns';

const state: RunPageState = { runId: toRunId(1), section: 'log', isKept: false };
const log = coloredLog(40);
const list = (page: Page) => page.getByRole('grid', { name: 'Lines of the log' });
const row = (page: Page, line: number) => page.locator(`#log-line-${line}`);
const find = (page: Page) => page.getByRole('textbox', { name: 'Find in the log' });

function fakeHost(more: Partial<RunPageHost> = {}, data = pageData(typicalRun())) {
  return createFakeHost<RunPageHost>({ ...runPageHost(data), ...runLogHost(() => log), ...more });
}

test('a log is shown as the terminal showed it', async ({ page, open }) => {
  await open({ view: 'runPage', state, host: fakeHost().host });
  await expect(list(page)).toHaveAttribute('aria-rowcount', '162');
  await expect(row(page, 0).getByText('Loading data')).toHaveCSS('font-weight', '700');
  await expect(row(page, 2).getByText('Epoch 1/40')).toHaveCSS('color', 'rgb(13, 188, 121)');
  // A bar as it stood last.
  await expect(row(page, 3).locator('.log-text')).toHaveText('100%|██████████| 10/10');
  await expect(row(page, 4).getByText('loss')).toHaveCSS('color', 'rgb(255, 135, 0)');
  await expect(row(page, 4).getByText('val_acc')).toHaveCSS('color', 'rgb(90, 160, 255)');
  await expect(row(page, 5).getByText('saved')).toHaveCSS('text-decoration-line', 'underline');
  await expect(row(page, 5).getByText('checkpoint-1.pt')).toHaveCSS(
    'background-color',
    'rgb(204, 204, 204)',
  );
});

test('a text is found, counted and walked through', async ({ page, open }) => {
  await open({ view: 'runPage', state, host: fakeHost().host });
  await page.keyboard.press('Control+f');
  await find(page).fill('CHECKPOINT-3');
  await expect(page.locator('#log-found')).toHaveText('1 of 11');
  await expect(row(page, 13)).toHaveClass(/focused/);
  await page.keyboard.press('Enter');
  await expect(page.locator('#log-found')).toHaveText('2 of 11');
  await expect(row(page, 121)).toBeInViewport();
  await expect(row(page, 121).locator('.log-found')).toHaveText('checkpoint-3');
  await page.keyboard.press('Shift+Enter');
  await expect(row(page, 13)).toBeInViewport();
  await page.keyboard.press('Shift+Enter');
  await expect(page.locator('#log-found')).toHaveText('11 of 11');
  await page.getByRole('button', { name: 'Match case' }).click();
  await expect(page.locator('#log-found')).toHaveText('Not found');
  await page.getByRole('button', { name: 'Regular expression' }).click();
  await find(page).fill('^Epoch \\d0/');
  await expect(page.locator('#log-found')).toHaveText(/of 4|4 lines/);
  await find(page).fill('(');
  await expect(page.locator('#log-found')).toContainText('no regular expression');
});

test('a line leads to the metric that it gave', async ({ page, open }) => {
  await open({ view: 'runPage', state, host: fakeHost().host });
  const sign = row(page, 4).getByRole('img');
  await expect(sign).toHaveAccessibleName(/loss 2.3.*val_acc 0.5/);
  await sign.click();
  await expect(page.getByRole('tab', { name: 'Metrics' })).toHaveAttribute('aria-selected', 'true');
});

test('a place in the log is gone to when the page opens', async ({ page, open }) => {
  const data = pageData(typicalRun(), { place: { section: 'log', logLine: 100 } });
  await open({
    view: 'runPage',
    state: { ...state, section: 'overview' },
    host: fakeHost({}, data).host,
  });
  await expect(row(page, 100)).toBeInViewport();
  await expect(row(page, 100)).toHaveClass(/focused/);
});

test('lines are chosen and copied by keyboard', async ({ page, open }) => {
  const { host, calls } = fakeHost();
  await open({ view: 'runPage', state, host });
  await list(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(row(page, 2)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+c');
  await expect.poll(() => calls.find(([name]) => name === 'copyLog')).toEqual(['copyLog', 1, 4]);
});

test('the end is followed until the user looks elsewhere', async ({ page, open }) => {
  let epochs = 30;
  const run = typicalRun({ status: 'running' });
  const { host } = fakeHost(
    runLogHost(() => coloredLog(epochs).replaceAll(/\/\d+/g, '/99')),
    pageData(run),
  );
  await open({ view: 'runPage', state, host });
  await expect(row(page, 121)).toBeInViewport();
  epochs = 60;
  await expect(row(page, 241)).toBeInViewport();
  await list(page).focus();
  await page.keyboard.press('Home');
  await expect(row(page, 0)).toBeInViewport();
  epochs = 80;
  await expect(list(page)).toHaveAttribute('aria-rowcount', '322');
  await expect(row(page, 0)).toBeInViewport();
  await page.getByRole('checkbox', { name: 'Follow' }).click();
  await expect(row(page, 321)).toBeInViewport();
});

test('long lines wrap, and the last one is reached', async ({ page, open }) => {
  const long = `${'word '.repeat(300)}end of it\n`.repeat(50);
  const host = { ...runLogHost(() => long) };
  await open({ view: 'runPage', state, host: fakeHost(host).host });
  await page.getByRole('checkbox', { name: 'Wrap' }).click();
  await expect(row(page, 0)).toBeInViewport();
  const width = (element: Element) => element.scrollWidth - element.clientWidth;
  await expect.poll(() => list(page).evaluate(width)).toBeLessThanOrEqual(0);
  await list(page).focus();
  await page.keyboard.press('End');
  await expect(row(page, 49)).toBeInViewport();
});

test('millions of lines are scrolled from end to end', async ({ page, open }) => {
  const count = 5_000_000;
  const { host } = fakeHost({
    readLogSize: async () => ({
      ...{ lineCount: count, doneBytes: 2e8, sizeBytes: 2e8, isWhole: true },
      leftOut: '3 MB of output were left out: the setting epochlog.store.maxLogMB says how much.',
    }),
    readLogLines: async (start, end) =>
      Array.from({ length: Math.min(end, count) - start }, (_, at) => ({
        ...{ line: start + at, text: `line ${start + at}`, leftOutChars: 0 },
        ...{ spans: [], found: [], points: [] },
      })),
  });
  await open({ view: 'runPage', state, host });
  await list(page).focus();
  await page.keyboard.press('End');
  await expect(row(page, count - 1)).toBeInViewport();
  await page.keyboard.press('PageUp');
  await expect(page.locator('.log-row.focused')).toBeInViewport();
  await list(page).evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2;
  });
  await expect
    .poll(async () => {
      const [first] = await page.getByRole('row').all();
      return Math.abs(Number(await first?.getAttribute('data-line')) - count / 2);
    })
    .toBeLessThan(2000);
  expect(await page.getByRole('row').count()).toBeLessThan(120);
  await expect(page.getByText('3 MB of output were left out')).toBeVisible();
  // So large a log is read for its metrics on demand.
  await expect(page.getByRole('button', { name: 'Find Metrics' })).toBeVisible();
});

test('a log that cannot be read says why, and leaves the others', async ({ page, open }) => {
  const { host } = fakeHost({ readLogSize: () => Promise.reject(new Error('no such disk')) });
  await open({ view: 'runPage', state, host });
  await expect(page.getByRole('alert').filter({ hasText: 'no such disk' })).toBeVisible();
  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(page.getByRole('region', { name: 'Summary' })).toBeVisible();
});

test('a run that printed nothing says so', async ({ page, open }) => {
  await open({ view: 'runPage', state, host: fakeHost(runLogHost(() => '')).host });
  await expect(page.getByText('This run printed nothing.')).toBeVisible();
});

test('nothing of a log is taken for more than text', async ({ page, open }) => {
  const hostile =
    '<img src=x onerror="alert(1)">\n\x1b]8;;javascript:alert(2)\x07link\x1b]8;;\x07\n';
  await open({ view: 'runPage', state, host: fakeHost(runLogHost(() => hostile)).host });
  await expect(row(page, 0)).toContainText('<img src=x');
  await expect(row(page, 1).locator('.log-text')).toHaveText('link');
  expect(await page.locator('.log img, .log a').count()).toBe(0);
});

test('a long search says how far it is, shows what it finds, is stopped and goes on', async ({
  page,
  open,
}) => {
  let release = () => {};
  const asked: number[] = [];
  const { host } = fakeHost({
    findInLog: async (_query, from) => {
      asked.push(from);
      if (from >= 79) await new Promise<void>((resolve) => (release = resolve));
      const nextLine = Math.min(162, from + 40);
      return { lines: Float64Array.of(from + 1), nextLine, isWhole: nextLine === 162 };
    },
  });
  await open({ view: 'runPage', state, host });
  await find(page).fill('x');
  await expect(page.locator('#log-found')).toHaveText('1 of 2+');
  await expect(page.getByText('49% searched')).toBeVisible();
  await expect(row(page, 1)).toHaveClass(/focused/);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Search On' })).toBeVisible();
  release();
  await page.keyboard.press('F3');
  await expect(row(page, 41)).toHaveClass(/focused/);
  expect(asked).toEqual([0, 40, 80]);
  await expect(page.locator('#log-found')).toHaveText('2 of 2+');
  await page.getByRole('button', { name: 'Search On' }).click();
  // The last line that was looked at may have grown.
  for (const from of [79, 119, 159]) {
    await expect.poll(() => asked.at(-1)).toBe(from);
    release();
  }
  await expect(page.locator('#log-found')).toHaveText('2 of 5');
  await expect(page.getByText(/% searched/)).toHaveCount(0);
});

test('a search that was stopped is begun anew where it is entered again', async ({
  page,
  open,
}) => {
  const texts: string[] = [];
  const { host } = fakeHost({
    findInLog: async ({ text }, from) => {
      texts.push(text);
      return { lines: new Float64Array(), nextLine: Math.min(from + 1, 100), isWhole: false };
    },
  });
  await open({ view: 'runPage', state, host });
  await find(page).fill('x');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await find(page).fill('xy');
  await expect.poll(() => texts.at(-1)).toBe('xy');
  await find(page).fill('x');
  await expect.poll(() => texts.at(-1)).toBe('x');
});

test('looking for the line of a value says how far it is, and is given up', async ({
  page,
  open,
}) => {
  let release = (_share: number) => {};
  const { host, calls } = fakeHost({
    readLogPoints: () => new Promise<number>((resolve) => (release = resolve)),
  });
  await open({ view: 'runPage', state: { ...state, section: 'metrics' }, host });
  const row = page.getByRole('row', { name: /^val_acc / });
  const value = row.getByTitle('Go to Its Line in the Log').first();
  await value.click();
  await expect(page.getByText('Looking for its line…')).toBeInViewport();
  release(0.25);
  await expect(page.getByText('25%')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Looking for its line…')).toHaveCount(0);
  release(1);
  // Nor is who goes elsewhere taken back.
  await value.click();
  await page.getByRole('tab', { name: 'Files' }).click();
  release(1);
  await page.getByRole('button', { name: 'model.pt', exact: true }).click();
  expect(calls.map(([name]) => name)).not.toContain('lineOfPoint');
  await expect(page.getByRole('tab', { name: 'Files' })).toHaveAttribute('aria-selected', 'true');
});
