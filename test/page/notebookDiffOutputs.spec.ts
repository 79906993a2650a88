import { deflateSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import type { NotebookCell, NotebookOutput } from '../../src/core/notebook/notebook';
import { test } from './support/pageTest';
import { diffHost, diffState, recordedDiff, toCell, toNotebook } from './support/sampleDiff';

const view = 'notebookDiff';
const state = diffState;
const cell = (page: Page, name: RegExp | string) => page.getByRole('region', { name, exact: true });

function display(data: Readonly<Record<string, string>>): NotebookOutput {
  return { kind: 'display', data };
}

/** Two notebooks of one cell that differ in its outputs alone. */
function outputsHost(old: readonly NotebookOutput[], fresh: readonly NotebookOutput[]) {
  const of = (outputs: readonly NotebookOutput[]): NotebookCell => ({
    ...toCell('a', 'show()'),
    outputs,
  });
  return diffHost(() => [toNotebook([of(old)]), toNotebook([of(fresh)])]).host;
}

/** A picture of one colour with some other pixels, without filters, as plain as a PNG can be. */
function pngOf(
  width: number,
  height: number,
  dots: readonly (readonly [number, number])[] = [],
): string {
  const rows = Buffer.alloc((width * 3 + 1) * height, 200);
  for (let y = 0; y < height; y += 1) rows[y * (width * 3 + 1)] = 0;
  for (const [x, y] of dots)
    rows.fill(0, y * (width * 3 + 1) + 1 + x * 3, y * (width * 3 + 1) + 4 + x * 3);
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crc32(body));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, body, crc]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: dots.length % 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]).toString('base64');
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

test('shows recorded outputs side by side: text, pictures and errors', async ({ page, open }) => {
  await open({ view, state, host: recordedDiff().host });
  const plot = cell(page, /cell 6 → 5/);
  await plot.scrollIntoViewIfNeeded();
  await expect(plot.getByRole('img')).toHaveCount(2);
  for (const side of ['Old', 'New']) {
    const picture = plot.getByRole('img', { name: `${side} output 1` });
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(300);
  }
  await expect(plot.locator('.picture-result')).toHaveText(/^448 × 297 → \d+ × 297, not compared$/);
  const failed = cell(page, /cell 7 → 6/);
  await failed.scrollIntoViewIfNeeded();
  await expect(failed).toContainText('Output 1: Error · removed');
  await expect(failed.locator('.error-head')).toContainText('ValueError: X has 32 features');
  await expect(failed).not.toContainText('\u001b');
  await expect(failed).toContainText('(450,)');
});

test('compares pictures by their pixels, in four ways', async ({ page, open }) => {
  const png = (data: string) => display({ 'image/png': data });
  await open({
    view,
    state,
    host: outputsHost(
      [png(pngOf(60, 40))],
      [
        png(
          pngOf(60, 40, [
            [3, 3],
            [4, 4],
            [5, 5],
          ]),
        ),
      ],
    ),
  });
  await expect(page.locator('.picture-result')).toHaveText('0.13 % of pixels differ');
  const mode = (name: string) => page.getByRole('button', { name, exact: true });
  await expect(mode('Side by side')).toHaveAttribute('aria-pressed', 'true');

  await mode('Slider').click();
  const top = page.locator('.picture-new');
  await expect(top).toHaveCSS('clip-path', 'inset(0px 0px 0px 50%)');
  await page.getByRole('slider', { name: 'Old | New' }).press('Home');
  await expect(top).toHaveCSS('clip-path', 'inset(0px 0px 0px 0%)');

  await mode('Onion skin').click();
  await page.getByRole('slider', { name: 'Old to new' }).press('End');
  await expect(top).toHaveCSS('opacity', '1');
  await expect(top).toHaveCSS('clip-path', 'none');

  await mode('Difference').click();
  const mask = page.getByRole('img', { name: /Pixels that differ/ });
  const magenta = await mask.evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, 60, 40) ?? { data: [] };
    return Array.from({ length: 2400 }, (_, at) => at).filter((at) => data[at * 4 + 3] === 255);
  });
  expect(magenta).toEqual([3 * 60 + 3, 4 * 60 + 4, 5 * 60 + 5]);
  await page.reload();
  await expect(mode('Difference')).toHaveAttribute('aria-pressed', 'true');
});

test('says where a picture is the same, aligned, scaled, or damaged', async ({ page, open }) => {
  const png = (data: string) => display({ 'image/png': data });
  const plain = pngOf(60, 40);
  // The same pixels, compressed otherwise: so many dots give the level.
  const dot = [3, 3] as const;
  await open({
    view,
    state,
    host: outputsHost(
      [png(pngOf(60, 40, [dot])), png(plain), png(plain), png(plain), png(plain)],
      [
        png(
          pngOf(
            60,
            40,
            Array.from({ length: 8 }, () => dot),
          ),
        ),
        png(pngOf(62, 40)),
        png(pngOf(120, 80)),
        png(pngOf(90, 40)),
        png('AAAA'),
      ],
    ),
  });
  const results = page.locator('.picture-result');
  const wanted = [
    'Same picture',
    '60 × 40 → 62 × 40, aligned at the top left: 3.2 % of pixels differ',
    '60 × 40 → 120 × 80, scaled to the size of the new one: same picture',
    '60 × 40 → 90 × 40, not compared',
  ];
  for (const [at, text] of wanted.entries()) {
    await page.locator('.output').nth(at).scrollIntoViewIfNeeded();
    await expect(results.nth(at)).toHaveText(text);
  }
  await page.locator('.output').nth(4).scrollIntoViewIfNeeded();
  await expect(page.locator('.output').nth(4)).toContainText('damaged');
});

