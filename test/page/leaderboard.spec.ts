import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { ViewId } from '../../src/core/view/savedView';
import type { LeaderboardHost, LeaderboardPage } from '../../src/protocol/leaderboardPage';
import { hostileTexts } from './support/hostileTexts';
import { createFakeHost, test } from './support/pageTest';
import { boardHost, boardRuns, boardState, shownBoard } from './support/sampleBoard';
import { sampleVocabulary } from './support/sampleVocabulary';
import { type ThemeName, themes } from './support/themes';

const fakeHost = (...args: Parameters<typeof boardHost>) =>
  createFakeHost<LeaderboardHost>(boardHost(...args));
const table = (page: Page) => page.getByRole('table', { name: 'Leaderboard' });
const rows = (page: Page) => table(page).getByRole('row');
const summary = (page: Page) => page.getByRole('main').getByRole('status');
const leftOut = (page: Page) => page.getByRole('region', { name: 'Left out' });

test('ranks configurations with mean, deviation and count, on one data set', async ({
  page,
  open,
}) => {
  await open({ view: 'leaderboard', state: boardState, host: fakeHost().host });
  await expect(summary(page)).toContainText(
    /^14 configurations of \d+ runs · on test\.csv, train\.csv|^14 configurations of \d+ runs · on train\.csv, test\.csv \(a1b2c3d4\)/,
  );
  await expect(rows(page).nth(1)).toContainText(/1.*train\.py.*width=\d+.*0\.9\d+ ±\s0\.\d+/);
  // The seed counts for no configuration, and what all have alike is not repeated.
  await expect(rows(page).nth(1)).not.toContainText('seed=');
  await expect(rows(page).nth(1)).not.toContainText('epochs=');
  await expect(table(page).getByText('≈ first').first()).toBeVisible();
  await expect(rows(page).nth(1)).toContainText(/\$ \d/);
});

test('says which runs were left out and why, and opens them', async ({ page, open }) => {
  const { host, calls } = fakeHost();
  await open({ view: 'leaderboard', state: boardState, host });
  await expect(leftOut(page)).toContainText('5 runs read other data');
  await expect(leftOut(page)).toContainText('3 runs failed');
  await expect(leftOut(page)).toContainText(/\d runs? are still running/);
  await expect(leftOut(page)).toContainText('no known data: no file that they read was seen');
  await leftOut(page)
    .getByRole('button', { name: /failed/ })
    .click();
  await leftOut(page)
    .getByRole('button', { name: /^train\.py/ })
    .first()
    .click();
  await expect.poll(() => calls).toEqual([['openRun', 'run-11']]);
});

test('ranks by another metric, figure, direction and target, kept over a reload', async ({
  page,
  open,
}) => {
  const { host } = fakeHost();
  await open({ view: 'leaderboard', state: boardState, host });
  await page.getByRole('combobox', { name: 'Metric' }).selectOption('loss');
  await expect(rows(page).nth(0)).toContainText('loss');
  await expect(page.getByRole('combobox', { name: 'Better' })).toHaveValue('lower');
  await page.getByRole('combobox', { name: 'By' }).selectOption('mean of the last');
  await page.getByRole('textbox', { name: 'How many of the last values' }).fill('3');
  await page.getByRole('combobox', { name: 'By' }).selectOption('last value');
  await page.getByRole('textbox', { name: 'Target' }).fill('0.2');
  await expect(rows(page).nth(1)).toContainText('reached');
  await expect(rows(page).nth(1)).toContainText('1 min 35 s · $ 0.06');
  await expect(rows(page).last()).toContainText(/0\.\d+ short/);
  await page.getByRole('textbox', { name: 'Target' }).fill('much');
  await expect(page.getByRole('textbox', { name: 'Target' })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await page.reload();
  await expect(rows(page).nth(1)).toContainText('reached');
  const kept = await page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}'));
  expect(kept).toMatchObject({ metric: 'loss', figure: 'last', figureNumber: 3, target: 0.2 });
});

