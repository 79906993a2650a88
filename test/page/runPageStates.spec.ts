import { expect, type Page } from '@playwright/test';
import type { RunPageData, RunPageHost, RunSection } from '../../src/protocol/runPage';
import {
  beyondEdges,
  examine,
  movingThings,
  narrowPanel,
  twoThemes,
  zoomedWindow,
} from './support/looks';
import { createFakeHost, test } from './support/pageTest';
import { coloredLog, runLogHost } from './support/sampleRunLog';
import { pageData, runPageHost, typicalRun } from './support/sampleRunPage';
import { toRunId } from './support/sampleRuns';

// Every section in every theme is in runPageAccess.spec.ts.

const sections = ['Overview', 'Metrics', 'Log', 'Files', 'Code', 'Environment'] as const;
const state = (section: RunSection) => ({ runId: toRunId(1), section, isKept: false });

function hostOf(data: RunPageData, more: Partial<RunPageHost> = {}) {
  return createFakeHost<RunPageHost>({
    ...runPageHost(data),
    ...runLogHost(() => coloredLog(20)),
    ...more,
  }).host;
}

/** Goes through the sections and examines each. */
async function examineSections(page: Page, name: string): Promise<void> {
  for (const section of sections) {
    await page.getByRole('tab', { name: section }).click();
    await expect(page.getByRole('tabpanel', { name: section })).toBeVisible();
    await expect(page.locator('.section-loading')).toHaveCount(0);
    await examine(page, `run-${name}-${section.toLowerCase()}`, twoThemes);
    expect(await beyondEdges(page)).toEqual([]);
  }
}

test.beforeEach(() => test.setTimeout(60_000));

test('a failed run without metrics, params, log, files and code says so in each section', async ({
  page,
  open,
}) => {
  const {
    codeState: _code,
    environment: _environment,
    ...bare
  } = typicalRun({
    ...{ status: 'failed', exitCode: 1, metrics: [], params: [], tags: {}, note: '', logBytes: 0 },
  });
  const nothing: Partial<RunPageHost> = {
    ...runLogHost(() => ''),
    readFiles: async () => [],
    readCode: async () => ({ modules: [] }),
    readPackages: async () => undefined,
  };
  await open({ view: 'runPage', state: state('overview'), host: hostOf(pageData(bare), nothing) });
  await expect(page.getByText('Failed, exit code 1')).toBeVisible();
  await examineSections(page, 'bare');
});

for (const [name, size] of Object.entries({ narrow: narrowPanel, zoomed: zoomedWindow })) {
  test(`all sections, ${name}`, async ({ page, open }) => {
    await page.setViewportSize(size);
    await open({ view: 'runPage', state: state('overview'), host: hostOf(pageData(typicalRun())) });
    await examineSections(page, name);
  });
}

test('says what it waits for, and nothing moves where that is asked for', async ({
  page,
  open,
}) => {
  let answer = (_data: RunPageData) => {};
  const host = hostOf(pageData(typicalRun()), {
    readRun: () => new Promise((resolve) => (answer = resolve)),
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open({ view: 'runPage', state: state('overview'), host });
  await expect(page.getByText('Reading the run…')).toBeVisible();
  await examine(page, 'run-loading-still', twoThemes);
  expect(await movingThings(page)).toEqual([]);
  answer(pageData(typicalRun({ status: 'running' })));
  await expect(page.locator('.status-running').first()).toBeVisible();
  expect(await movingThings(page)).toEqual([]);
});

test('says what went wrong, and reads again', async ({ page, open }) => {
  let isBroken = true;
  const host = hostOf(pageData(typicalRun()), {
    readRun: async () => {
      if (isBroken) throw new Error('The record could not be read: the disk is full.');
      return pageData(typicalRun());
    },
  });
  await open({ view: 'runPage', state: state('overview'), host });
  await expect(page.getByRole('alert')).toContainText('the disk is full');
  await examine(page, 'run-error', twoThemes);
  isBroken = false;
  await page.getByRole('button', { name: 'Try Again' }).click();
  await expect(page.getByRole('region', { name: 'Summary' })).toBeVisible();
});

test('very many metrics and a log of millions of lines', async ({ page, open }) => {
  const [first] = typicalRun().metrics;
  if (first === undefined) throw new Error('no metric');
  const metrics = Array.from({ length: 1_000 }, (_, at) => ({ ...first, key: `layer/${at}/norm` }));
  const count = 5_000_000;
  const host = hostOf(pageData(typicalRun({ metrics })), {
    readLogSize: async () => ({ lineCount: count, doneBytes: 2e8, sizeBytes: 2e8, isWhole: true }),
    readLogLines: async (start, end) =>
      Array.from({ length: Math.min(end, count) - start }, (_, at) => ({
        ...{ line: start + at, text: `line ${start + at}`, leftOutChars: 0 },
        ...{ spans: [], found: [], points: [] },
      })),
  });
  await open({ view: 'runPage', state: state('log'), host });
  await expect(page.locator('#log-line-0')).toBeVisible();
  await examine(page, 'run-huge-log', twoThemes);
  await page.getByRole('tab', { name: /^Metrics/ }).click();
  await expect(page.getByRole('button', { name: /^Show 800 more/ })).toBeAttached();
  expect(await beyondEdges(page)).toEqual([]);
});
