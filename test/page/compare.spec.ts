import { expect, type Page } from '@playwright/test';
import { compareCellSources } from '../../src/app/compare/compareSources';
import { boundHunks, type CodeComparison } from '../../src/core/compare/codeComparison';
import { diffSource } from '../../src/core/notebook/diffSource';
import { createWorkBudget } from '../../src/core/notebook/workBudget';
import type { BlobHash, Run, RunFile } from '../../src/core/run/run';
import type { CompareHost, ComparePage, CompareState } from '../../src/protocol/comparePage';
import { hostileTexts } from './support/hostileTexts';
import { createFakeHost, test } from './support/pageTest';
import { compareHost, sampleCode, sampleCompared } from './support/sampleComparison';
import { sampleRun, toRunId } from './support/sampleRuns';

const state: CompareState = { runIds: [1, 2, 3].map(toRunId), onlyDifferences: true };
const two: CompareState = { runIds: [1, 2].map(toRunId), onlyDifferences: true };

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const row = (page: Page, label: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label }) });

const fakeHost = (...args: Parameters<typeof compareHost>) =>
  createFakeHost<CompareHost>(compareHost(...args));

test('says in a sentence what changed, with the line of code and the data', async ({
  page,
  open,
}) => {
  const { host } = fakeHost(() => sampleCompared(2));
  await open({ view: 'compare', state: two, host });
  await expect(page.getByRole('status')).toContainText(
    /lr 0\.01 → 0\.001, hidden 128 → 256, 3 lines in 2 files, torch 2\.1\.0 → 2\.2\.0, val_acc .* better|worse/,
  );
  const changes = page.getByRole('table', { name: 'Changes of train.py' });
  await expect(changes.getByRole('row').nth(0)).toContainText('12 unchanged lines');
  await expect(changes.getByRole('row').nth(1).getByRole('cell')).toHaveText([
    '13−',
    '    dropout = 0.5',
    '13+',
    '    dropout = 0.25',
  ]);
  await expect(changes.locator('.added .part')).toHaveText('25');
  await expect(section(page, 'Uncommitted changes')).toContainText('too large to be kept');
  await expect(section(page, 'Code')).toContainText('The same: models/net.py, data.py');
  await expect(section(page, 'Artifacts')).toContainText('9 MB · 22222222');
  // The data are the same, so they are named at the end alone.
  await expect(section(page, 'Data files')).toHaveCount(0);
  await page.getByRole('button', { name: 'Data files' }).click();
  await expect(section(page, 'Data files')).toContainText('data/train.csv');
});

test('holds the runs against the base, in words as well as colour', async ({ page, open }) => {
  await open({ view: 'compare', state, host: fakeHost().host });
  const loss = row(page, 'loss').first().getByRole('cell');
  await expect(loss.nth(0)).toHaveText('0.5best 0.05 at step 27');
  await expect(loss.nth(1)).toContainText('▼ −0.25 better');
  await expect(loss.nth(2)).toContainText('▲ +0.1 worse');
  await expect(row(page, 'lr')).toContainText('differs');
  await expect(row(page, 'lr')).toContainText('×0.1');
  await expect(row(page, 'Command')).toHaveCount(0);
});

test('holds them against another base on a click, and by another figure', async ({
  page,
  open,
}) => {
  const { host, calls } = fakeHost();
  await open({ view: 'compare', state, host });
  await page.getByRole('button', { name: /^Make B .* the base/ }).click();
  const heads = page.getByRole('list', { name: 'Compared runs' }).getByRole('listitem');
  await expect(heads.nth(0)).toContainText('lr=0.001');
  await expect(row(page, 'loss').first().getByRole('cell').nth(1)).toContainText('▲ +0.25 worse');
  await page.getByRole('combobox', { name: 'Metrics by' }).selectOption('best value');
  // All reached the same best loss.
  await expect(row(page, 'val_acc')).toBeVisible();
  await expect(page.getByRole('rowheader', { name: /^loss/ })).toBeHidden();
  await page.reload();
  await expect(heads.nth(0)).toContainText('lr=0.001');
  const kept = await page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}'));
  expect(kept).toEqual({ ...state, baseId: toRunId(2), figure: 'best' });
  expect(calls).toEqual([]);
});

