import { expect } from '@playwright/test';
import type { NotebookTrust, TrustHost, TrustPage, TrustState } from '../../src/protocol/trustPage';
import { hostileTexts } from './support/hostileTexts';
import { createFakeHost, test } from './support/pageTest';
import { sampleTrust } from './support/sampleTrust';

const state: TrustState = { notebook: 'file:///explore.ipynb', showsAll: false };

function fakeHost(read: () => NotebookTrust) {
  const asked: string[] = [];
  const fake = createFakeHost<TrustHost>({
    readTrust: async () => read(),
    revealCell: async (cellIndex) => void asked.push(`reveal ${cellIndex}`),
    runAll: async () => void asked.push('run all'),
    openNotebook: async () => void asked.push('open'),
  });
  return { ...fake, asked };
}

test('says on top whether it can be reproduced, and of each cell at fault why', async ({
  page,
  open,
}) => {
  const { host, asked } = fakeHost(sampleTrust);
  await open({ view: 'trust', state, host });
  await expect(page.getByText('No', { exact: true })).toBeVisible();
  const cells = page.getByRole('list', { name: 'Cells' }).locator('> li');
  await expect(cells).toHaveCount(4);
  await expect(cells.nth(2)).toContainText('Stale');
  await expect(cells.nth(2)).toContainText('It used x of cell 1, which was edited since');
  await expect(cells.nth(3)).toContainText('Hidden state');
  await expect(cells.nth(3)).toContainText('NameError: gone is not defined');
  await cells.nth(2).getByRole('button', { name: 'Go to cell 1' }).click();
  // The keyboard alone reaches a cell, too.
  await cells.nth(3).getByRole('button', { name: 'Cell 4 [5]' }).press('Enter');
  await page.getByRole('button', { name: 'Restart and Run All' }).click();
  expect(asked).toEqual(['reveal 0', 'reveal 3', 'run all']);
});

test('shows fresh cells on demand', async ({ page, open }) => {
  await open({ view: 'trust', state, host: fakeHost(sampleTrust).host });
  await expect(page.getByText('print("done")')).toBeHidden();
  await page.getByRole('checkbox', { name: 'Show fresh cells' }).click();
  await expect(page.getByText('print("done")')).toBeVisible();
});

test('follows the notebook while it is shown', async ({ page, open }) => {
  let current = sampleTrust();
  const told = await open<TrustHost, TrustPage>({
    ...{ view: 'trust', state, host: fakeHost(() => current).host },
  });
  await expect(page.getByText('No', { exact: true })).toBeVisible();
  const { report: _, ...closed } = current;
  current = closed;
  told.trustChanged();
  await expect(page.getByRole('heading')).toHaveText('explore.ipynb is not open');
  await expect(page.getByRole('button', { name: 'Open the Notebook' })).toBeVisible();
});

test('runs nothing that a notebook contains', async ({ page, open }) => {
  const text = hostileTexts.join(' ');
  await open({
    ...{ view: 'trust', state },
    host: fakeHost(() => ({ ...sampleTrust(text), name: text })).host,
  });
  const first = hostileTexts[0] ?? '';
  await expect(page.getByRole('list', { name: 'Cells' })).toContainText(first);
  await expect(page.getByRole('heading')).toContainText(first);
});
