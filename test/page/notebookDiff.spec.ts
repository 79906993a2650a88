import { expect, type Page } from '@playwright/test';
import type { Notebook } from '../../src/core/notebook/notebook';
import type {
  NotebookDiffData,
  NotebookDiffHost,
  NotebookDiffPage,
} from '../../src/protocol/notebookDiffPage';
import { createFakeHost, test } from './support/pageTest';
import {
  diffHost,
  diffState,
  longNotebooks,
  recordedDiff,
  recordedNotebook,
  toCell,
  toNotebook,
} from './support/sampleDiff';

const view = 'notebookDiff';
const state = diffState;
const cell = (page: Page, name: RegExp | string) => page.getByRole('region', { name, exact: true });

test('says what changed and sets the cells side by side', async ({ page, open }) => {
  await open({ view, state, host: recordedDiff().host });
  await expect(page.getByRole('button', { name: 'Old: Saved today at 09:12' })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText(
    '4 cells changed, 1 added, 1 removed, 3 outputs differ',
  );
  await expect(page.locator('.kind').first()).toHaveText('Changed');
  await expect(cell(page, 'Removed: old cell 4')).toBeVisible();
  const training = cell(page, /cell 5 → 4/).getByRole('table', { name: 'Source' });
  await expect(training.locator('.line').first()).toHaveText('alpha = 1e-4');
  await expect(training.locator('.line').nth(1)).toHaveText('alpha = 3e-3');
  await expect(training.locator('.removed .part').first()).toHaveText('1e');
  await expect(training.locator('.token-string').first()).toHaveText('"log_loss"');
  await expect(training).toContainText('4 unchanged lines');
  await training.getByRole('button', { name: /4 unchanged lines/ }).click();
  await expect(training).toContainText('history.append(accuracy)');
});

test('tells the figures of both sides, better or worse in words too', async ({ page, open }) => {
  const metrics: NotebookDiffData['metrics'] = [
    { key: 'val_acc', old: 0.91, new: 0.93, verdict: 'better' },
    { key: 'loss', old: 0.2, new: 0.25, verdict: 'worse' },
    { key: 'k', old: 3, new: 4 },
  ];
  await open({ view, state, host: recordedDiff({ metrics }).host });
  await expect(page.locator('.metric')).toHaveText([
    'val_acc 0.91 → 0.93 (+0.02, better)',
    'loss 0.2 → 0.25 (+0.05, worse)',
    'k 3 → 4 (+1)',
  ]);
});

test('shows both sides in one column on demand, and where there is no room for two', async ({
  page,
  open,
}) => {
  await open({ view, state, host: recordedDiff().host });
  const lines = cell(page, /cell 5 → 4/)
    .getByRole('table', { name: 'Source' })
    .locator('.line');
  await expect(lines).toHaveCount(10);
  await page.keyboard.press('i');
  await expect(lines).toHaveText([
    /^alpha = 1e-4/,
    /^epochs = 8/,
    /^alpha = 3e-3/,
    /^epochs = 12/,
    /SGD/,
    /history/,
    /for epoch/,
  ]);
  await expect(lines.nth(2).locator('.part').first()).toHaveText('3e');
  await page.reload();
  await expect(lines).toHaveCount(7);
  await page.keyboard.press('i');
  await expect(lines).toHaveCount(10);
  await page.setViewportSize({ width: 520, height: 800 });
  await expect(lines).toHaveCount(7);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(520);
});

test('folds unchanged cells, opens some of them, and shows all', async ({ page, open }) => {
  const notebooks = longNotebooks(60);
  await open({ view, state, host: diffHost(() => notebooks).host });
  await page.getByRole('button', { name: '↑ 3 more above' }).first().click();
  await expect(page.locator('.kind', { hasText: 'Same' })).toHaveCount(3);
  await expect(cell(page, 'Same: cell 50')).toBeVisible();
  await page.getByRole('button', { name: '9 unchanged cells' }).click();
  await expect(cell(page, 'Same: cell 52')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Hide unchanged' }).click();
  await expect(page.getByRole('button', { name: /unchanged cell/ })).toHaveCount(0);
  await page.locator('main').evaluate((main) => main.scrollTo(0, 0));
  await expect(cell(page, 'Same: cell 1')).toBeVisible();
  await page.reload();
  await expect(cell(page, 'Same: cell 1')).toBeVisible();
});

test('shows lines far from a change on demand, all or some', async ({ page, open }) => {
  const lines = Array.from({ length: 100 }, (_, i) => `x${i} = ${i}`);
  const [old, fresh] = [lines, lines.with(50, 'x50 = "new"')].map((each) =>
    toNotebook([toCell('a', each.join('\n'))]),
  );
  if (!old || !fresh) throw new Error('two notebooks');
  await open({ view, state, host: diffHost(() => [old, fresh]).host });
  const source = page.getByRole('table', { name: 'Source' });
  await expect(source.locator('.line')).toHaveCount(14);
  await source.getByRole('button', { name: '↑ 10 more above' }).click();
  await expect(source.locator('.line')).toHaveCount(34);
  await source.getByRole('button', { name: '46 unchanged lines' }).click();
  await expect(source).toContainText('x99 = 99');
});

test('shows only sources, only outputs, and noise', async ({ page, open }) => {
  await open({ view, state, host: recordedDiff().host });
  const training = cell(page, /cell 5 → 4/);
  await expect(training).toContainText('Output 1');
  await page.getByRole('combobox', { name: 'What is shown' }).selectOption('Only sources');
  await expect(training).not.toContainText('Output 1');
  await expect(training.getByRole('table', { name: 'Source' })).toBeVisible();
  await page.getByRole('combobox').evaluate((element: HTMLElement) => element.blur());
  await page.keyboard.press('o');
  await expect(training).toContainText('Output 1');
  await expect(training.getByRole('table', { name: 'Source' })).toHaveCount(0);
  await page.keyboard.press('o');
  await expect(training.getByRole('table', { name: 'Source' })).toBeVisible();

  await expect(page.locator('.metadata')).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Show noise' }).click();
  await expect(cell(page, 'Same but for noise: cell 2').locator('.metadata')).toContainText(
    'id"old-1" → "new-1"',
  );
});

test('goes from change to change by button and by key', async ({ page, open }) => {
  await open({ view, state, host: recordedDiff().host });
  const current = page.locator('.cell.current');
  await page.getByRole('button', { name: 'Next Change' }).click();
  await expect(current).toHaveAccessibleName('Changed: cell 1');
  for (const key of ['n', 'F7', 'Alt+F5']) await page.keyboard.press(key);
  await expect(current).toHaveAccessibleName(/cell 6 → 5/);
  await expect(page.locator('.change-count')).toHaveText('4 of 6');
  await page.keyboard.press('Shift+F7');
  await page.keyboard.press('p');
  await expect(current).toHaveAccessibleName('Removed: old cell 4');
  await expect(current).toBeInViewport();
  await expect(current).toBeFocused();
  await page.getByRole('button', { name: 'Previous Change' }).click();
  await page.getByRole('button', { name: 'Previous Change' }).click();
  await expect(current).toHaveAccessibleName('Added: cell 8');
  await expect(current).toBeInViewport();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await expect(help).toContainText('Next change');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
});

test('leads from a moved cell to its old place and back', async ({ page, open }) => {
  const cells = Array.from({ length: 40 }, (_, i) =>
    toCell(`c${i}`, `step_${i} = run(${i}, "part ${i}")`),
  );
  const [first, ...rest] = cells;
  if (!first) throw new Error('forty cells');
  const notebooks = [toNotebook(cells), toNotebook([...rest, first])] as const;
  await open({
    view,
    state: { ...state, hideUnchanged: false },
    host: diffHost(() => notebooks).host,
  });
  const ghost = page.locator('.ghost');
  await expect(ghost).toContainText('Old cell 1 moved to 40');
  await ghost.getByRole('button', { name: 'Go to new place' }).click();
  const moved = cell(page, 'Moved from 1: cell 1 → 40');
  await expect(moved).toBeInViewport();
  await moved.getByRole('button', { name: 'Go to old place' }).click();
  await expect(ghost).toBeInViewport();
});

test('asks for other sides, swaps them, opens VS Code’s diff and restores', async ({
  page,
  open,
}) => {
  const oldSide = { kind: 'checkpoint', checkpointId: 'c1' as never } as const;
  const { host, calls } = recordedDiff({ oldSide });
  await open({ view, state, host });
  await page.getByRole('button', { name: 'Old: Saved today' }).click();
  await page.getByRole('button', { name: 'New: Current' }).click();
  await page.keyboard.press('s');
  await page.getByRole('button', { name: "Open in VS Code's Diff" }).click();
  await page.getByRole('button', { name: 'Restore Old Version' }).click();
  await expect
    .poll(() => calls)
    .toEqual([
      ['pickSide', 'old'],
      ['pickSide', 'new'],
      ['swapSides'],
      ['openInVsCodeDiff'],
      ['restoreOld'],
    ]);
});

test('brings one hunk, one cell or all into the notebook', async ({ page, open }) => {
  const { host, calls } = recordedDiff();
  await open({ view, state, host });
  const training = cell(page, /cell 5 → 4/);
  await training
    .getByRole('button', { name: 'Take change 1 of this cell from the old side' })
    .click();
  await cell(page, 'Removed: old cell 4')
    .getByRole('button', { name: 'Bring back: old cell 4' })
    .click();
  await page.keyboard.press('n');
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Revert All' }).click();
  const [first] = calls;
  const diffId = first?.[1];
  await expect
    .poll(() => calls)
    .toEqual([
      ['apply', diffId, { what: 'hunk', row: 4, hunk: 0 }],
      ['apply', diffId, { what: 'cell', row: 3 }],
      ['apply', diffId, { what: 'cell', row: 4 }],
      ['apply', diffId, { what: 'all' }],
    ]);
});

test('says why nothing can be brought into a notebook', async ({ page, open }) => {
  const reason = 'Changes can be applied where one side is the current notebook.';
  const { host, calls } = recordedDiff({ target: { reason, canOpen: false } });
  await open({ view, state, host });
  await expect(page.getByText(reason)).toBeVisible();
  await page.keyboard.press('n');
  await page.keyboard.press('a');
  await expect(page.getByRole('button', { name: /Revert|Bring back|Take/ })).toHaveCount(0);
  expect(calls).toEqual([]);
});

test('offers to open a notebook that is not open', async ({ page, open }) => {
  const { host, calls } = recordedDiff({ target: { reason: 'Open it.', canOpen: true } });
  await open({ view, state, host });
  await page.getByRole('button', { name: 'Open Notebook to Apply' }).click();
  await expect.poll(() => calls).toEqual([['openNotebook']]);
});

test('follows the notebook, and keeps the place', async ({ page, open }) => {
  const [old, fresh] = longNotebooks(300);
  let now: Notebook = fresh;
  const told = await open<NotebookDiffHost, NotebookDiffPage>({
    view,
    state,
    host: diffHost(() => [old, now]).host,
  });
  await expect(page.getByRole('status')).toContainText('3 cells changed');
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('F7');
  const second = cell(page, 'Changed: cell 151');
  await expect(second.getByRole('table', { name: 'Source' })).toContainText('steps=5');
  const before = await second.boundingBox();
  now = toNotebook(fresh.cells.map((each, at) => (at === 50 ? (old.cells[50] ?? each) : each)));
  told.diffChanged();
  await expect(page.getByRole('status')).toContainText('2 cells changed');
  const after = await second.boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 1e9))).toBeLessThan(40);
  now = old;
  told.diffChanged();
  await expect(page.getByRole('status')).toHaveText('No changes');
  await expect(page.getByRole('button', { name: '300 unchanged cells' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Next Change' })).toBeDisabled();
});

test('asks for the diff again where the host keeps it no more', async ({ page, open }) => {
  let reads = 0;
  const { host } = diffHost(
    () => {
      reads += 1;
      return [recordedNotebook('old'), recordedNotebook('new')];
    },
    {},
    {},
  );
  const readCells = host.readCells.bind(host);
  const forgetful: NotebookDiffHost = new Proxy(host, {
    get: (target, name) =>
      name === 'readCells'
        ? (id: number, rows: readonly number[]) => (reads < 2 ? undefined : readCells(id, rows))
        : Reflect.get(target, name),
  });
  await open({ view, state, host: forgetful });
  await expect(page.getByRole('table', { name: 'Source' }).first()).toBeVisible();
  expect(reads).toBe(2);
});

test('shows both files as text where one is no notebook', async ({ page, open }) => {
  const { host, calls } = diffHost(() => [
    Buffer.from('{\n "cells": [],\n <<<<<<< HEAD\n "nbformat": 4\n}\n'),
    Buffer.from('{\n "cells": [],\n "nbformat": 4\n}\n'),
  ]);
  await open({ view, state, host });
  await expect(page.getByText(/the old side cannot be shown as a notebook/)).toBeVisible();
  const files = page.getByRole('table', { name: 'Files as text' });
  await expect(files.locator('.removed.line')).toHaveText(' <<<<<<< HEAD');
  await page.getByRole('button', { name: "Open in VS Code's Diff" }).click();
  await expect.poll(() => calls).toEqual([['openInVsCodeDiff']]);
});

test('says why a side cannot be read, and offers another', async ({ page, open }) => {
  const { host, calls } = createFakeHost<NotebookDiffHost>({
    readDiff: async () => {
      throw new Error('digits.ipynb is not there any more.');
    },
  });
  await open({ view, state, host });
  await expect(page.getByRole('alert')).toContainText('is not there any more.');
  await page.getByRole('button', { name: 'Choose Another Version…' }).click();
  await expect.poll(() => calls).toEqual([['pickSide', 'old']]);
});

test('can be stopped while it reads for long', async ({ page, open }) => {
  let stop: (error: Error) => void = () => undefined;
  const { host } = createFakeHost<NotebookDiffHost>({
    readDiff: () =>
      new Promise((_, reject) => {
        stop = reject;
      }),
    cancel: async () => stop(new Error('Reading the notebooks was cancelled.')),
  });
  await open({ view, state, host });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('was cancelled');
});