test('compares by the mean of the last values, which the host reads', async ({ page, open }) => {
  await open({ view: 'compare', state, host: fakeHost().host });
  await page.getByRole('combobox', { name: 'Metrics by' }).selectOption('mean of the last');
  await page.getByRole('spinbutton', { name: 'How many of the last values' }).fill('4');
  const accuracy = row(page, 'val_acc').getByRole('cell');
  await expect(accuracy.nth(0)).toContainText(/^0best/);
  await expect(accuracy.nth(1)).toContainText('0.25▲ +0.25 better');
});

test('shows the code of the chosen run against the base', async ({ page, open }) => {
  const asked: string[] = [];
  const { host } = fakeHost(undefined, {
    readCode: async (baseId, runId) => {
      asked.push(`${baseId} ${runId}`);
      return sampleCode;
    },
  });
  await open({ view: 'compare', state, host });
  await expect.poll(() => asked).toEqual(['run-1 run-3']);
  await page.getByRole('button', { name: /^Code and log of B / }).click();
  await expect.poll(() => asked).toEqual(['run-1 run-3', 'run-1 run-2']);
  await expect(section(page, 'train.py')).toContainText('A → B');
});

test('shows also what is the same on demand, also after a reload', async ({ page, open }) => {
  await open({ view: 'compare', state, host: fakeHost().host });
  await expect(row(page, 'lr')).toBeVisible();
  await expect(row(page, 'epochs')).toBeHidden();
  await page.getByRole('checkbox', { name: 'Only differences' }).click();
  await expect(row(page, 'epochs')).toBeVisible();
  await page.reload();
  await expect(row(page, 'epochs')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Only differences' }).click();
  await page.getByRole('button', { name: 'Show 1 that is the same' }).first().click();
  await expect(row(page, 'epochs')).toBeVisible();
});

test('one section that cannot be read hides no other', async ({ page, open }) => {
  let isBroken = true;
  const { host } = fakeHost(undefined, {
    readCode: async () => {
      if (isBroken) throw new Error('The blob is damaged. Run the check of the store.');
      return sampleCode;
    },
  });
  await open({ view: 'compare', state, host });
  await expect(section(page, 'Code').getByRole('alert')).toContainText('The blob is damaged.');
  await expect(row(page, 'lr')).toBeVisible();
  await expect(row(page, 'torch')).toBeVisible();
  isBroken = false;
  await page.getByRole('button', { name: 'Try Again' }).click();
  await expect(page.getByRole('table', { name: 'Changes of train.py' })).toBeVisible();
  await expect(section(page, 'Code').getByRole('alert')).toHaveCount(0);
});

test('shows what is there while a section is still being read', async ({ page, open }) => {
  const { host } = fakeHost(undefined, { readLogs: () => new Promise(() => undefined) });
  await open({ view: 'compare', state, host });
  await expect(row(page, 'lr')).toBeVisible();
  await expect(section(page, 'Log')).toHaveAttribute('aria-busy', 'true');
});

test('goes from change to change by the keyboard, round at the end', async ({ page, open }) => {
  await open({ view: 'compare', state, host: fakeHost().host });
  await expect(page.getByRole('table', { name: 'Changes of train.py' })).toBeVisible();
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  await page.keyboard.press('F7');
  await expect.poll(focused).toContain('val_acc');
  await page.keyboard.press('n');
  await expect.poll(focused).toMatch(/^loss/);
  await page.keyboard.press('Shift+F7');
  await page.keyboard.press('p');
  await expect.poll(focused).toContain('out/model.pt');
});

test('opens runs, charts and the full notebook diff, and copies Markdown', async ({
  page,
  open,
}) => {
  const notebook = { changed: 1, added: 0, removed: 0, moved: 0, outputsChanged: 2 };
  const { host, calls } = fakeHost(() => sampleCompared(2), {
    readCode: async () => ({ ...sampleCode, notebook }),
  });
  await open({ view: 'compare', state: two, host });
  await expect(section(page, 'Code')).toContainText('Notebook: 1 cell changed, 2 outputs differ');
  await page.getByRole('button', { name: 'Open Full Notebook Diff' }).click();
  await page.getByRole('button', { name: 'Show Charts' }).click();
  await page
    .getByRole('button', { name: /lr=0\.01/ })
    .first()
    .click();
  const ids = [1, 2].map(toRunId);
  await expect
    .poll(() => calls)
    .toEqual([
      ['openNotebookDiff', ...ids],
      ['showCharts', ids],
      ['openRun', toRunId(1)],
    ]);
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect.poll(() => calls.at(-1)?.[0]).toBe('copy');
  const text = String(calls.at(-1)?.[1]);
  expect(text).toContain('| lr | 0.01 | 0.001 (×0.1) |');
  expect(text).toContain('-    dropout = 0.5\n+    dropout = 0.25');
});

test('follows a running run, and says when a run has gone', async ({ page, open }) => {
  let runs = sampleCompared();
  const { host, calls } = fakeHost(() => runs);
  const told = await open<CompareHost, ComparePage>({ view: 'compare', state, host });
  await expect(row(page, 'loss').first()).toContainText('−0.25 better');
  runs = runs.map((run, index) =>
    index === 1
      ? { ...run, metrics: run.metrics.map((metric) => ({ ...metric, last: 0.125 })) }
      : run,
  );
  told.comparisonChanged();
  await expect(row(page, 'loss').first()).toContainText('−0.375 better');
  runs = runs.slice(0, 2);
  told.comparisonChanged();
  await expect(page.getByText('One of these runs is not there any more.')).toBeVisible();
  runs = runs.slice(0, 1);
  told.comparisonChanged();
  await expect(page.getByText('Fewer than two of these runs are still there.')).toBeVisible();
  await page.getByRole('button', { name: 'Show Run Table' }).click();
  expect(calls).toContainEqual(['showRunTable']);
});

test('stays quick with 100 runs of 500 params', async ({ page, open }) => {
  const runs: readonly Run[] = Array.from({ length: 100 }, (_, index) => ({
    ...sampleRun(index),
    params: Array.from({ length: 500 }, (_each, at) => ({
      key: `param_${at}`,
      value: String(at % 5 === 0 ? index : at),
      origin: 'config' as const,
    })),
  }));
  const half = async (start: number) => ({
    runs: runs.slice(start, start + 50),
    ...(start === 0 ? { next: 50 } : {}),
  });
  const { host } = fakeHost(undefined, { readRuns: half });
  await open({
    view: 'compare',
    state: { runIds: runs.map(({ id }) => id), onlyDifferences: true },
    host,
  });
  await expect(section(page, 'Params')).toContainText('100 of 500 differ', { timeout: 10_000 });
  await expect(page.getByText('Runs 2–13 of 100 against the base')).toBeVisible();
  expect(await page.getByRole('table', { name: 'Params' }).getByRole('cell').count()).toBe(60 * 13);
  const tookMs = await page.evaluate(async () => {
    const started = performance.now();
    document.querySelector<HTMLElement>('[aria-label="Runs after"]')?.click();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - started;
  });
  await expect(page.getByText('Runs 14–25 of 100 against the base')).toBeVisible();
  // Takes about 60 ms on an idle machine.
  expect(tookMs).toBeLessThan(1_000);
  await page.getByRole('button', { name: 'Show 40 more of 40 rows' }).click();
  await expect(row(page, 'param_495')).toBeVisible();
});

test('shows hostile texts as text', async ({ page, open }) => {
  const runs = hostileTexts.map((text, index) => ({
    ...sampleRun(index),
    name: text,
    note: text,
    params: [{ key: text, value: text, origin: 'argv' as const }],
  }));
  const hunk = {
    oldStart: 0,
    oldLines: hostileTexts,
    newStart: 0,
    newLines: hostileTexts.toReversed(),
  };
  const parts = hostileTexts.map((title) => ({
    ...{ kind: 'module' as const, title, change: 'changed' as const, linesLeftOut: 0 },
    hunks: [hunk],
  }));
  const { host } = fakeHost(() => runs, {
    readPackages: async () => hostileTexts.map((name) => ({ name, versions: hostileTexts })),
    readFiles: async () =>
      hostileTexts.map((path) => [
        { role: 'input', path, type: 'data', sizeBytes: 1, modifiedAtMs: 0, isKept: false },
      ]),
    readCode: async () => ({ parts, same: hostileTexts, partsLeftOut: 0 }),
    readLogs: async () => ({
      ...{ hunks: [hunk], linesLeftOut: 0, volatileLines: 0, sameLines: 0, bytesLeftOut: 0 },
    }),
  });
  await open({ view: 'compare', state: { ...state, runIds: runs.map(({ id }) => id) }, host });
  await expect(page.locator('.run-name')).toHaveText([...hostileTexts]);
  await expect(page.locator('.code-title .mono')).toHaveText([...hostileTexts]);
  expect(await page.locator('#root :is(script, iframe, img, a)').count()).toBe(0);
});

test('takes runs of other kinds, generated sources, binary data and thousands of params', async ({
  page,
  open,
}) => {
  const sources: readonly Run['source'][] = [
    { kind: 'terminal', commandLine: 'python train.py', script: 'train.py' },
    { kind: 'notebook', notebook: 'explore.ipynb', cellSource: 'fit(1)', cellIndex: 3 },
    { kind: 'terminal', commandLine: 'make train' },
    { kind: 'notebook', notebook: 'explore.ipynb', cellSource: 'fit(2)', cellIndex: 4 },
    { kind: 'terminal', commandLine: 'python train.py --fast', script: 'train.py' },
  ];
  const runs: readonly Run[] = sources.map((source, index) => ({
    ...sampleRun(index),
    source,
    params: Array.from({ length: 5_000 }, (_, at) => ({
      key: `param_${at}`,
      value: String(at % 5 === 0 ? index : at),
      origin: 'config' as const,
    })),
  }));
  const budget = createWorkBudget(20_000_000);
  const cell = compareCellSources(
    { title: 'train.py', files: [] },
    { title: 'explore [3]', files: [], cell: { cellIndex: 3, cellSource: 'fit(1)' } },
    budget,
  );
  const line = 'x'.repeat(2_000_000);
  const generated = diffSource(`${line}1\n`, `${line}2\n`, budget);
  const { host } = fakeHost(() => runs, {
    readFiles: async (ids) => ids.map((_id, at) => [weights(at === 2 ? 'ffff' : 'aaaa')]),
    readCode: async (): Promise<CodeComparison> => ({
      parts: [
        ...cell.parts,
        {
          ...{ kind: 'module', title: 'tables.py', change: 'changed' },
          ...boundHunks(generated),
        },
        {
          ...{ kind: 'module', title: 'fast.so', change: 'changed', hunks: [], linesLeftOut: 0 },
          problem: 'It is no text: that it differs is known by its hash alone.',
        },
      ],
      ...{ same: [], partsLeftOut: 0 },
    }),
  });
  await open({
    view: 'compare',
    state: { runIds: runs.map(({ id }) => id), onlyDifferences: true },
    host,
  });
  await expect(section(page, 'Params')).toContainText('1000 of 5000 differ');
  await expect(page.getByRole('table', { name: 'Params' }).getByRole('row')).toHaveCount(61);
  const code = section(page, 'Code');
  await expect(code).toContainText('One of these is a cell, the other a command.');
  await expect(code).toContainText('1,999,900 characters not shown');
  await expect(code).toContainText('It is no text: that it differs is known by its hash alone.');
  expect((await code.innerText()).length).toBeLessThan(5_000);
  await expect(section(page, 'Data files')).toContainText('weights.bin');
  await expect(section(page, 'Command')).toContainText('explore.ipynb');
});

function weights(hash: string): RunFile {
  return {
    ...{ role: 'input', path: 'weights.bin', type: 'data', sizeBytes: 4e9, modifiedAtMs: 0 },
    // SAFETY: what stands for a hash in these tests.
    ...{ isKept: false, hash: hash.repeat(16) as BlobHash },
  };
}
