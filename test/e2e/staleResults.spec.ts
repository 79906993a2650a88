import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { createVsCodeTest } from '../support/vscodeFixture';

const sources = ['n = 2', 'squares = [i * i for i in range(n)]', 'print(squares)'];

const test = createVsCodeTest({
  prepare(dir) {
    const cells = sources.map((source, index) => ({
      cell_type: 'code',
      execution_count: null,
      id: `trust-${index}`,
      metadata: {},
      outputs: [],
      source,
    }));
    const metadata = { language_info: { name: 'python' } };
    const notebook = { cells, metadata, nbformat: 4, nbformat_minor: 5 };
    writeFileSync(join(dir, 'trust.ipynb'), JSON.stringify(notebook, undefined, 1));
  },
});

test('a result is stale once what it depends on is edited, and fresh when all ran again', async ({
  workbench,
}) => {
  const stale = workbench.page.locator('.cell-status-item', { hasText: 'Stale' });
  await workbench.openFile('trust.ipynb');
  await workbench.notebook.untilReady();
  for (const index of sources.keys()) expect(await workbench.notebook.runCell(index)).toBe(true);
  await expect(stale).toHaveCount(0);

  await workbench.notebook.replaceCell(0, 'n = 3');
  await expect(stale).toHaveCount(1);
  await stale.click();
  const page = await workbench.webview('trust');
  await expect(page.getByText('No', { exact: true })).toBeVisible();
  const cell = page.getByRole('listitem').filter({ hasText: 'Cell 3 [3]' });
  await expect(cell).toContainText('It used n of cell 1, which was edited since');
  if (process.env.EPOCHLOG_SHOTS) {
    for (const theme of ['Default Light Modern', 'Default High Contrast']) {
      await workbench.theme(theme);
      await workbench.screenshot(join(process.env.EPOCHLOG_SHOTS, `${theme}.png`));
    }
  }

  await cell.getByRole('button', { name: 'Go to cell 1' }).click();
  for (const index of sources.keys()) expect(await workbench.notebook.runCell(index)).toBe(true);
  await expect(stale).toHaveCount(0);
  await expect(page.getByText('Yes', { exact: true })).toBeVisible();
});