test('lets the user say which params repeat a run, and which data is ranked', async ({
  page,
  open,
}) => {
  await open({ view: 'leaderboard', state: boardState, host: fakeHost().host });
  await page.getByRole('button', { name: 'Configuration: all params but seed' }).click();
  await page.getByRole('checkbox', { name: 'seed', exact: true }).click();
  await expect(summary(page)).toContainText(/^\d\d configurations of/);
  await page.getByRole('checkbox', { name: 'width', exact: true }).click();
  await page.getByRole('checkbox', { name: 'seed', exact: true }).click();
  await expect(page.getByRole('button', { name: /all params but width, seed/ })).toBeVisible();
  await page.getByRole('combobox', { name: 'Data' }).selectOption({ index: 1 });
  await expect(summary(page)).toContainText('on train_v2.csv (ffff0000)');
  await page.getByRole('checkbox', { name: 'Also runs whose data is not known' }).click();
  await expect(page.getByText(/with data that nobody knows (is|are) ranked too/)).toBeVisible();
  await expect(table(page).getByText('data not known').first()).toBeVisible();
});

test('opens the runs of a row, compares the top two, charts and exports', async ({
  page,
  open,
}) => {
  const { host, calls } = fakeHost();
  await open({ view: 'leaderboard', state: boardState, host });
  await table(page).getByRole('button', { name: 'train.py' }).first().click();
  const runs = page.getByRole('list', { name: 'Runs of rank 1' });
  await expect(runs.getByRole('listitem').first()).toContainText(/seed=\d.*\$ 0\.\d+/);
  await runs.getByRole('button').first().click();
  await page.getByRole('button', { name: 'Compare Top Two' }).click();
  await page.getByRole('button', { name: 'Charts of Top Five' }).click();
  await page.getByRole('checkbox', { name: /^Select rank 1,/ }).check();
  await page.getByRole('button', { name: 'Charts of 1' }).click();
  await expect
    .poll(() => calls.map(([name]) => name))
    .toEqual([...['openRun', 'compareRuns', 'showCharts', 'showCharts']]);
  const best = calls[0]?.[1];
  // The best is held against the next, so that one sees what was changed to get there.
  expect(calls[1]?.[1]).toEqual([expect.stringMatching(/^run-/), best]);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Copy as CSV' }).click();
  await expect.poll(() => calls.at(-1)?.[0]).toBe('copy');
  expect(calls.at(-1)?.[1]).toMatch(/^rank,script,.*params\.width.*\r\n1,train\.py,/);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Save as Markdown…' }).click();
  await expect.poll(() => calls.at(-1)?.slice(0, 2)).toEqual(['saveFile', 'leaderboard.md']);
  expect(calls.at(-1)?.[2]).toContain('Left out:');
});

test('ranks only what a search finds, and keeps what is shown while it has an error', async ({
  page,
  open,
}) => {
  const searches: string[] = [];
  const runs = boardRuns(12);
  const { host } = fakeHost(runs, {
    readBoard: async (query) => {
      searches.push(query.search);
      const found = query.search === '' ? runs : runs.slice(0, 3);
      return { ...shownBoard(found, query), runCount: 12 };
    },
  });
  await open({ view: 'leaderboard', state: boardState, host });
  const box = page.getByRole('combobox', { name: 'Rank only runs that' });
  await box.fill('params.lr < 0.01');
  await expect(summary(page)).toContainText('the search finds 3 of 12 runs');
  await box.fill('params.lr <');
  await expect(summary(page)).toContainText('the search finds 3 of 12 runs');
  expect(searches.filter((search) => search.endsWith('<'))).toEqual([]);
  // The text with an error is kept, to be mended: until then all runs are ranked.
  await page.reload();
  await expect(box).toHaveValue('params.lr <');
  await expect(summary(page)).not.toContainText('the search finds');
  await box.fill('params.lr < 0.02');
  await expect(summary(page)).toContainText('the search finds 3 of 12 runs');
});

