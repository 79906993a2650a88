import { expect, type Page } from '@playwright/test';
import type { TimelineHost, TimelinePage } from '../../src/protocol/timelinePage';
import { hostileTexts } from './support/hostileTexts';
import { createFakeHost, test } from './support/pageTest';
import { foundPart, timelineHost } from './support/sampleTimeline';

const view = 'timeline';
const query = { text: '', matchCase: false, wholeWord: false, isRegex: false };
const state = {
  mode: 'checkpoints',
  filter: { starred: false, withRuns: false, text: '' },
  query,
};
const list = (page: Page) => page.getByRole('listbox', { name: 'Checkpoints, newest first' });

test('shows checkpoints by day with what changed, their runs and notes', async ({ page, open }) => {
  await open({ view, state, host: createFakeHost<TimelineHost>(timelineHost(8)).host });
  await expect(list(page).getByRole('option').first()).toHaveText('Today 8');
  const first = list(page).getByRole('option').nth(1);
  await expect(first).toContainText('Starred. Saved');
  await expect(first).toContainText('val_acc 0.97 ▲ +0.01 better');
  await expect(first).toContainText('2 cells changed · #baseline');
  await expect(list(page).getByTitle(/^An output of 3 MB was dropped/)).toContainText('3 cells');
  await expect(list(page).getByRole('option').nth(3)).toContainText('12 small saves since');
});

test('is filtered, and says so when nothing is left', async ({ page, open }) => {
  const requests: unknown[] = [];
  const sample = timelineHost(8);
  const { host } = createFakeHost<TimelineHost>({
    ...sample,
    readLineCount: async ({ filter }) => {
      requests.push(filter);
      return filter.text === 'none' ? 0 : 9;
    },
  });
  await open({ view, state, host });
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('Imported from git');
  await page.getByRole('checkbox', { name: 'With runs' }).click();
  await expect
    .poll(() => requests.at(-1))
    .toEqual({ starred: false, withRuns: true, text: '', kind: 'git' });
  await page.getByRole('textbox', { name: 'Filter' }).fill('none');
  await expect(page.getByText('No checkpoint is like that.')).toBeVisible();
});

test('is worked with by keys: diff, two against each other, star, tag, note', async ({
  page,
  open,
}) => {
  const { host, calls } = createFakeHost<TimelineHost>(timelineHost(8));
  await open({ view, state, host });
  await expect(list(page).getByRole('option')).toHaveCount(9);
  await list(page).focus();
  for (const key of ['Enter', 's', 't', 'n', ' ', 'ArrowDown', ' ', 'Enter'])
    await page.keyboard.press(key);
  await expect
    .poll(() => calls)
    .toEqual([
      ['openDiff', 'checkpoint-1'],
      ['toggleStar', ['checkpoint-1']],
      ['editTags', ['checkpoint-1']],
      ['editNote', 'checkpoint-1'],
      ['diffTwo', 'checkpoint-1', 'checkpoint-2'],
    ]);
});

test('stays quick with ten thousand checkpoints', async ({ page, open }) => {
  await open({ view, state, host: createFakeHost<TimelineHost>(timelineHost(10_000)).host });
  await expect(list(page).getByRole('option').first()).toBeVisible();
  expect(await list(page).getByRole('option').count()).toBeLessThan(80);
  await list(page).focus();
  await page.keyboard.press('End');
  await expect(page.getByText('10001 cells changed')).toBeInViewport();
});

test('says that nothing is kept yet, and where to learn more', async ({ page, open }) => {
  const { host, calls } = createFakeHost<TimelineHost>({
    ...timelineHost(0),
    openWalkthrough: async () => {},
  });
  await open({ view, state, host });
  await expect(page.getByRole('heading', { name: 'No checkpoints are kept yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Open Walkthrough' }).click();
  expect(calls.at(-1)).toEqual(['openWalkthrough']);
});

test('finds sources as they come, and opens the history of a cell', async ({ page, open }) => {
  const { host, calls } = createFakeHost<TimelineHost>({
    ...timelineHost(8),
    search: async (id): Promise<void> => {
      told.found(id, foundPart('a.ipynb', 'dropout=0.3'));
      told.found(id - 1, foundPart('of an older search.ipynb', 'dropout'));
    },
  });
  const told = await open<TimelineHost, TimelinePage>({
    ...{ view, host },
    state: { ...state, mode: 'search' },
  });
  await page.getByRole('textbox', { name: 'Search in all sources' }).fill('dropout');
  await expect(page.getByRole('status')).toHaveText('1 version of a cell');
  const hit = page.getByRole('region', { name: 'a.ipynb' }).getByRole('button');
  await expect(hit).toContainText('Not there any more');
  await expect(hit.locator('mark')).toHaveText('dropout');
  await hit.click();
  await expect.poll(() => calls.at(-1)).toEqual(['showCell', 12]);
});

test('says what is wrong with an expression', async ({ page, open }) => {
  const { host } = createFakeHost<TimelineHost>({
    ...timelineHost(8),
    search: async () => {
      throw new Error('This is no regular expression: missing closing )');
    },
  });
  await open({ view, host, state: { ...state, mode: 'search', query: { ...query, text: '(' } } });
  await expect(page.getByRole('status')).toHaveText(/missing closing/);
});

test('renders nothing of the record live', async ({ page, open }) => {
  const text = hostileTexts.join(' ');
  const { host } = createFakeHost<TimelineHost>({
    ...timelineHost(8, text),
    search: async (id): Promise<void> => told.found(id, foundPart(text, text)),
  });
  const told = await open<TimelineHost, TimelinePage>({
    ...{ view, host },
    state: { ...state, query: { ...query, text: 'x' } },
  });
  await expect(list(page).getByRole('option').nth(1)).toContainText('onerror');
  await page.getByRole('radio', { name: 'Search in Sources' }).click();
  await expect(page.locator('.hit')).toContainText('onerror');
  await expect(page.locator('#root :is(script, iframe, img, object, embed, a)')).toHaveCount(0);
});
