import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { NotebookCell, NotebookOutput } from '../../src/core/notebook/notebook';
import { test } from './support/pageTest';
import {
  diffHost,
  diffState,
  recordedDiff,
  recordedNotebook,
  toCell,
  toNotebook,
} from './support/sampleDiff';

const view = 'notebookDiff';

async function violations(page: Page): Promise<unknown> {
  const found = await new AxeBuilder({ page })
    // VS Code names the frame; the document inside it has no title.
    .disableRules(['document-title', 'landmark-one-main', 'page-has-heading-one', 'region'])
    .analyze();
  return found.violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
  }));
}

const frame = (value: string) =>
  `<table class="dataframe"><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><th>r0</th><td>${value}</td></tr></tbody></table>`;

/** A cell with an output of each kind, of which all differ. */
function everything(value: string): NotebookCell {
  const plot = recordedNotebook(value === '1' ? 'old' : 'new').cells.flatMap(
    ({ outputs }) => outputs,
  );
  const outputs: NotebookOutput[] = [
    { kind: 'stream', name: 'stdout', data: {}, text: `acc 0.${value}\n` },
    { kind: 'result', data: { 'text/html': frame(value) } },
    { kind: 'error', data: {}, ename: 'ValueError', evalue: value, traceback: `at ${value}` },
    {
      kind: 'display',
      data: {
        'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg"><circle r="${value}"/></svg>`,
      },
    },
    ...plot.filter(({ data }) => Object.hasOwn(data, 'image/png')),
  ];
  return {
    ...toCell('a', `x = ${value}  # "s"\ndef f(): return None`),
    outputs,
    metadata: { tags: [value] },
  };
}

for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
  test(`each kind of output, noise, search and help in ${theme} have nothing that axe objects to`, async ({
    page,
    open,
  }) => {
    const { host } = diffHost(
      () => [toNotebook([everything('1')]), toNotebook([everything('2')])],
      { metrics: [{ key: 'loss', old: 1, new: 2, verdict: 'worse' }] },
    );
    await open({ view, theme, host, state: { ...diffState, showNoise: true } });
    await expect(page.getByRole('table', { name: 'Table of output 2' })).toBeVisible();
    await page.keyboard.press('ControlOrMeta+f');
    await page.getByRole('textbox').fill('x');
    await page.keyboard.press('Enter');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keys' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test('is used with the keyboard alone, in the order in which it is read', async ({
  page,
  open,
}) => {
  await open({ view, state: diffState, host: recordedDiff().host });
  await expect(page.getByRole('table', { name: 'Source' }).first()).toBeVisible();
  const names: string[] = [];
  for (let i = 0; i < 16; i += 1) {
    await page.keyboard.press('Tab');
    names.push(
      await page.evaluate(() => {
        const { activeElement } = document;
        return (
          activeElement?.getAttribute('aria-label') ?? activeElement?.textContent?.trim() ?? ''
        );
      }),
    );
  }
  const places = [
    'Next Change',
    'What is shown',
    'Find',
    'Revert All',
    'Keys',
    'Old: Saved',
    'Swap sides',
    'Revert cell: cell 1',
  ];
  const found = places.map((name) => names.findIndex((each) => each.includes(name)));
  expect(found).toEqual(found.toSorted((a, b) => a - b));
  expect(found).not.toContain(-1);
});

test('can be read at twice the size, and moves nothing by itself', async ({ page, open }) => {
  // What is left of a page of 1,200 × 800 at 200 %.
  await page.setViewportSize({ width: 600, height: 400 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open({ view, state: diffState, host: recordedDiff().host });
  await expect(page.getByRole('table', { name: 'Source' }).first()).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.locator('.cell.current')).toBeInViewport();
  const { width, scrollable } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    scrollable: document.querySelector('main')?.clientHeight ?? 0,
  }));
  expect(width).toBeLessThanOrEqual(600);
  expect(scrollable).toBeGreaterThan(200);
  const moving = await page.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
  );
  expect(moving).toBe(0);
});
