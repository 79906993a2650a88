import { expect, type Page } from '@playwright/test';
import type { NotebookCell, NotebookOutput } from '../../src/core/notebook/notebook';
import { test } from './support/pageTest';
import { diffHost, diffState, longNotebooks, toCell, toNotebook } from './support/sampleDiff';

const view = 'notebookDiff';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A picture of that many bytes: what follows its end is not looked at. */
const picture = (bytes: number, seed: number): NotebookOutput => ({
  kind: 'display',
  data: { 'image/png': Buffer.concat([png, Buffer.alloc(bytes, seed % 256)]).toString('base64') },
});

/** A thousand cells of 50 MB in all: pictures, printed lines, and some lines of source each. */
function largeNotebook(edit: string): readonly NotebookCell[] {
  return Array.from({ length: 1000 }, (_, i): NotebookCell => {
    const source = Array.from(
      { length: 4 + (i % 17) },
      (_line, at) => `x_${i}_${at} = step(${at})`,
    );
    if (i % 20 === 7) source.push(`fit(x_${i}${edit})`);
    const lines = Array.from(
      { length: i % 40 },
      (_line, at) => `epoch ${at} loss ${1 / (at + i + 1)}`,
    );
    const printed: NotebookOutput = {
      kind: 'stream',
      name: 'stdout',
      data: {},
      text: lines.join('\n'),
    };
    return {
      ...toCell(`c${i}`, source.join('\n')),
      outputs: i % 2 === 0 ? [printed, picture(75_000, i)] : [printed],
    };
  });
}

/** Figures for who measures; the reporter lists them. */
const tell = (description: string) =>
  test.info().annotations.push({ type: 'figures', description });

const nodeCount = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length);
const scroller = (page: Page) => page.getByRole('main');

/** Cells that are seen and still empty. */
const blanks = (page: Page) =>
  page.locator('.blank').evaluateAll(
    (all) =>
      all.filter((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return bottom > 80 && top < window.innerHeight;
      }).length,
  );

test('opens a thousand cells of 50 MB at once, and scrolls to the end and back', async ({
  page,
  open,
}) => {
  test.setTimeout(90_000);
  const [old, fresh] = [toNotebook(largeNotebook('')), toNotebook(largeNotebook(', steps=5'))];
  const size = JSON.stringify(fresh).length;
  expect(size).toBeGreaterThan(50_000_000);
  // What is measured is the page; the worker's part is measured by itself.
  const { host } = diffHost(() => [old, fresh]);
  const answer = await host.readDiff();
  const ready = new Proxy(host, {
    get: (target, name) => (name === 'readDiff' ? () => answer : Reflect.get(target, name)),
  });
  expect(JSON.stringify(answer).length).toBeLessThan(1_000_000);

  const startedAtMs = Date.now();
  await open({ view, state: { ...diffState, hideUnchanged: false }, host: ready });
  await expect(page.getByRole('table', { name: 'Source' }).first()).toBeVisible();
  const openedMs = Date.now() - startedAtMs;

  let mostNodes = await nodeCount(page);
  let slowestMs = 0;
  const step = async (scroll: () => Promise<unknown>) => {
    await scroll();
    const at = Date.now();
    await expect.poll(() => blanks(page), { intervals: [20], timeout: 5_000 }).toBe(0);
    slowestMs = Math.max(slowestMs, Date.now() - at);
    mostNodes = Math.max(mostNodes, await nodeCount(page));
  };
  const jump = (part: number) => () =>
    scroller(page).evaluate((main, to) => main.scrollTo(0, to * main.scrollHeight), part);
  await page.mouse.move(500, 400);
  for (let i = 0; i < 15; i += 1) await step(() => page.mouse.wheel(0, 900));
  for (const part of [0.1, 0.3, 0.5, 0.7, 0.9, 1, 1, 1]) await step(jump(part));
  await expect(page.getByRole('region', { name: 'Same: cell 1000', exact: true })).toBeInViewport();
  for (let i = 0; i < 15; i += 1) await step(() => page.mouse.wheel(0, -900));
  for (const part of [0.8, 0.6, 0.4, 0.2, 0]) await step(jump(part));
  await expect(page.getByRole('region', { name: 'Same: cell 1', exact: true })).toBeInViewport();

  for (let i = 0; i < 12; i += 1) await page.keyboard.press('F7');
  await expect(page.locator('.cell.current')).toHaveAccessibleName('Changed: cell 228');
  await expect(page.locator('.cell.current')).toBeInViewport();
  const images = await page.locator('.pictures img').count();
  tell(JSON.stringify({ sizeMB: size / 1e6, openedMs, slowestMs, mostNodes, images }));
  expect(mostNodes).toBeLessThan(12_000);
  expect(openedMs).toBeLessThan(8_000);
});

