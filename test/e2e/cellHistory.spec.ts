import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { notebookText } from '../support/notebookText';
import { createVsCodeTest } from '../support/vscodeFixture';

const first = 'rate = 0.1\nprint("rate is", rate)';
const second = first.replace('0.1', '0.3');

const test = createVsCodeTest({
  prepare(dir) {
    writeFileSync(join(dir, 'rates.ipynb'), notebookText('total = sum(range(10))', first));
  },
});

const rateCell = 1;

test('a cell that was changed says how many versions there are, and shows what each gave', async ({
  workbench,
}) => {
  await workbench.openFile('rates.ipynb');
  await workbench.notebook.untilReady();
  expect(await workbench.notebook.runCell(rateCell)).toBe(true);
  await workbench.save();
  await workbench.openActivity('Epochlog');
  await expect.poll(() => workbench.view('Notebooks').text()).toContain('first, 2 cells');
  await workbench.notebook.replaceCell(rateCell, second);
  expect(await workbench.notebook.runCell(rateCell)).toBe(true);
  await workbench.save();
  await expect(workbench.codeLens('2 versions')).toBeVisible();
  // The cell that never changed has none.
  await expect(workbench.page.locator('.codelens-decoration:visible')).toHaveCount(1);

  await workbench.codeLens('2 versions').click();
  const page = await workbench.webview('cellHistory');
  await expect(page.getByRole('option')).toHaveCount(2);
  const source = page.getByRole('region', { name: 'Source' });
  const outputs = page.getByRole('region', { name: 'Outputs' });
  await expect(source.locator('td.line.removed')).toHaveText('rate = 0.1');
  await expect(source.locator('td.line.added')).toHaveText('rate = 0.3');
  await expect(outputs).toContainText('rate is 0.3');
  await page.getByRole('option').last().click();
  await expect(source.locator('pre')).toContainText('rate = 0.1');
  await expect(outputs).toContainText('rate is 0.1');
});

test('a version is brought back with its outputs, and Undo takes it away again', async ({
  workbench,
  rpc,
}) => {
  const page = await workbench.webview('cellHistory');
  await page.getByRole('button', { name: 'Restore This Version' }).click();
  await rpc.until(
    'the cell with its source and output of before',
    `const cell = vscode.window.activeNotebookEditor?.notebook.cellAt(1);
     const [output] = cell?.outputs ?? [];
     return cell?.document.getText() === arg &&
       new TextDecoder().decode(output?.items[0].data) === 'rate is 0.1\\n'`,
    first,
  );
  await workbench.tab('rates.ipynb').click();
  await workbench.page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => workbench.notebook.source(rateCell)).toBe(second);
  // It is where it was, not a second time beside the page that asked for it.
  await expect(workbench.page.locator('.tab[aria-label^="rates.ipynb"]')).toHaveCount(1);
});

test('a source that is no longer there is found, and leads to its cell', async ({ workbench }) => {
  await workbench.closeTab('Cell 2 History');
  await workbench.command('Epochlog: Search History…');
  const page = await workbench.webview('timeline');
  await page.getByRole('textbox', { name: 'Search in all sources' }).fill('rate = 0.1');
  const hit = page.getByRole('region', { name: 'rates.ipynb' }).getByRole('button');
  await expect(hit).toContainText('Not there any more');
  await hit.click();
  const history = await workbench.webview('cellHistory');
  await expect(history.getByRole('option', { selected: true })).not.toContainText('Current');
  await expect(history.getByRole('region', { name: 'Outputs' })).toContainText('rate is 0.1');
});
