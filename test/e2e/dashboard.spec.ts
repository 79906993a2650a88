import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { TerminalPanel } from '../../tools/vscodeHost/terminalPanel';
import { createVsCodeTest } from '../support/vscodeFixture';
import { KeyboardUser } from './dashboard/keyboardUser';
import {
  changedLine,
  type RecordedRun,
  recordWeeksOfRuns,
  runCount,
  weeksOfRuns,
} from './dashboard/weeksOfRuns';

const runs = weeksOfRuns(Date.now());
const liveRuns = 2;

const test = createVsCodeTest({ prepare: (dir) => recordWeeksOfRuns(dir, runs) });

/** What the search below asks for, best first, without the search. */
function wanted(): readonly RecordedRun[] {
  const monday = new Date();
  monday.setHours(0, 0, 0, 0);
  monday.setDate(monday.getDate() - ((monday.getDay() + 6) % 7));
  const toMs = monday.getTime();
  monday.setDate(monday.getDate() - 7);
  const fromMs = monday.getTime();
  return runs
    .filter(({ startedAtMs, lr }) => startedAtMs >= fromMs && startedAtMs < toMs && lr < 0.01)
    .toSorted((one, other) => other.bestAccuracy - one.bestAccuracy);
}

// By keyboard alone: nothing here may use the mouse.
test('finds the best run of last week, and what made it better', async ({
  workbench,
  rpc,
  workspaceDir,
}) => {
  const user = new KeyboardUser(workbench.page);
  const terminal = new TerminalPanel(workbench.page, rpc, (title) => user.palette(title));
  const found = wanted();
  expect(found.length).toBeGreaterThan(5);
  // Who looks at the last value finds another.
  const [best, ...others] = found;
  expect(Math.max(...others.map((run) => run.lastAccuracy))).toBeGreaterThan(
    best?.lastAccuracy ?? 1,
  );

  // Some more, recorded as they run.
  await terminal.open();
  for (let seed = 1; seed <= liveRuns; seed += 1) {
    await terminal.run(`.venv/bin/python train.py --lr 0.02 --epochs 2 --augment 1 --seed ${seed}`);
  }

  await user.palette('Epochlog: Show Run Table');
  const table = await workbench.webview('runTable');
  const search = table.getByLabel('Search runs');
  const grid = table.getByRole('grid');
  const rows = table.locator('.rows [role=row]');
  await expect(grid).toHaveAttribute('aria-rowcount', String(1 + runCount + liveRuns));

  // The baseline.
  await user.tabTo(search);
  await user.replaceWith('name = "baseline"');
  await user.keys.press('Escape');
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await user.tabTo(grid);
  await user.keys.press('ArrowDown');
  await user.keys.press('b');
  await expect(table.getByText('Baseline: baseline')).toBeVisible();

  // The best run of last week with a small learning rate.
  await user.tabTo(search, 'Shift+Tab');
  await user.replaceWith("params.lr < 0.01 AND started = 'last week'");
  await user.keys.press('Escape');
  await expect(grid).toHaveAttribute('aria-rowcount', String(1 + found.length));
  const column = table.getByRole('columnheader', { name: /val_acc/ });
  await user.tabTo(grid);
  await user.keys.press('Tab');
  await user.tabTo(column.getByRole('button'), 'ArrowRight');
  await user.keys.press('Shift+F10');
  await user.choose(table.getByRole('menuitemcheckbox', { name: 'Best' }));
  await expect(column).toContainText('best');
  await user.tabTo(column.getByRole('button'));
  await user.keys.press('Enter');
  await expect(column).toHaveAttribute('aria-sort', 'descending');
  await expect(rows.first()).toContainText(String(best?.bestAccuracy));

  // What changed?
  await user.tabTo(grid, 'Shift+Tab');
  await user.keys.press('Home');
  await user.keys.press('Shift+F10');
  await user.choose(table.getByRole('menuitem', { name: 'Compare with Baseline' }));
  const comparison = await workbench.webview('compare');
  const changed = comparison.getByText(changedLine.after, { exact: false }).first();
  await expect(changed).toBeVisible();
  await expect(comparison.getByText(changedLine.before, { exact: false }).first()).toBeVisible();

  // And the table for others.
  await user.palette('Epochlog: Show Run Table');
  const again = await workbench.webview('runTable');
  await user.tabTo(again.getByRole('button', { name: /Export/ }));
  await user.keys.press('Enter');
  await user.choose(again.getByRole('menuitem', { name: /^Save Runs as CSV/ }));
  const path = workbench.page.locator('.quick-input-widget:visible input[type=text]').first();
  await path.waitFor();
  const file = join(workspaceDir, 'last-week.csv');
  await user.replaceWith(file);
  await user.keys.press('Enter');
  await expect.poll(() => readRows(file), { timeout: 12_000 }).toHaveLength(found.length);
  const exported = readRows(file);
  expect(exported.map((row) => Number(cellOf(row, /(^|\.)lr$/)))).toEqual(
    found.map(({ lr }) => lr),
  );
  expect(exported.map((row) => Number(cellOf(row, /^best\(metrics\.val_acc\)$/)))).toEqual(
    found.map(({ bestAccuracy }) => bestAccuracy),
  );
});

test('opens a walkthrough that knows of runs from before', async ({ workbench }) => {
  await workbench.command('Epochlog: Open Walkthrough');
  const first = workbench.page.locator('.getting-started-step').first();
  await expect(first).toContainText('Train as you always do');
  await expect(first.locator('.codicon.complete')).not.toHaveCount(0);
});

type Row = Readonly<Record<string, string>>;

/** The rows of a CSV file without quoted line ends, by the names of its head; none if it is not there. */
function readRows(file: string): readonly Row[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  const [head = [], ...lines] = text.trim().split(/\r?\n/).map(cellsOf);
  return lines.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ''])));
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .map(([, cell = '']) => cell.replace(/^"|"$/g, '').replaceAll('""', '"'))
    .slice(0, -1);
}

function cellOf(row: Row, name: RegExp): string | undefined {
  const key = Object.keys(row).find((each) => name.test(each));
  return key === undefined ? undefined : row[key];
}
