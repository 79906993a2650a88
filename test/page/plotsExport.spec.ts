import { expect, type Page } from '@playwright/test';
import type { ChartSpec } from '../../src/core/chart/chartSpec';
import type { Run } from '../../src/core/run/run';
import type { ChartsHost } from '../../src/protocol/chartsPage';
import { createFakeHost, test } from './support/pageTest';
import { plotsHost, plotsState, sweepRuns } from './support/samplePlots';
import { themes } from './support/themes';

const best = 'best(metrics.val_acc)';
const title = '<b>& "mine"</b>';
const hostile = '=1+"1",<script>';
/** One run has a name and a param that a spreadsheet or an SVG could take for more than a text. */
const runs = sweepRuns(12).map(
  (run, at): Run =>
    at === 0
      ? {
          ...run,
          name: hostile,
          params: run.params.map((each) =>
            each.key === 'optimizer' ? { ...each, value: '@sum(A1)' } : each,
          ),
        }
      : run,
);

interface Expected {
  readonly spec: ChartSpec;
  /** Of the axes and marks, as far as they are not numbers. */
  readonly texts: readonly string[];
  readonly csvHead: string;
  /** A line of the CSV. */
  readonly csvLine: RegExp;
  readonly heightPx: number;
  readonly images?: number;
}

const guarded = /^[^,]+,"'=1\+""1"",<script>",/;
const kinds: readonly Expected[] = [
  {
    spec: { kind: 'scatter', x: 'params.lr', y: best, color: 'params.optimizer', title },
    texts: ['lr', 'val_acc (best)', 'optimizer: @sum(A1)'],
    csvHead: `run_id,run,params.lr,${best},params.optimizer`,
    csvLine: guarded,
    heightPx: 32 + 32 + 480 + 18 + 8,
  },
  {
    spec: { kind: 'bars', value: best, groupBy: 'params.optimizer', title },
    texts: ['val_acc (best)', 'lion', 'sgd', '@sum(A1)'],
    csvHead: `run_id,run,${best},params.optimizer`,
    csvLine: /,'@sum\(A1\)$/,
    heightPx: 32 + 32 + 20 + 3 * 22 + 4,
  },
  {
    spec: { kind: 'histogram', value: best, title },
    texts: ['val_acc (best)', 'runs'],
    csvHead: `run_id,run,${best}`,
    csvLine: guarded,
    heightPx: 32 + 32 + 480,
  },
  {
    spec: { kind: 'parallel', axes: [], value: best, title },
    texts: ['lr', 'optimizer', 'width', 'seed', 'val_acc (best)', '@sum(A1)'],
    csvHead: `run_id,run,params.lr,params.optimizer,params.width,params.seed,${best}`,
    csvLine: guarded,
    heightPx: 32 + 32 + 480 + 2 * 18 + 8,
  },
  {
    spec: { kind: 'importance', value: best, title },
    texts: ['Importance', 'Rank correlation', 'lr', 'optimizer', 'seed', 'width'],
    csvHead: 'param,importance,standard_error,correlation_kind,correlation,values,same_as',
    csvLine: /^lr,[\d.]+,/,
    heightPx: 32 + 32 + 24 + 4 * 24 + 4,
  },
  {
    spec: { kind: 'confusion', key: 'confusion matrix', title },
    texts: ['Predicted →', '← True', hostile],
    csvHead: 'run_id,series,step,true,predicted,value',
    csvLine: /,confusion matrix,1,1,2,6$/,
    heightPx: 32 + 32 + 480,
  },
  {
    spec: { kind: 'images', key: 'samples', title },
    texts: ['step 200', hostile],
    csvHead: 'run_id,series,step,where',
    csvLine: /,samples,200,/,
    heightPx: 32 + 32 + 480,
    images: 8,
  },
];