test('loads a picture when it is seen, not before', async ({ page, open }) => {
  const cells = Array.from({ length: 200 }, (_, i) => ({
    ...toCell(`c${i}`, `plot(${i})`),
    outputs: [display({ 'image/png': pngOf(20, 300, [[i % 20, i % 40]]) })],
  }));
  const { host } = diffHost(() => [toNotebook([]), toNotebook(cells)]);
  let asked = 0;
  const counting = new Proxy(host, {
    get: (target, name) => {
      if (name === 'readMedium') asked += 1;
      return Reflect.get(target, name);
    },
  });
  await open({ view, state, host: counting });
  await expect(page.getByRole('img').first()).toBeVisible();
  await page.waitForTimeout(300);
  expect(asked).toBeLessThan(12);
});

test('shows numbers as old → new with their difference', async ({ page, open }) => {
  const printed = (text: string): NotebookOutput => ({
    kind: 'stream',
    name: 'stdout',
    data: {},
    text,
  });
  await open({
    view,
    state,
    host: outputsHost([printed('loss 0.5\nacc 0.91\n')], [printed('loss 0.5\nacc 0.93\n')]),
  });
  await expect(page.getByRole('list', { name: 'Numbers that differ' })).toHaveText(
    'line 2 0.91 → 0.93 +0.02',
  );
});

const frame = (rows: readonly (readonly string[])[], columns: readonly string[]) =>
  `<div><style scoped>.dataframe {}</style><table border="1" class="dataframe"><thead><tr><th></th>${columns
    .map((name) => `<th>${name}</th>`)
    .join('')}</tr></thead><tbody>${rows
    .map(
      ([label, ...cells]) =>
        `<tr><th>${label}</th>${cells.map((text) => `<td>${text}</td>`).join('')}</tr>`,
    )
    .join('')}</tbody></table><p>${rows.length} rows × ${columns.length} columns</p></div>`;

test('compares dataframes cell by cell', async ({ page, open }) => {
  const rows = Array.from({ length: 30 }, (_, i) => [`r${i}`, String(i), String(i * 2)]);
  const changed = rows.map(([label = '', a = '', b = '']) => [
    label,
    label === 'r20' ? '21.5' : a,
    b,
  ]);
  const html = (text: string) => display({ 'text/html': text, 'text/plain': 'a frame' });
  await open({
    view,
    state,
    host: outputsHost(
      [html(frame(rows, ['a', 'b']))],
      [html(frame([...changed, ['r30', '1', '2']], ['a', 'b']))],
    ),
  });
  const table = page.getByRole('table', { name: 'Table of output 1' });
  await expect(table.getByRole('row')).toHaveText([
    'ChangeRowab',
    '⋯ 19 unchanged rows',
    'r191938',
    '~r2020 → 21.5 +1.540',
    'r212142',
    '⋯ 7 unchanged rows',
    'r292958',
    '+r3012',
  ]);
  await expect(page.locator('.table-note')).toHaveText('30 rows × 2 columns → 31 rows × 2 columns');
});

test('shows an error by name and value, and what became of them', async ({ page, open }) => {
  const error = (ename: string, evalue: string): NotebookOutput => ({
    kind: 'error',
    data: {},
    ename,
    evalue,
    traceback: `\u001b[31m${ename}\u001b[0m: ${evalue}`,
  });
  await open({
    view,
    state,
    host: outputsHost([error('ValueError', 'x is 3')], [error('ValueError', 'x is 4')]),
  });
  await expect(page.locator('.error-head')).toHaveText('ValueError: x is 3 → x is 4');
  await expect(page.getByRole('table', { name: 'Traceback of output 1' })).toBeVisible();
});

test('folds noise away, one click from being seen', async ({ page, open }) => {
  const printed = (text: string): NotebookOutput => ({
    kind: 'stream',
    name: 'stdout',
    data: {},
    text,
  });
  const at = (address: string) => [printed(`<Model at 0x7f5fd5d3e${address}>\n`)];
  const cells = (outputs: readonly NotebookOutput[], executionCount: number) =>
    toNotebook([{ ...toCell('a', 'model'), outputs, executionCount }, toCell('b', 'x')]);
  const pair = [cells(at('b50'), 3), cells(at('c60'), 4)] as const;
  await open({ view, state: { ...state, hideUnchanged: false }, host: diffHost(() => pair).host });
  await expect(page.getByRole('status')).toHaveText('No changes');
  const first = page.locator('.cell').first();
  await expect(first).toContainText('same but for addresses, ids, times or metadata');
  await expect(first.locator('.added')).toHaveCount(0);
  await first.getByRole('button', { name: 'Show what differs' }).click();
  await expect(first.locator('.line.added')).toContainText('0x7f5fd5d3ec60');
  await page.getByRole('checkbox', { name: 'Show noise' }).click();
  await expect(first.locator('.metadata')).toContainText('execution_count3 → 4');
});

test('shows media that only one side has, and an SVG as a picture', async ({ page, open }) => {
  const svg = (color: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="${color}"/></svg>`;
  await open({
    view,
    state,
    host: outputsHost(
      [display({ 'image/svg+xml': svg('red'), 'text/plain': 'figure' })],
      [display({ 'image/svg+xml': svg('blue'), 'text/latex': '$x$', 'text/plain': 'figure' })],
    ),
  });
  await expect(page.getByRole('img', { name: 'New output 1' })).toHaveJSProperty(
    'naturalWidth',
    40,
  );
  await expect(page.locator('.picture-result')).toHaveText('100.0 % of pixels differ');
  await page.getByText('image/svg+xml as text').click();
  await expect(page.locator('.line.added')).toContainText('fill="blue"');
  await page.getByText('text/latex as text, 3 B, added').click();
  await expect(page.getByText('$x$')).toBeVisible();
});
