import { expect, type Page } from '@playwright/test';
import type { ChartsHost } from '../../src/protocol/chartsPage';
import { lineColors } from '../../webviews/shared/chart/runStyles';
import { hostileTexts } from './support/hostileTexts';
import { createFakeHost, test } from './support/pageTest';
import { answerLines, chartsState, sampleCharts, sampleSeries } from './support/sampleCharts';
import { themes } from './support/themes';

interface Saved {
  readonly name: string;
  readonly content: Uint8Array;
}

const [first = '', second = ''] = lineColors(true);

/** Opens two runs and chooses an item of the menu of the only chart. */
async function choose(
  page: Page,
  open: (options: { view: 'charts'; state: object; host: object }) => Promise<unknown>,
  item: string,
  names: readonly string[] = ['first run', 'second run'],
): Promise<Saved> {
  const saved: Saved[] = [];
  const { host } = createFakeHost<ChartsHost>({
    readCharts: async () => {
      const data = sampleCharts(names.length, ['loss'], 60);
      return { ...data, runs: data.runs.map((run, at) => ({ ...run, name: names[at] ?? '' })) };
    },
    readLines: answerLines((index) =>
      sampleSeries(index, 'loss', 60, (at) => (at === 7 ? Number.NaN : 0.1 + 0.2 * at + index)),
    ),
    saveFile: async (name, content) => {
      saved.push({ name, content });
    },
  });
  await open({ view: 'charts', state: chartsState, host });
  const chart = page.getByRole('region', { name: 'Chart of loss' });
  await expect(chart.getByRole('img')).toHaveAccessibleName(/2 lines|11 lines/);
  await chart.getByRole('button', { name: 'Actions on loss' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await expect.poll(() => saved.length).toBe(1);
  const [one] = saved;
  if (one === undefined) throw new Error('nothing was saved');
  return one;
}

test('saves a sharp PNG with title, legend and background', async ({ page, open }) => {
  const { name, content } = await choose(page, open, 'Save as PNG…');
  expect(name).toBe('loss.png');
  const found = await page.evaluate(
    async ([base64, one, other, background]) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const pen = canvas.getContext('2d');
      pen?.drawImage(image, 0, 0);
      const { data } = pen?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
      const count = (hex: string, fromY: number, toY: number) => {
        const wanted = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
        let sum = 0;
        // Every third pixel each way is one of the picture before it was made sharp.
        for (let y = fromY; y < toY; y += 3) {
          for (let x = 1; x < image.width; x += 3) {
            const at = 4 * (y * image.width + x);
            if (wanted.every((value, c) => Math.abs(value - (data[at + c] ?? 0)) < 8)) sum++;
          }
        }
        return sum;
      };
      const { height } = image;
      return {
        width: image.width,
        legendFirst: count(one, height - 90, height),
        legendSecond: count(other, height - 90, height),
        chartFirst: count(one, 160, height - 120),
        background: (9 * count(background, 0, height)) / (image.width * height),
      };
    },
    [
      Buffer.from(content).toString('base64'),
      first,
      second,
      themes.dark.variables['editorWidget-background'] ?? '',
    ] as const,
  );
  expect(found.width).toBe(2700);
  expect(found.legendFirst).toBeGreaterThan(20);
  expect(found.legendSecond).toBeGreaterThan(10);
  expect(found.chartFirst).toBeGreaterThan(300);
  expect(found.background).toBeGreaterThan(0.8);
});

test('saves an SVG of real vectors, which any name leaves well formed', async ({ page, open }) => {
  const { name, content } = await choose(page, open, 'Save as SVG…', hostileTexts);
  expect(name).toBe('loss.svg');
  const text = new TextDecoder().decode(content);
  const found = await page.evaluate(
    ([svg, one]) => {
      const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
      const lines = [...parsed.querySelectorAll(`path[stroke="${one}"]`)];
      return {
        error: parsed.querySelector('parsererror')?.textContent ?? '',
        unsafe: parsed.querySelectorAll('script, foreignObject, image, a, [onload], [onerror]')
          .length,
        title: parsed.querySelector('title')?.textContent,
        texts: [...parsed.querySelectorAll('text')].map((element) => element.textContent),
        // The NaN breaks the line: it is begun twice.
        begins: Math.max(
          ...lines.map((line) => (line.getAttribute('d') ?? '').split('M').length - 1),
        ),
        points: Math.max(
          ...lines.map((line) => (line.getAttribute('d') ?? '').split('L').length - 1),
        ),
      };
    },
    [text, first] as const,
  );
  expect(found.error).toBe('');
  expect(found.unsafe).toBe(0);
  expect(found.title).toBe('loss');
  expect(found.texts).toContain('constructor');
  expect(found.begins).toBe(2);
  expect(found.points).toBe(57);
});

test('saves all points as CSV, exactly', async ({ page, open }) => {
  const { name, content } = await choose(page, open, 'Save Points as CSV…', ['=1+1', 'a "b", c']);
  expect(name).toBe('loss.csv');
  const lines = new TextDecoder().decode(content).trimEnd().split('\n');
  expect(lines[0]).toBe('run_id,run,metric,step,time,value');
  expect(lines).toHaveLength(121);
  const { timesMs } = sampleSeries(0, 'loss', 60);
  const time = new Date(timesMs[2] ?? 0).toISOString();
  expect(lines[3]).toBe(`run-0,'=1+1,loss,3,${time},${0.1 + 0.2 * 2}`);
  expect(lines[8]).toMatch(/,8,.*,NaN$/);
  expect(lines[61]).toMatch(/^run-1,"a ""b"", c",loss,1,/);
});

test('copies the picture to the clipboard as PNG', async ({ page, open }) => {
  // The clipboard of the system, which pages of this address may not reach.
  await page.addInitScript(() => {
    const copied: { type: string; bytes: number[] }[] = [];
    class Item {
      constructor(readonly content: Readonly<Record<string, Promise<Blob>>>) {}
    }
    const write = async ([item]: Item[]) => {
      for (const [type, content] of Object.entries(item?.content ?? {})) {
        const bytes = new Uint8Array(await (await content).arrayBuffer());
        copied.push({ type, bytes: [...bytes] });
      }
    };
    Object.defineProperty(navigator, 'clipboard', { value: { write } });
    Object.assign(window, { ClipboardItem: Item, copied });
  });
  const { host } = createFakeHost<ChartsHost>({
    readCharts: async () => sampleCharts(2, ['loss'], 60),
    readLines: answerLines((index) => sampleSeries(index, 'loss', 60)),
  });
  await open({ view: 'charts', state: chartsState, host });
  const chart = page.getByRole('region', { name: 'Chart of loss' });
  await expect(chart.getByRole('img')).toHaveAccessibleName(/2 lines/);
  await chart.getByRole('button', { name: 'Actions on loss' }).click();
  await page.getByRole('menuitem', { name: 'Copy Image' }).click();
  const read = () =>
    page.evaluate(async () => {
      const [one] = Reflect.get(window, 'copied') as { type: string; bytes: number[] }[];
      if (one === undefined) return undefined;
      const image = await createImageBitmap(new Blob([Uint8Array.from(one.bytes)]));
      return { type: one.type, width: image.width };
    });
  await expect.poll(read).toEqual({ type: 'image/png', width: 2700 });
});
