import { expect, type Page } from '@playwright/test';
import type { RunPageHost, RunPageState } from '../../src/protocol/runPage';
import { createFakeHost, test } from './support/pageTest';
import { pageData, runPageHost, typicalRun } from './support/sampleRunPage';
import { toRunId } from './support/sampleRuns';

const state: RunPageState = { runId: toRunId(1), section: 'overview', isKept: false };
const tab = (page: Page, name: string) => page.getByRole('tab', { name });

function fakeHost(data = pageData(typicalRun()), more: Partial<RunPageHost> = {}) {
  return createFakeHost<RunPageHost>({
    ...runPageHost(data),
    editRun: async () => {},
    act: async () => {},
    copy: async () => {},
    showRun: async () => {},
    ...more,
  });
}

test('a run is told at a glance', async ({ page, open }) => {
  await open({ view: 'runPage', state, host: fakeHost().host });
  const summary = page.getByRole('region', { name: 'Summary' });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('train.py · lr=0.01');
  await expect(summary.locator('.main-key')).toHaveText('val_acc');
  await expect(summary).toContainText('val_acc 0.91 → 0.93 (+0.02, better) in train.py · lr=0.001');
  await expect(summary).toContainText('python train.py --lr 0.01 --hidden 128');
  const lr = page.getByRole('row', { name: /^lr / });
  await expect(lr).toContainText('0.01');
  await expect(lr).toContainText('command');
  await expect(page.getByRole('region', { name: 'Note' }).getByRole('listitem')).toHaveCount(2);
});

test('the name is edited in its place', async ({ page, open }) => {
  const { host, calls } = fakeHost();
  await open({ view: 'runPage', state, host });
  await page.getByRole('button', { name: /rename/ }).click();
  const field = page.getByRole('textbox', { name: 'Name of the run' });
  await field.fill('halved');
  await field.press('Escape');
  expect(calls.filter(([name]) => name === 'editRun')).toEqual([]);
  await expect(page.getByRole('button', { name: /rename/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await field.fill('halved lr');
  await field.press('Enter');
  await expect
    .poll(() => calls.filter(([name]) => name === 'editRun'))
    .toEqual([['editRun', { field: 'name', value: 'halved lr' }]]);
});

test('sections are reached by keyboard, and kept over a reload', async ({ page, open }) => {
  await open({ view: 'runPage', state, host: fakeHost().host });
  await tab(page, 'Overview').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'Metrics')).toBeFocused();
  await expect(page.getByRole('row', { name: /^val_acc / })).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByText('numpy')).toBeVisible();
  await page.reload();
  await expect(tab(page, 'Environment')).toHaveAttribute('aria-selected', 'true');
});

test('a section that fails says so and leaves the others', async ({ page, open }) => {
  let attempts = 0;
  const { host } = fakeHost(undefined, {
    readFiles: async () => {
      if (attempts++ === 0) throw new Error('disk is gone');
      return [];
    },
  });
  await open({ view: 'runPage', state: { ...state, section: 'files' }, host });
  await expect(page.getByRole('alert').filter({ hasText: 'disk is gone' })).toBeVisible();
  await page.getByRole('button', { name: 'Try Again' }).click();
  await expect(page.getByRole('heading', { name: 'No files' })).toBeVisible();
  await tab(page, 'Code').click();
  await expect(page.getByText('def train')).toBeVisible();
});
