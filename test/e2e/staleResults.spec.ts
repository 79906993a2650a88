import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { notebookText } from '../support/notebookText';
import { createVsCodeTest } from '../support/vscodeFixture';

const sources = [
  'n = 2',
  'squares = [i * i for i in range(n)]',
  'print(f"epoch 1 loss={sum(squares)}")',
];

const test = createVsCodeTest({
  prepare(dir) {
    writeFileSync(join(dir, 'trust.ipynb'), notebookText(...sources));
  },
});

const snapshot = `return vscode.extensions.getExtension('epochlog.epochlog').exports.snapshot()`;

interface Snapshot {
  readonly runs: readonly { readonly trust?: { readonly verdict: string } }[];
}

test('a result is stale once what it depends on is edited, and fresh when all ran again', async ({
  workbench,
  rpc,
}) => {
  const stale = workbench.page.locator('.cell-status-item', { hasText: 'Stale' });
  await workbench.openFile('trust.ipynb');
  await workbench.notebook.untilReady();
  for (const index of sources.keys()) expect(await workbench.notebook.runCell(index)).toBe(true);
  await expect(stale).toHaveCount(0);
  // The verdict goes along with the run that the last cell is.
  await expect
    .poll(async () => (await rpc.evaluate<Snapshot>(snapshot)).runs[0]?.trust)
    .toEqual({ verdict: 'fresh', faults: [] });

  await workbench.notebook.replaceCell(0, 'n = 3');
  await expect(stale).toHaveCount(1);
  await stale.click();
  const page = await workbench.webview('trust');
  await expect(page.getByText('No', { exact: true })).toBeVisible();
  const cell = page.getByRole('listitem').filter({ hasText: 'Cell 3 [3]' });
  await expect(cell).toContainText('It used n of cell 1, which was edited since');
  await cell.getByRole('button', { name: 'Go to cell 1' }).click();
  for (const index of sources.keys()) expect(await workbench.notebook.runCell(index)).toBe(true);
  await expect(stale).toHaveCount(0);
  await expect(page.getByText('Yes', { exact: true })).toBeVisible();
});

test('what ran is known again after the window was reloaded', async ({ workbench }) => {
  await workbench.openFile('trust.ipynb');
  await workbench.save();
  await workbench.reload();
  await workbench.openFile('trust.ipynb');
  await workbench.notebook.untilReady();
  await workbench.command('Epochlog: Can This Be Reproduced Top to Bottom?');
  const page = await workbench.webview('trust');
  await expect(page.getByText('Yes', { exact: true })).toBeVisible();
});