for (const { spec, texts, csvHead, csvLine, heightPx, images = 0 } of kinds) {
  test(`${spec.kind}: out as SVG, PNG and CSV`, async ({ page, open }) => {
    const saved = new Map<string, Uint8Array>();
    const { host } = createFakeHost<ChartsHost>({
      ...plotsHost(runs),
      saveFile: async (name, content) => {
        saved.set(name, content);
      },
    });
    await open({ view: 'charts', state: plotsState(spec), host });
    const choose = async (item: string, name: string) => {
      await page.getByRole('button', { name: `Actions on ${title}`, exact: true }).click();
      await page.getByRole('menuitem', { name: item }).click();
      // A sharp PNG takes a while on a busy machine.
      await expect.poll(() => saved.has(name), { timeout: 20_000 }).toBe(true);
      return saved.get(name) ?? new Uint8Array();
    };
    await expect(page.locator('.plot-canvas, .parallel, .media img').first()).toBeVisible();
    await expect(page.locator('.media img')).toHaveCount(images);
    const svg = await readSvg(page, await choose('Save as SVG…', 'b- -mine-b.svg'));
    expect(svg.problem).toBe('');
    expect(svg.unsafe).toEqual([]);
    expect(svg.title).toBe(title);
    expect(svg.texts).toEqual(expect.arrayContaining([title, ...texts]));
    expect(svg.outside).toBe(0);
    expect(svg.hrefs).toHaveLength(images);
    expect(svg.hrefs.every((href) => href.startsWith('data:image/png;base64,'))).toBe(true);
    expect(svg.size).toEqual(['900', String(heightPx)]);
    const png = await readPng(page, await choose('Save as PNG…', 'b- -mine-b.png'));
    expect(png.size).toEqual([2700, 3 * heightPx]);
    expect(png.drawn).toBeGreaterThan(0.002);
    const csv = new TextDecoder().decode(await choose('Save Points as CSV…', 'b- -mine-b.csv'));
    const lines = csv.trimEnd().split('\n');
    expect(lines[0]).toBe(csvHead);
    expect(lines.filter((line) => csvLine.test(line))).not.toEqual([]);
    expect(lines.filter((line) => /(^|,)"?[=@]/.test(line))).toEqual([]);
  });
}

test('bars: what a picture leaves out it says', async ({ page, open }) => {
  let saved: Uint8Array | undefined;
  const { host } = createFakeHost<ChartsHost>({
    ...plotsHost(sweepRuns(70)),
    saveFile: async (_name, content) => {
      saved = content;
    },
  });
  await open({ view: 'charts', state: plotsState({ kind: 'bars', value: best, title }), host });
  await page.locator('.plot-canvas').waitFor();
  await page.getByRole('button', { name: `Actions on ${title}`, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Save as SVG…' }).click();
  await expect.poll(() => saved).toBeDefined();
  const svg = await readSvg(page, saved ?? new Uint8Array());
  expect(svg.texts).toContain('The first 60 of 70 bars; the CSV has more.');
  expect(svg.outside).toBe(0);
});

function readSvg(page: Page, content: Uint8Array) {
  return page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    const all = [...parsed.querySelectorAll('*')];
    const [, height = 0] = ['width', 'height'].map((name) =>
      Number(parsed.documentElement.getAttribute(name)),
    );
    return {
      problem: parsed.querySelector('parsererror')?.textContent ?? '',
      unsafe: all
        .filter(
          (element) =>
            !['svg', 'title', 'defs', 'clipPath', 'path', 'text', 'image'].includes(
              element.localName,
            ) || element.getAttributeNames().some((name) => name.startsWith('on')),
        )
        .map(({ localName }) => localName),
      title: parsed.querySelector('title')?.textContent,
      texts: [...parsed.querySelectorAll('text')].map(({ textContent }) => textContent),
      /** Texts below the lower edge. */
      outside: [...parsed.querySelectorAll('text')].filter((element) => {
        const [, b = 0, , d = 1, , f = 0] = (element.getAttribute('transform') ?? '')
          .replace(/[^\d. e-]/g, '')
          .trim()
          .split(' ')
          .map(Number);
        const [x, y] = ['x', 'y'].map((name) => Number(element.getAttribute(name)));
        return b * (x ?? 0) + d * (y ?? 0) + f > height;
      }).length,
      hrefs: [...parsed.querySelectorAll('image')].map(
        (element) => element.getAttribute('xlink:href') ?? '',
      ),
      size: ['width', 'height'].map((name) => parsed.documentElement.getAttribute(name)),
    };
  }, new TextDecoder().decode(content));
}

/** Its size, and which part of it is not of the colour of the background. */
function readPng(page: Page, content: Uint8Array) {
  return page.evaluate(
    async ([base64, background]) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
      pen?.drawImage(image, 0, 0);
      const { data } = pen?.getImageData(0, 200, image.width, image.height - 200) ?? { data: [] };
      const ground = [1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16));
      let drawn = 0;
      for (let at = 0; at < data.length; at += 4) {
        if (ground.some((value, c) => Math.abs(value - (data[at + c] ?? 0)) > 8)) drawn++;
      }
      return { size: [image.width, image.height], drawn: (4 * drawn) / data.length };
    },
    [
      Buffer.from(content).toString('base64'),
      themes.dark.variables['editorWidget-background'] ?? '',
    ] as const,
  );
}
