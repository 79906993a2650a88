import { expect, type Page } from '@playwright/test';
import { test } from './support/pageTest';
import { diffHost, diffState, longNotebooks, toCell, toNotebook } from './support/sampleDiff';

const view = 'notebookDiff';
const count = (page: Page) => page.locator('.find-count');

/** Texts that the browser paints as found. */
const marked = (page: Page, name: 'find' | 'find-current') =>
  page.evaluate(
    (key) => [...(CSS.highlights.get(key)?.values() ?? [])].map((range) => String(range)),
    name,
  );

async function find(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('textbox', { name: 'Find in sources and outputs' }).fill(text);
}

test('finds what is not drawn, folded or far away, and goes from match to match', async ({
  page,
  open,
}) => {
  const notebooks = longNotebooks(1000, (i) => `score ${i}${i === 777 ? ' NEEDLE' : ''}\n`);
  await open({ view, state: diffState, host: diffHost(() => notebooks).host });
  await expect(page.getByRole('status')).toContainText('10 cells changed');
  await find(page, 'needle');
  await expect(count(page)).toHaveText('1 of 1');
  await expect(page.getByText('score 777 NEEDLE').first()).toBeInViewport();
  expect(await marked(page, 'find-current')).toEqual(['NEEDLE']);

  await page.getByRole('textbox').fill('x_5');
  // In both lines of cells 5, 50–59 and 500–599; the changed ones have an old and a new second line.
  await expect(count(page)).toHaveText(/^1 of 2\d\d$/);
  const all = Number((await count(page).textContent())?.split(' of ')[1]);
  expect(all).toBe(2 * 111 + 2);
  await page.keyboard.press('Shift+Enter');
  await expect(count(page)).toHaveText(`${all} of ${all}`);
  await expect(page.getByRole('region', { name: 'Same: cell 600', exact: true })).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(count(page)).toHaveText(`2 of ${all}`);
  await expect(page.getByRole('region', { name: 'Same: cell 6', exact: true })).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('search')).toHaveCount(0);
  expect(await marked(page, 'find')).toEqual([]);
});

test('marks a match across colours and changed words, and opens the fold that it is in', async ({
  page,
  open,
}) => {
  const lines = Array.from({ length: 400 }, (_, i) => `value_${i} = load("file ${i}")`);
  const of = (all: readonly string[]) => toNotebook([toCell('a', all.join('\n'))]);
  const pair = [of(lines), of(lines.with(3, 'value_3 = load("other 3")'))] as const;
  await open({ view, state: diffState, host: diffHost(() => pair).host });
  await expect(page.getByRole('table', { name: 'Source' })).toBeVisible();
  await find(page, 'load("file 350")');
  await expect(count(page)).toHaveText('1 of 1');
  await expect(page.locator('[data-at="source:new:351"]')).toBeInViewport();
  expect(await marked(page, 'find-current')).toEqual(['load("file 350")']);
  await page.getByRole('textbox').fill('= load("other 3');
  await expect.poll(() => marked(page, 'find-current')).toEqual(['= load("other 3']);
});

test('heeds case and what is shown, and says where there is nothing', async ({ page, open }) => {
  const pair = [toNotebook([]), toNotebook([toCell('a', 'Alpha = alpha', 'ALPHA\n')])] as const;
  await open({ view, state: diffState, host: diffHost(() => pair).host });
  await expect(page.getByRole('table', { name: 'Source' })).toBeVisible();
  await find(page, 'alpha');
  await expect(count(page)).toHaveText('1 of 3');
  await page.getByRole('button', { name: 'Match case' }).click();
  await expect(count(page)).toHaveText('1 of 1');
  await page.getByRole('button', { name: 'Match case' }).click();
  await page.getByRole('combobox', { name: 'What is shown' }).selectOption('Only outputs');
  await expect(count(page)).toHaveText('1 of 1');
  await page.getByRole('textbox').fill('.*');
  await expect(count(page)).toHaveText('No results');
});