test('never moves what is looked at when cells above turn out higher than was thought', async ({
  page,
  open,
}) => {
  // Lines that wrap: nothing is as high as its number of lines says.
  const notebooks = longNotebooks(400, (i) => `${'word '.repeat(100)}${i}\n`);
  await open({
    view,
    state: { ...diffState, hideUnchanged: false },
    host: diffHost(() => notebooks).host,
  });
  await expect(page.getByRole('table', { name: 'Source' }).first()).toBeVisible();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('F7');
  const current = page.locator('.cell.current');
  await expect(current).toHaveAccessibleName('Changed: cell 251');
  await expect(current).toContainText('steps=5');
  await expect.poll(() => blanks(page)).toBe(0);
  const place = async () => Math.round((await current.boundingBox())?.y ?? -1);
  const before = await place();
  // Below the titles that stay at the top, not under them.
  const titles = await page.locator('.sides').boundingBox();
  expect(before).toBeGreaterThanOrEqual(Math.floor((titles?.y ?? 0) + (titles?.height ?? 0)));
  for (let i = 0; i < 5; i += 1) {
    await page.waitForTimeout(100);
    expect(Math.abs((await place()) - before)).toBeLessThanOrEqual(1);
  }
  await page.mouse.move(500, 400);
  for (let i = 0; i < 10; i += 1) {
    const from = await scroller(page).evaluate((main) => main.scrollTop);
    const seen = page.locator('.cell:not(.current)').nth(2);
    const name = await seen.getAttribute('aria-label');
    const box = await seen.boundingBox();
    await page.mouse.wheel(0, -150);
    await expect.poll(() => blanks(page)).toBe(0);
    const same = page.getByRole('region', { name: name ?? '', exact: true });
    if ((await same.count()) === 0) continue;
    const moved = ((await same.boundingBox())?.y ?? 0) - (box?.y ?? 0);
    // It went down by what the wheel turned, whatever was measured above it.
    expect(from).toBeGreaterThan(0);
    expect(Math.abs(moved - 150)).toBeLessThanOrEqual(2);
  }
});

test('shows an enormous output and an enormous source in parts', async ({ page, open }) => {
  const text = Array.from({ length: 200_000 }, (_, index) => `line ${index}`).join('\n');
  const cells = [toCell('a', 'spam()', text), toCell('b', text)];
  const { host } = diffHost(() => [toNotebook([]), toNotebook(cells)]);
  await open({ view, state: diffState, host });
  const output = page.getByRole('table', { name: 'Text of output 1' });
  await expect(output.getByRole('row')).toHaveCount(301);
  await output.getByRole('button', { name: /^Show 2,700 more of \d\d,\d{3} lines$/ }).click();
  await expect(output).toContainText('line 2999');
  await expect(output.getByRole('row')).toHaveCount(3001);
});

test('shows a line of 400,000 characters around its change', async ({ page, open }) => {
  const long = (middle: string) => `data = "${'a'.repeat(200_000)}${middle}${'b'.repeat(200_000)}"`;
  const { host } = diffHost(() => [
    toNotebook([toCell('a', long('old'), long('x'))]),
    toNotebook([toCell('a', long('new'), long('y'))]),
  ]);
  await open({ view, state: diffState, host });
  const source = page.getByRole('table', { name: 'Source' });
  await expect(source.locator('.removed .part')).toHaveText('old');
  await expect(source.locator('.added .part')).toHaveText('new');
  await source
    .getByRole('button', { name: /more characters/ })
    .first()
    .click();
  expect(await nodeCount(page)).toBeLessThan(1_000);
});

test('hangs neither on a hundred thousand cells nor on a table of any size', async ({
  page,
  open,
}) => {
  test.setTimeout(60_000);
  const many = longNotebooks(100_000);
  const answers = diffHost(() => many);
  const answer = await answers.host.readDiff();
  const host = new Proxy(answers.host, {
    get: (target, name) => (name === 'readDiff' ? () => answer : Reflect.get(target, name)),
  });
  const startedAtMs = Date.now();
  await open({ view, state: { ...diffState, hideUnchanged: false }, host });
  await expect(page.getByRole('table', { name: 'Source' }).first()).toBeVisible();
  tell(JSON.stringify({ cells: 100_000, openedMs: Date.now() - startedAtMs }));
  await page.keyboard.press('p');
  await expect(page.locator('.cell.current')).toHaveAccessibleName('Added: cell 100001');
  await expect(page.locator('.cell.current')).toContainText('print("done")');
  expect(await nodeCount(page)).toBeLessThan(5_000);
  await page.getByRole('checkbox', { name: 'Hide unchanged' }).click();
  await expect(page.getByRole('button', { name: '49 unchanged cells' })).toBeAttached();
});

test('shows a huge dataframe, and one nested without end, in parts', async ({ page, open }) => {
  const table = (value: (row: number, column: number) => string) =>
    `<table class="dataframe"><thead><tr><th></th>${'<th>c</th>'.repeat(400)}</tr></thead><tbody>${Array.from(
      { length: 1_500 },
      (_, row) =>
        `<tr><th>${row}</th>${Array.from({ length: 400 }, (_cell, column) => `<td>${value(row, column)}</td>`).join('')}</tr>`,
    ).join('')}</tbody></table>`;
  const deep = `${'<table class="dataframe"><tr><td>'.repeat(50_000)}x`;
  const output = (html: string): NotebookOutput => ({
    kind: 'display',
    data: { 'text/html': html },
  });
  const cell = (...html: string[]) => ({ ...toCell('a', 'df'), outputs: html.map(output) });
  const { host } = diffHost(() => [
    toNotebook([
      cell(
        table(() => '0'),
        deep,
      ),
    ]),
    toNotebook([
      cell(
        table((row) => String(row % 2)),
        `${deep}y`,
      ),
    ]),
  ]);
  await open({ view, state: diffState, host });
  await expect(page.getByRole('region', { name: /Outputs changed/ })).toContainText('Output 2');
  expect(await nodeCount(page)).toBeLessThan(30_000);
});