test('saves what is shown as a view, and opens one whatever it holds', async ({ page, open }) => {
  const saved: string[] = [];
  const view = { id: 'view-1' as ViewId, name: 'Small steps' };
  const { host } = fakeHost(undefined, {
    readViews: async () => [view],
    readView: async () => ({
      ...view,
      state: JSON.stringify({ metric: 'loss', figure: 'nonsense', target: 'x', isByCode: true }),
    }),
    saveViewAs: async (state) => {
      saved.push(state);
      return view;
    },
  });
  await open({ view: 'leaderboard', state: { ...boardState, target: 0.95 }, host });
  await expect(rows(page).nth(0)).toContainText('Target 0.95');
  await page.getByRole('button', { name: /views/i }).click();
  await page.getByRole('button', { name: /^Save/ }).first().click();
  await expect.poll(() => saved.map((state) => JSON.parse(state).target)).toEqual([0.95]);
  const menu = page.getByRole('dialog', { name: 'Saved views' });
  await menu.getByRole('button', { name: 'Small steps', exact: true }).click();
  await expect(rows(page).nth(0)).toContainText('loss');
  await expect(rows(page).nth(0)).not.toContainText('Target');
  await expect(page.getByRole('combobox', { name: 'By' })).toHaveValue('best');
});

test('follows new results', async ({ page, open }) => {
  let runs = boardRuns(6);
  const { host } = fakeHost([], { readBoard: async (query) => shownBoard(runs, query) });
  const told = await open<LeaderboardHost, LeaderboardPage>({
    view: 'leaderboard',
    state: boardState,
    host,
  });
  await expect(summary(page)).toContainText('2 configurations of 6 runs');
  runs = boardRuns(9);
  told.boardChanged();
  await expect(summary(page)).toContainText('3 configurations');
});

test('says what to do where there is nothing to rank, and where a call fails', async ({
  page,
  open,
}) => {
  let answer: () => Promise<ReturnType<typeof shownBoard>> = async () => shownBoard([], boardState);
  const { host } = fakeHost([], { readBoard: async () => answer() });
  const told = await open<LeaderboardHost, LeaderboardPage>({
    view: 'leaderboard',
    state: boardState,
    host,
  });
  await expect(page.getByRole('heading', { name: 'No runs to rank yet' })).toBeVisible();
  const failed = boardRuns(3).map((run) => ({ ...run, status: 'failed' as const }));
  answer = async () => shownBoard(failed, boardState);
  told.boardChanged();
  await expect(page.getByText('Below it says why each is left out.')).toBeVisible();
  answer = async () => {
    throw new Error('The search cannot be read: Write a number here.');
  };
  told.boardChanged();
  await expect(page.getByRole('alert').filter({ hasText: 'Write a number here.' })).toBeVisible();
});

test('shows hostile texts as text', async ({ page, open }) => {
  const runs = hostileTexts.map((text, index) => ({
    ...boardRuns(index + 1)[index],
    ...{ name: text, status: 'finished' as const },
    source: { kind: 'terminal' as const, commandLine: text, script: text },
    params: [{ key: text, value: text, origin: 'argv' as const }],
  }));
  await open({
    view: 'leaderboard',
    state: boardState,
    host: createFakeHost<object>({
      // SAFETY: each has all fields of a run.
      readBoard: async () => shownBoard(runs as ReturnType<typeof boardRuns>, boardState),
      readVocabulary: async () => sampleVocabulary,
    }).host,
  });
  await table(page).getByRole('button').first().click();
  await expect(table(page)).toContainText('<script>alert(2)</script>');
  expect(await page.locator('#root :is(script, iframe, img, a)').count()).toBe(0);
});

test('fits a narrow panel', async ({ page, open }) => {
  await page.setViewportSize({ width: 300, height: 800 });
  await open({ view: 'leaderboard', state: boardState, host: fakeHost().host });
  await table(page).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(300);
  const hiddenPx = await page
    .locator('.table-frame')
    .evaluate((frame) => frame.scrollWidth - frame.clientWidth);
  expect(hiddenPx).toBe(0);
});

// SAFETY: the keys of the record are the names of the themes.
for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`has nothing that axe objects to in ${theme}`, async ({ page, open }) => {
    await open({
      ...{ view: 'leaderboard', theme, host: fakeHost().host },
      state: { ...boardState, target: 0.95, withUnknownData: true },
    });
    await table(page).getByRole('button').first().click();
    await page.getByRole('button', { name: /^Configuration/ }).click();
    await leftOut(page).getByRole('button').first().click();
    const { violations } = await new AxeBuilder({ page })
      .disableRules(['document-title', 'landmark-one-main', 'page-has-heading-one', 'region'])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  });
}
