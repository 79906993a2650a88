import { expect, type Page } from '@playwright/test';
import { nothingPinned } from '../../src/core/run/pinnedKeys';
import type { Run } from '../../src/core/run/run';
import type { RunPageHost, RunPageState, RunSection } from '../../src/protocol/runPage';
import { hostileTexts } from './support/hostileTexts';
import { createFakeHost, test } from './support/pageTest';
import { coloredLog, runLogHost } from './support/sampleRunLog';
import { pageData, runPageHost, typicalRun } from './support/sampleRunPage';
import { sampleRun, toRunId } from './support/sampleRuns';

const state = (section: RunSection): RunPageState => ({
  ...{ runId: toRunId(1), section, isKept: false },
});
const alerts = (page: Page) => page.getByRole('alert').filter({ hasText: /\S/ });

function fakeHost(run: Run = typicalRun(), more: Partial<RunPageHost> = {}) {
  const data = pageData(run);
  return createFakeHost<RunPageHost>({
    ...runPageHost(data),
    ...runLogHost(() => coloredLog(30)),
    ...Object.fromEntries(
      ['editRun', 'act', 'actOnCheckpoint', 'copy', 'showRun', 'openFile', 'openKept'].map(
        (name) => [name, async () => {}],
      ),
    ),
    ...more,
  });
}

const emptyRun = (): Run => ({
  ...sampleRun(1),
  ...{ params: [], metrics: [], tags: {}, starred: false, logBytes: 0 },
  status: 'running',
});

test('an empty run says what would be there', async ({ page, open }) => {
  const { codeState: _, endedAtMs: __, ...run } = emptyRun();
  const { host } = fakeHost(run, {
    ...runLogHost(() => ''),
    readFiles: async () => [],
    readCode: async () => ({ modules: [] }),
    readPackages: async () => undefined,
  });
  await open({ view: 'runPage', state: state('overview'), host });
  await expect(page.getByText('No metric yet')).toBeVisible();
  await expect(page.getByText('No params are known.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  for (const [name, text] of [
    ['Metrics', 'No metrics'],
    ['Log', 'It has printed nothing yet.'],
    ['Files', 'No files'],
    ['Code', 'Not in a git repository'],
    ['Environment', 'What was installed was not recorded.'],
  ] as const) {
    await page.getByRole('tab', { name }).click();
    await expect(page.getByText(text)).toBeVisible();
  }
});

test('each metric has its figures and its chart, and a value leads to its line', async ({
  page,
  open,
}) => {
  const { host, calls } = fakeHost(typicalRun(), { lineOfPoint: async () => 41 });
  await open({ view: 'runPage', state: state('metrics'), host });
  const row = page.getByRole('row', { name: /^val_acc / });
  await expect(row).toContainText('at 27');
  await expect(row.locator('polyline')).toHaveCount(1);
  await expect(page.getByRole('application')).toHaveCount(3);
  await row.getByTitle('Go to Its Line in the Log').first().click();
  await expect(page.locator('#log-line-41')).toBeInViewport();
  await expect(page.locator('#log-line-41')).toHaveClass(/focused/);
  expect(calls.find(([name]) => name === 'lineOfPoint')).toMatchObject([
    'lineOfPoint',
    { key: 'val_acc', step: 30 },
  ]);
});

test('a point of a chart leads to its line by keyboard, or says why not', async ({
  page,
  open,
}) => {
  const { host } = fakeHost(typicalRun(), { lineOfPoint: async () => undefined });
  await open({ view: 'runPage', state: state('metrics'), host });
  const chart = page.getByRole('application', { name: /^loss/ });
  await chart.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No line of the log gave this value')).toBeVisible();
});

