import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { initialTableState } from '../../src/core/table/tableState';
import { createFakeHost, test } from './support/pageTest';
import { chartsHost, chartsState } from './support/sampleCharts';
import { compareHost } from './support/sampleComparison';
import { recordedDiff } from './support/sampleDiff';
import { historyHost, typicalVersions } from './support/sampleHistory';
import { openSampleLog, sampleLogText, teachHost } from './support/sampleLog';
import { sampleRuns, toRunId } from './support/sampleRuns';
import { timelineHost } from './support/sampleTimeline';
import { sampleTrust } from './support/sampleTrust';
import { tableHost } from './support/tableHost';
import { type ThemeName, themes } from './support/themes';

const pages = [
  {
    view: 'runTable',
    state: initialTableState,
    host: tableHost({ runs: sampleRuns(12) }).host,
  },
  {
    view: 'charts',
    state: chartsState,
    host: chartsHost(3, ['val_acc', 'loss'], 40),
  },
  {
    view: 'compare',
    state: { runIds: [1, 2, 3].map(toRunId), onlyDifferences: false },
    host: compareHost(),
  },
  {
    view: 'notebookDiff',
    state: { hideUnchanged: true },
    host: recordedDiff().host,
  },
  {
    view: 'cellHistory',
    state: {
      notebook: 'notebooks/digits.ipynb',
      cell: { checkpointId: 'checkpoint-0', cellIndex: 0 },
      against: 'before',
      version: 2,
    },
    host: historyHost(typicalVersions),
  },
  {
    view: 'timeline',
    state: {
      mode: 'checkpoints',
      filter: { starred: false, withRuns: false, text: '' },
      query: { text: '', matchCase: false, wholeWord: false, isRegex: false },
    },
    host: timelineHost(12),
  },
  {
    view: 'teach',
    state: { runId: 'run-0', name: '', pattern: '' },
    host: teachHost(openSampleLog(sampleLogText(30))),
  },
  {
    view: 'trust',
    state: { notebook: 'file:///explore.ipynb', showsAll: true },
    host: { readTrust: async () => sampleTrust() },
  },
] as const;

// SAFETY: the keys of the record are the names of the themes.
for (const theme of Object.keys(themes) as ThemeName[]) {
  for (const { view, state, host } of pages) {
    test(`${view} in ${theme} has nothing that axe objects to`, async ({ page, open }) => {
      await open({ view, state, theme, host: createFakeHost<object>(host).host });
      await page.getByRole('toolbar').first().waitFor();
      if (view === 'compare') await page.getByText('dropout = 0.25').waitFor();
      if (view === 'runTable') await page.getByRole('row').nth(2).click();
      if (view === 'charts') await page.getByRole('button', { name: 'Show loss as table' }).click();
      if (view === 'teach') {
        await page.locator('#line-3').getByRole('button').last().click();
        await page.getByRole('region', { name: 'What the pattern finds' }).waitFor();
      }
      expect(await violationsOf(page)).toEqual([]);
    });
  }

  test(`a page without runs in ${theme} has nothing that axe objects to`, async ({
    page,
    open,
  }) => {
    const { host } = tableHost({ runs: [] });
    await open({ view: 'runTable', state: initialTableState, theme, host });
    await page.getByRole('button', { name: 'Open Walkthrough' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });
}

async function violationsOf(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    // VS Code names the frame; the document inside it has no title.
    .disableRules(['document-title', 'landmark-one-main', 'page-has-heading-one', 'region'])
    .analyze();
  return violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
  }));
}
