import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { ChartSpec } from '../../src/core/chart/chartSpec';
import { describeImportance, paramsImportance } from '../../src/core/plot/paramsImportance';
import type { ChartsHost } from '../../src/protocol/chartsPage';
import { createFakeHost, test } from './support/pageTest';
import { plotsHost, plotsState, sweepRuns } from './support/samplePlots';
import { type ThemeName, themes } from './support/themes';

const chart = (page: Page) => page.getByRole('application');
const rowsOf = async (page: Page) => {
  await page.getByRole('button', { name: /as table$/ }).click();
  await page.locator('.table-scroll tbody tr').first().waitFor();
  return page
    .locator('.table-scroll tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map(({ textContent }) => textContent)),
    );
};

test('importance: the params in the order of the truth, with how it is computed', async ({
  page,
  open,
}) => {
  const { host } = createFakeHost<ChartsHost>(plotsHost(sweepRuns(120)));
  await open({
    view: 'charts',
    state: plotsState({ kind: 'importance', value: 'best(metrics.val_acc)' }),
    host,
  });
  await expect(chart(page)).toHaveAccessibleName(
    /Importance of params for val_acc \(best\), 4 params/,
  );
  await expect(page.locator('.note')).toContainText('Over 120 runs.');
  await expect(page.locator('.note')).toContainText('Neither says what causes what.');
  await chart(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.plot-tip-name')).toHaveText('lr');
  expect((await rowsOf(page)).slice(0, 2).map(([name]) => name)).toEqual(['lr', 'optimizer']);
});

test('importance: with too few runs it says that it says nothing', async ({ page, open }) => {
  const { host } = createFakeHost<ChartsHost>(plotsHost(sweepRuns(4)));
  await open({
    view: 'charts',
    state: plotsState({ kind: 'importance', value: 'best(metrics.val_acc)' }),
    host,
  });
  await expect(page.locator('.plot-empty')).toHaveText(
    describeImportance(paramsImportance([], Float64Array.of(1, 2, 3, 4)), 'val_acc (best)'),
  );
});

test('confusion matrices by step, runs side by side, read out cell by cell', async ({
  page,
  open,
}) => {
  const { host } = createFakeHost<ChartsHost>(plotsHost(sweepRuns(2)));
  const spec: ChartSpec = { kind: 'confusion', key: 'confusion matrix' };
  await open({ view: 'charts', state: plotsState(spec), host });
  await expect(chart(page)).toHaveCount(2);
  const slider = page.getByRole('slider', { name: 'Step' });
  await expect(slider).toHaveAttribute('aria-valuetext', 'step 3');
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', 'step 1');
  await page.reload();
  await expect(slider).toHaveAttribute('aria-valuetext', 'step 1');
  // What numpy printed after epoch 1: [[46 0 0 0] [0 39 6 0] [0 0 48 0] [0 0 6 35]].
  await chart(page).first().focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowRight'])
    await page.keyboard.press(key);
  await expect(page.locator('.plot-tip')).toHaveText('True 1, predicted 26');
  const rows = await rowsOf(page);
  expect(rows.length).toBeGreaterThan(0);
});

test('a confusion matrix as shares of its rows', async ({ page, open }) => {
  const { host } = createFakeHost<ChartsHost>(plotsHost(sweepRuns(1)));
  const spec: ChartSpec = { kind: 'confusion', key: 'written/named_confusion_matrix', by: 'row' };
  await open({ view: 'charts', state: plotsState(spec), host });
  await expect(chart(page)).toHaveCount(1);
  expect(await rowsOf(page)).toEqual([
    ['zero', '100 %', '0 %', '0 %'],
    ['one', '0 %', '100 %', '0 %'],
    ['two', '3.8 %', '3.8 %', '92 %'],
  ]);
});

test('pictures by step; one that is gone says so; nothing else becomes an element', async ({
  page,
  open,
}) => {
  const { host } = createFakeHost<ChartsHost>(plotsHost(sweepRuns(2)));
  await open({
    view: 'charts',
    state: plotsState({ kind: 'images', key: 'samples' }, { kind: 'images', key: 'gone' }),
    host,
  });
  const image = page.getByRole('img', { name: /^samples of .* at step 200$/ });
  await expect(image).toHaveCount(2);
  await expect(image.first()).toHaveAttribute('src', /^data:image\/png;base64,/);
  expect(
    await image.first().evaluate((element) => (element as HTMLImageElement).naturalWidth),
  ).toBe(24);
  const slider = page.getByRole('slider', { name: 'Step' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('img', { name: /at step 0$/ })).toHaveCount(2);
  await expect(page.locator('.media-image p').first()).toHaveText('gone.png is no longer there.');
  await page.reload();
  await expect(page.getByRole('img', { name: /at step 0$/ })).toHaveCount(2);
  await slider.focus();
  await page.keyboard.press('End');
  await page.reload();
  await expect(image).toHaveCount(2);
});

test('bytes that are no picture are never shown', async ({ page, open }) => {
  const { host } = createFakeHost<ChartsHost>({
    ...plotsHost(sweepRuns(1)),
    readImage: async () => ({
      head: { media: 'image/png', widthPx: 1, heightPx: 1 },
      bytes: new TextEncoder().encode(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      ),
    }),
  });
  await open({ view: 'charts', state: plotsState({ kind: 'images', key: 'samples' }), host });
  await expect(page.locator('.media-image')).toHaveText(
    'This is no picture that can be shown here.',
  );
  await expect(page.locator('.media-image img')).toHaveCount(0);
});

test('runs that logged nothing: says what would be found', async ({ page, open }) => {
  const { host } = createFakeHost<ChartsHost>({
    ...plotsHost(sweepRuns(1)),
    readMedia: async (_kind, runIds) => runIds.map((runId) => ({ runId, items: [], notes: [] })),
  });
  await open({
    view: 'charts',
    state: plotsState({ kind: 'images', key: '' }, { kind: 'confusion', key: '' }),
    host,
  });
  await expect(page.locator('.plot-empty').first()).toContainText('PNG, JPEG, GIF, WebP or BMP');
  await expect(page.locator('.plot-empty').last()).toContainText("print('Confusion matrix:");
});

const best = 'best(metrics.val_acc)';
const kinds: readonly (readonly ChartSpec[])[] = [
  [
    { kind: 'scatter', x: 'params.lr', y: best, color: 'params.optimizer' },
    { kind: 'bars', value: best, groupBy: 'params.optimizer' },
  ],
  [
    { kind: 'histogram', value: best },
    { kind: 'importance', value: best },
  ],
  [{ kind: 'parallel', axes: [], value: best }],
  [
    { kind: 'confusion', key: '' },
    { kind: 'images', key: 'samples' },
  ],
];

// SAFETY: the keys of the record are the names of the themes.
for (const theme of Object.keys(themes) as ThemeName[]) {
  for (const specs of kinds) {
    const names = specs.map(({ kind }) => kind).join(' and ');
    test(`${names} in ${theme}: nothing that axe objects to`, async ({ page, open }) => {
      const { host } = createFakeHost<ChartsHost>(plotsHost(sweepRuns(12)));
      await open({ view: 'charts', state: plotsState(...specs), theme, host });
      await expect(page.locator('.plot-canvas, .parallel, .media')).not.toHaveCount(0);
      await expect(page.getByLabel('Reading figures')).toHaveCount(0);
      if (names === 'parallel') {
        await page.locator('.axis-strip').first().focus();
        await page.keyboard.press('ArrowUp');
        await page.getByRole('region', { name: 'Selected runs' }).waitFor();
      } else if (names.startsWith('scatter')) {
        await page.getByRole('application').first().focus();
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Space');
      }
      const { violations } = await new AxeBuilder({ page })
        // VS Code names the frame; the document inside it has no title.
        .disableRules(['document-title', 'landmark-one-main', 'page-has-heading-one', 'region'])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => [
          id,
          ...nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
        ]),
      ).toEqual([]);
    });
  }
}
