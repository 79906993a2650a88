import { expect, type Page } from '@playwright/test';
import type { NotebookOutput } from '../../src/core/notebook/notebook';
import type { CheckpointId } from '../../src/core/run/run';
import type { CellHistoryHost, CellHistoryPage } from '../../src/protocol/cellHistoryPage';
import { hostileTexts } from './support/hostileTexts';
import { createFakeHost, test } from './support/pageTest';
import { historyHost, type SampleVersion, typicalVersions } from './support/sampleHistory';

const state = {
  notebook: 'notebooks/digits.ipynb',
  cell: { checkpointId: 'checkpoint-0', cellIndex: 0 },
  against: 'before',
};
const view = 'cellHistory';

const fakeHost = (versions: readonly SampleVersion[], more: Partial<CellHistoryHost> = {}) =>
  createFakeHost<CellHistoryHost>({ ...historyHost(versions), ...more });
const chosen = (page: Page) => page.getByRole('option', { selected: true });
const scrubber = (page: Page) => page.getByRole('slider');

test('shows the newest version beside the one before, with what each gave', async ({
  page,
  open,
}) => {
  await open({ view, state, host: fakeHost(typicalVersions).host });
  await expect(page.getByRole('option')).toHaveCount(4);
  await expect(chosen(page)).toContainText('Current');
  await expect(chosen(page)).toContainText('val_acc 0.88 ▼ −0.07 worse');
  const source = page.getByRole('region', { name: 'Source' });
  await expect(source.locator('td.line.removed')).toHaveText('alpha = 1e-3');
  await expect(source.locator('td.line.added')).toHaveText('alpha = 3e-2');
  await expect(source.locator('td.line.added .token-number').first()).toContainText('3e');
  await expect(page.getByRole('region', { name: 'Outputs' })).toContainText('val_acc 0.8800');
  await expect(page.getByRole('region', { name: 'Runs' })).toContainText(
    'val_acc 0.88 ▼ −0.07 worse',
  );
  await expect(page.getByRole('button', { name: 'Restore This Version' })).toBeDisabled();
});

test('goes through the versions by slider and list, with the keys', async ({ page, open }) => {
  await open({ view, state, host: fakeHost(typicalVersions).host });
  await scrubber(page).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(chosen(page)).toContainText('val_acc 0.95 ▲ +0.04 better');
  await expect(page.getByText('Version 3 of 4')).toBeVisible();
  const outputs = page.getByRole('region', { name: 'Outputs' });
  await expect(outputs.getByRole('columnheader', { name: 'loss' })).toBeVisible();
  await expect(outputs.getByRole('cell', { name: '0.37' })).toBeVisible();
  await page.keyboard.press('Home');
  await expect(chosen(page)).toContainText('val_acc 0.91');
  await expect(page.getByRole('region', { name: 'Source' }).locator('pre')).toContainText(
    'alpha = 1e-4',
  );
  await page.getByRole('listbox').focus();
  await page.keyboard.press('ArrowUp');
  await expect(outputs).toContainText('ValueError: X has 32 features');
  await expect(outputs).not.toContainText('\u001b');
  await page.keyboard.press('Home');
  await expect(chosen(page)).toContainText('Current');
  await page.reload();
  await expect(chosen(page)).toContainText('Current');
});

test('holds any two versions against each other', async ({ page, open }) => {
  await open({ view, state, host: fakeHost(typicalVersions).host });
  await page.getByRole('option').last().click();
  await page.getByRole('button', { name: 'Compare Others with This' }).click();
  await page.getByRole('option').first().click();
  const source = page.getByRole('region', { name: 'Source' });
  await expect(source.locator('td.line.removed')).toHaveText('alpha = 1e-4');
  await expect(source.locator('td.line.added')).toHaveText('alpha = 3e-2');
  await page.getByRole('radio', { name: 'Nothing' }).click();
  await expect(source.locator('pre')).toContainText('alpha = 3e-2');
  await page.getByRole('option').nth(1).click();
  await page.getByRole('radio', { name: 'The Newest' }).click();
  await expect(source.locator('td.line.removed')).toHaveText('alpha = 3e-2');
  await expect(source.locator('td.line.added')).toHaveText('alpha = 1e-3');
});

