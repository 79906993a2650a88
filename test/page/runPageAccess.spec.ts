import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { RunPageData, RunPageHost, RunSection } from '../../src/protocol/runPage';
import { createFakeHost, test } from './support/pageTest';
import { coloredLog, runLogHost } from './support/sampleRunLog';
import { pageData, runPageHost, typicalRun } from './support/sampleRunPage';
import { sampleRun, toRunId } from './support/sampleRuns';
import { type ThemeName, themes } from './support/themes';

const sections: readonly RunSection[] = [
  ...(['overview', 'metrics', 'log', 'files', 'code', 'environment', 'notebook'] as const),
];

function hostOf(data: RunPageData) {
  return createFakeHost<RunPageHost>({
    ...runPageHost(data),
    ...runLogHost(() => coloredLog(20)),
    readPreview: async () => ({
      preview: {
        kind: 'table',
        rows: [
          ['label', 'x'],
          ['7', '0.5'],
        ],
        isCut: true,
      },
      isOfNow: true,
    }),
  }).host;
}

// SAFETY: the keys of the record are the names of the themes.
for (const theme of Object.keys(themes) as ThemeName[]) {
  for (const section of sections) {
    test(`${section} of a run in ${theme} has nothing that axe objects to`, async ({
      page,
      open,
    }) => {
      const run = typicalRun(section === 'notebook' ? { ...sampleRun(4) } : {});
      const data = pageData(run, {
        parts: [
          {
            ...{ runId: toRunId(9), name: 'fold 1', status: 'running', params: [] },
            startedAtMs: run.startedAtMs,
          },
        ],
      });
      const state = { runId: toRunId(1), section, isKept: false };
      await open({ view: 'runPage', state, theme, host: hostOf(data) });
      await page.getByRole('tabpanel').waitFor();
      if (section === 'metrics') await page.getByRole('application').first().waitFor();
      if (section === 'files') {
        await page.getByRole('button', { name: 'Preview digits.csv' }).click();
        await page.getByRole('cell', { name: '0.5' }).waitFor();
      }
      if (section === 'log') {
        await page.getByRole('textbox', { name: 'Find in the log' }).fill('epoch');
        await expect(page.locator('#log-found')).toHaveText('1 of 20');
        await page.locator('.point-sign').first().waitFor();
      }
      const { violations } = await new AxeBuilder({ page })
        // VS Code names the frame; the document inside it has no title.
        .disableRules(['document-title', 'landmark-one-main', 'page-has-heading-one', 'region'])
        .analyze();
      const found = violations.map(({ id, nodes }) => ({
        id,
        nodes: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
      }));
      expect(found).toEqual([]);
    });
  }
}

for (const width of [300, 500]) {
  test(`a panel of ${width} px, or one zoomed, has all of a run`, async ({ page, open }) => {
    await page.setViewportSize({ width, height: 700 });
    const data = pageData(
      typicalRun({ name: 'a name that is much longer than there is room for' }),
    );
    const state = { runId: toRunId(1), section: 'overview', isKept: false };
    await open({ view: 'runPage', state, host: hostOf(data) });
    for (const name of ['Overview', 'Metrics', 'Log', 'Files', 'Code', 'Environment']) {
      await page.getByRole('tab', { name }).click();
      await expect(page.getByRole('tab', { name })).toBeInViewport();
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide).toBeLessThanOrEqual(0);
    }
    await page.getByRole('button', { name: 'More actions' }).click();
    await expect(page.getByRole('menuitem', { name: 'Delete', exact: true })).toBeInViewport();
  });
}