test('a file is looked at in its place', async ({ page, open }) => {
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const { host, calls } = fakeHost(typicalRun(), {
    readPreview: async ({ path }) =>
      path.endsWith('.png')
        ? { preview: { kind: 'image', media: 'image/png', base64: pixel }, isOfNow: false }
        : path.endsWith('.csv')
          ? {
              preview: {
                kind: 'table',
                rows: [
                  ['label', 'x'],
                  ['7', '0.5'],
                ],
                isCut: true,
              },
              isOfNow: true,
            }
          : Promise.reject(new Error('it is gone')),
  });
  await open({ view: 'runPage', state: state('files'), host });
  await page.getByRole('button', { name: 'Preview confusion.png' }).click();
  await expect(page.getByRole('img', { name: 'confusion.png' })).toBeVisible();
  await page.getByRole('button', { name: 'Preview digits.csv' }).click();
  await expect(page.getByRole('cell', { name: '0.5' })).toBeVisible();
  await expect(page.getByText('as it is now')).toBeVisible();
  await page.getByRole('button', { name: 'Preview model.pt' }).click();
  await expect(alerts(page)).toContainText('it is gone');
  await page.getByRole('button', { name: 'model.pt', exact: true }).click();
  expect(calls.at(-1)).toEqual(['openFile', { role: 'output', path: 'out/model.pt' }]);
});

test('code is opened as it was', async ({ page, open }) => {
  const { host, calls } = fakeHost();
  await open({ view: 'runPage', state: state('code'), host });
  await expect(page.locator('.diff-added')).toHaveText('+lr = 0.01');
  await page.getByRole('button', { name: 'model.py' }).click();
  expect(calls.at(-1)).toEqual(['openKept', { role: 'code', path: 'model.py' }]);
});

test('a run of a notebook stands on its checkpoint', async ({ page, open }) => {
  const run = typicalRun({
    ...sampleRun(4),
    trust: { verdict: 'stale', faults: ['It used lr of cell 2, which was edited since.'] },
  });
  const data = pageData(run, {
    checkpoint: {
      // SAFETY: an id like any.
      ...{ id: 'checkpoint-1' as never, content: 'a'.repeat(64) as never },
      ...{ notebook: 'notebooks/explore.ipynb', takenAtMs: run.startedAtMs, kind: 'execution' },
      ...{ sizeBytes: 48_000, cellCount: 9, tags: {}, starred: false },
    },
  });
  const { host, calls } = fakeHost(run, { readRun: async () => data });
  await open({ view: 'runPage', state: state('notebook'), host });
  await expect(page.getByText('It used lr of cell 2')).toBeVisible();
  await page.getByRole('button', { name: 'Restore…' }).click();
  expect(calls.at(-1)).toEqual(['actOnCheckpoint', 'restoreCheckpoint']);
});

test('parts, parent and neighbours are a click away', async ({ page, open }) => {
  const run = typicalRun();
  const data = pageData(run, {
    parent: { runId: toRunId(7), name: 'cv.py · k=5' },
    parts: [0, 1, 2].map((fold) => ({
      ...{ runId: toRunId(20 + fold), name: `fold ${fold + 1}`, status: 'finished' },
      ...{ startedAtMs: run.startedAtMs, endedAtMs: run.startedAtMs + 61_000, params: [] },
      metric: { key: 'val_acc', last: 0.9 + fold / 100 },
    })),
  });
  const { host, calls } = fakeHost(run, { readRun: async () => data });
  await open({ view: 'runPage', state: state('overview'), host });
  await page.getByRole('button', { name: 'fold 2' }).click();
  await page.getByRole('button', { name: 'cv.py · k=5' }).click();
  await page.getByRole('button', { name: 'Older run' }).click();
  await page.getByRole('button', { name: 'Newer run' }).click();
  expect(calls.filter(([name]) => name === 'showRun').map(([, id]) => id)).toEqual(
    [21, 7, 2, 0].map(toRunId),
  );
});

test('a deleted run can be brought back', async ({ page, open }) => {
  const { host, calls } = fakeHost(typicalRun(), {
    readRun: async () => ({
      ...{ runId: toRunId(1), name: 'Run', parts: [], isBaseline: false, canRunAgain: false },
      pinned: nothingPinned,
    }),
  });
  await open({ view: 'runPage', state: state('log'), host });
  await page.getByRole('button', { name: 'Undo Delete' }).click();
  expect(calls.at(-1)).toEqual(['act', 'undoDelete']);
});