test('restores a version, and says what is said of its checkpoint', async ({ page, open }) => {
  const { host, calls } = fakeHost(typicalVersions);
  await open({ view, state, host });
  await page.getByRole('option').nth(1).click();
  const checkpoint = page.getByRole('region', { name: 'Checkpoint' });
  await expect(checkpoint).toContainText('the best by now');
  await expect(checkpoint).toContainText('#baseline');
  await page.getByRole('button', { name: 'Restore This Version' }).click();
  for (const name of [
    'Diff Notebook with Now',
    'Open Notebook as It Was',
    'Remove star',
    'Tag…',
    'Note…',
  ]) {
    await checkpoint.getByRole('button', { name }).click();
  }
  await page.getByRole('region', { name: 'Runs' }).getByRole('button').click();
  await expect
    .poll(() => calls)
    .toEqual([
      ['restoreVersion', 2],
      ['openNotebookDiff', 'checkpoint-2'],
      ['openNotebook', 'checkpoint-2'],
      ['toggleStar', 'checkpoint-2'],
      ['editTags', 'checkpoint-2'],
      ['editNote', 'checkpoint-2'],
      ['showRun', 'run-2'],
    ]);
});

test('shows one version alone, and follows when there are more', async ({ page, open }) => {
  let versions = typicalVersions.slice(0, 1);
  const told = await open<CellHistoryHost, CellHistoryPage>({
    ...{ view, state },
    host: createFakeHost<CellHistoryHost>({
      readHistory: async () => requireAnswer(historyHost(versions).readHistory)(),
      readVersion: async (key) => requireAnswer(historyHost(versions).readVersion)(key),
      readOutputs: async (place) => requireAnswer(historyHost(versions).readOutputs)(place),
    }).host,
  });
  await expect(page.getByText('Version 1 of 1')).toBeVisible();
  await expect(scrubber(page)).toBeDisabled();
  versions = typicalVersions.slice(0, 3);
  told.historyChanged();
  await expect(page.getByRole('option')).toHaveCount(3);
  await expect(scrubber(page)).toBeEnabled();
});

test('says how much of a long source and a long output is not shown', async ({ page, open }) => {
  const host = historyHost([
    {
      source: 'x = 1\n'.repeat(100_000),
      outputs: [{ kind: 'stream', name: 'stdout', data: {}, text: 'y'.repeat(500_123) }],
    },
  ]);
  await open({ view, state, host: createFakeHost<CellHistoryHost>(host).host });
  await expect(page.getByRole('region', { name: 'Source' })).toContainText(
    '100,003 more characters are not shown.',
  );
  await expect(page.getByRole('region', { name: 'Outputs' })).toContainText(
    '123 more characters are not shown.',
  );
});

test('says how far it is, and why a history cannot be shown', async ({ page, open }) => {
  let fail: (error: Error) => void = () => undefined;
  const told = await open<CellHistoryHost, CellHistoryPage>({
    ...{ view, state },
    host: createFakeHost<CellHistoryHost>({
      readHistory: () => new Promise((_resolve, reject) => (fail = reject)),
    }).host,
  });
  await page.getByRole('status').waitFor();
  told.progressed(250, 1000);
  await expect(page.getByRole('status')).toContainText('250 of 1,000 checkpoints');
  fail(new Error('The checkpoint is not there any more.'));
  await expect(page.getByRole('alert')).toContainText('The checkpoint is not there any more.');
});

test('tells where a cell that is gone came from and went', async ({ page, open }) => {
  const whole = historyHost(typicalVersions);
  // SAFETY: any text is as good an id as another.
  const cell = { checkpointId: 'checkpoint-0' as CheckpointId, cellIndex: 0 };
  const other = (atMs: number) => ({ atMs, cell });
  const { host, calls } = fakeHost(typicalVersions, {
    readHistory: async () => ({
      ...(await requireAnswer(whole.readHistory)()),
      ...{ isCurrent: false, splitFrom: other(1_000), mergedInto: other(9_000) },
      absences: [{ fromMs: 2_000, toMs: 3_000 }],
    }),
  });
  await open({ view, state, host });
  const past = page.getByRole('navigation', { name: 'Versions' });
  await expect(past).toContainText('Not in the notebook since');
  await expect(past).toContainText('Absent from');
  await past.getByRole('button', { name: 'from another cell' }).click();
  await page.getByRole('button', { name: 'Bring Back This Cell' }).click();
  await expect.poll(() => calls.map(([name]) => name)).toEqual(['showOtherCell', 'restoreVersion']);
});

test('stays quick with two thousand versions', async ({ page, open }) => {
  const versions = Array.from({ length: 2_000 }, (_, i) => ({ source: `x = ${i}\nfit(x)` }));
  await open({ view, state, host: fakeHost(versions).host });
  await expect(page.getByText('Version 2000 of 2000')).toBeVisible();
  expect(await page.getByRole('option').count()).toBeLessThan(60);
  await page.getByRole('listbox').focus();
  await page.keyboard.press('End');
  await expect(chosen(page)).toContainText('x = 0');
  await expect(chosen(page)).toBeInViewport();
  await page.keyboard.press('PageUp');
  await expect(chosen(page)).toBeInViewport();
  await scrubber(page).fill('1000');
  await expect(chosen(page)).toContainText('x = 1000');
  await expect(chosen(page)).toBeInViewport();
});

test('runs and renders nothing of a cell but pictures of pixels', async ({ page, open }) => {
  const live: Readonly<Record<string, string>> = {
    'text/html':
      '<table class="dataframe"><tr><td><img src=x onerror="alert(1)"></td></tr></table>',
    'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(3)"></svg>',
    'application/javascript': 'alert(4)',
    'text/markdown': '![](javascript:alert(5))',
    'image/png': '"><script>alert(8)</script>',
    'image/gif': 'R0lGODlhAQABAAAAACw=',
    __proto__: 'polluted',
  };
  const outputs: readonly NotebookOutput[] = [
    ...Object.entries(live).map(
      ([media, text]): NotebookOutput => ({
        kind: 'display',
        data: Object.fromEntries([[media, text]]),
      }),
    ),
    ...hostileTexts.map((text): NotebookOutput => ({ kind: 'stream', name: text, data: {}, text })),
    {
      kind: 'error',
      data: {},
      ename: hostileTexts[0] ?? '',
      evalue: hostileTexts[1] ?? '',
      traceback: '',
    },
  ];
  const versions = hostileTexts.map((source) => ({ source, outputs, note: source }));
  await open({ view, state, host: fakeHost(versions).host });
  await expect(page.getByRole('region', { name: 'Outputs' })).toContainText('alert(1)');
  for (const summary of await page.locator('summary').all()) await summary.click();
  await expect(page.locator('.scroll')).toContainText('alert(4)');
  await scrubber(page).focus();
  await page.keyboard.press('Home');
  await expect(page.locator('.source')).toContainText('onerror');
  await expect(page.locator('#root :is(script, iframe, object, embed, a)')).toHaveCount(0);
  for (const src of await page
    .locator('img')
    .evaluateAll((all) => all.map((one) => one.getAttribute('src')))) {
    expect(src).toMatch(/^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/);
  }
});

function requireAnswer<T>(answer: T | undefined): T {
  if (answer === undefined) throw new Error('The sample has no such answer');
  return answer;
}