test('the note is edited, and shown as the little Markdown that it is', async ({ page, open }) => {
  const { host, calls } = fakeHost();
  await open({ view: 'runPage', state: state('overview'), host });
  const note = page.getByRole('region', { name: 'Note' });
  await expect(note.getByText('shifted')).toHaveCSS('font-weight', '700');
  await note.getByRole('button', { name: 'Edit' }).click();
  await note.getByRole('textbox').fill('# New\n<b>no</b>');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => calls.at(-1))
    .toEqual(['editRun', { field: 'note', value: '# New\n<b>no</b>' }]);
});

test('what is new does not take away what is being typed', async ({ page, open }) => {
  const { host } = fakeHost(typicalRun({ status: 'running' }));
  const told = await open<RunPageHost, { runChanged(): void }>({
    view: 'runPage',
    state: state('overview'),
    host,
  });
  await page.getByRole('button', { name: /rename/ }).click();
  const field = page.getByRole('textbox', { name: 'Name of the run' });
  await field.fill('half a na');
  told.runChanged();
  await page.waitForTimeout(300);
  await expect(field).toHaveValue('half a na');
  await expect(field).toBeFocused();
});

test('hostile texts stay texts in every field', async ({ page, open }) => {
  const text = hostileTexts.join('\n');
  const run: Run = {
    ...typicalRun(),
    ...{ name: text, note: text, experiment: text },
    source: { kind: 'terminal', commandLine: text, script: text },
    params: hostileTexts.map((key) => ({ key, value: text, origin: 'argv' })),
    metrics: typicalRun().metrics.map((metric, at) => ({
      ...metric,
      key: hostileTexts[at] ?? metric.key,
    })),
    tags: Object.fromEntries(hostileTexts.map((key) => [key, text])),
    codeState: { commit: text, branch: text, dirty: true },
    environment: { os: text, hostName: text },
  };
  const shown = { text, leftOutChars: 0 };
  const { host } = fakeHost(run, {
    ...runLogHost(() => `${text}\n`),
    readRun: async () => ({ ...pageData(run), name: text }),
    readCode: async () => ({ source: shown, diff: shown, modules: [] }),
    readPackages: async () => hostileTexts.map((name) => ({ name, version: text })),
    readFiles: async () =>
      hostileTexts.map((path) => ({
        ...{ role: 'output', path, type: 'figure', sizeBytes: 1, modifiedAtMs: 0, isKept: false },
      })),
    readPreview: async () => ({
      preview: { kind: 'image', media: text, base64: text },
      isOfNow: false,
    }),
  });
  await open({ view: 'runPage', state: state('overview'), host });
  for (const name of ['Overview', 'Metrics', 'Log', 'Files', 'Code', 'Environment']) {
    await page.getByRole('tab', { name }).click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
    if (name === 'Files')
      await page
        .getByRole('button', { name: /^Preview/ })
        .first()
        .click();
    await page.waitForTimeout(150);
    expect(await page.locator('img, iframe, a, main script').count()).toBe(0);
  }
});

test('what it cost, and how it stands against the baseline, which is a click away', async ({
  page,
  open,
}) => {
  const run = typicalRun({ status: 'running' });
  const data = pageData(run, {
    cost: '$ 3.40',
    sinceBaseline: {
      to: { runId: toRunId(5), name: 'train.py · lr=0.5' },
      metric: { key: 'val_acc', old: 0.95, new: 0.93, verdict: 'worse' },
    },
  });
  const { host, calls } = fakeHost(run, { readRun: async () => data });
  await open({ view: 'runPage', state: state('overview'), host });
  const summary = page.getByRole('region', { name: 'Summary' });
  await expect(summary).toContainText('Cost$ 3.40 by now');
  await expect(summary).toContainText(
    'Baseline val_acc 0.95 → 0.93 (−0.02, worse) in train.py · lr=0.5',
  );
  await summary.getByRole('button', { name: 'What changed since train.py · lr=0.5' }).click();
  await summary.getByRole('button', { name: 'train.py · lr=0.5', exact: true }).click();
  expect(calls.slice(-2)).toEqual([
    ['act', 'compareWithBaseline'],
    ['showRun', toRunId(5)],
  ]);
});
