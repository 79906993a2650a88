import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { SearchVocabulary } from '../../src/core/search/suggestSearch';
import type { SearchBoxHost, SearchBoxState } from './searchBox/main';
import { buildTestPage } from './support/buildTestPage';
import { createFakeHost, test } from './support/pageTest';
import { sampleVocabulary } from './support/sampleVocabulary';
import { type ThemeName, themes } from './support/themes';

const state: SearchBoxState = { search: '', recent: [] };
let folder = '';

test.beforeAll(async () => {
  folder = await buildTestPage('searchBox');
});

const field = (page: Page) => page.getByRole('combobox', { name: 'Search runs' });
const list = (page: Page) => page.getByRole('listbox', { name: 'Completions' });
const options = (page: Page) => list(page).getByRole('option');
const active = (page: Page) => list(page).getByRole('option', { selected: true });
const problem = (page: Page) => page.locator('.search-problem');

function boxHost(vocabulary: SearchVocabulary = sampleVocabulary) {
  const { host, calls } = createFakeHost<SearchBoxHost>({
    readVocabulary: async () => vocabulary,
  });
  return { box: { view: 'searchBox', folder, state, host } as const, calls };
}

test('writes a whole search by completion, with the keyboard alone', async ({ page, open }) => {
  const { box, calls } = boxHost();
  await open(box);
  await field(page).focus();
  await page.keyboard.type('val_a');
  await expect(options(page).first()).toContainText('metrics.val_acc');
  await expect(field(page)).toHaveAttribute('aria-expanded', 'true');
  await expect(active(page)).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue('metrics.val_acc ');
  await page.keyboard.type('>');
  await page.keyboard.press('Escape');
  await expect(list(page)).toHaveCount(0);
  await page.keyboard.type(' 0.9 a');
  await page.keyboard.press('ArrowDown');
  await expect(active(page)).toContainText('AND');
  const id = (await active(page).getAttribute('id')) ?? 'none';
  await expect(field(page)).toHaveAttribute('aria-activedescendant', id);
  await page.keyboard.press('Enter');
  await page.keyboard.type('mod');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('resnet1');
  await page.keyboard.press('Tab');
  const whole = "metrics.val_acc > 0.9 AND params.model = 'resnet18' ";
  await expect(field(page)).toHaveValue(whole);
  await expect(list(page)).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect.poll(() => calls.at(-2)).toEqual(['changed', whole, true]);
  await expect.poll(() => calls.at(-1)).toEqual(['entered', whole]);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(field(page)).not.toHaveValue(whole);
});

test('opens on Ctrl+Space, also within the text, and takes by mouse', async ({ page, open }) => {
  await open({ ...boxHost().box, state: { ...state, search: 'best() > 1' } });
  await field(page).focus();
  await field(page).evaluate((input: HTMLInputElement) => input.setSelectionRange(5, 5));
  await page.keyboard.press('Control+Space');
  await expect(options(page)).toHaveCount(sampleVocabulary.metrics.length);
  await options(page).filter({ hasText: 'metrics.loss' }).first().click();
  await expect(field(page)).toHaveValue('best(metrics.loss) > 1');
  await expect(field(page)).toBeFocused();
});

test('leaves plain words alone: Enter takes nothing that was not chosen', async ({
  page,
  open,
}) => {
  const { box, calls } = boxHost();
  await open(box);
  await field(page).focus();
  await page.keyboard.type('mod');
  await expect(options(page).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('mod');
  await expect.poll(() => calls.at(-1)).toEqual(['entered', 'mod']);
});

test('tells of the first key at once, and of those that follow quickly together', async ({
  page,
  open,
}) => {
  const { box, calls } = boxHost();
  // Time stands still but for what the test lets pass.
  await page.clock.install();
  await open(box);
  await field(page).focus();
  await page.clock.runFor(1000);
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await page.keyboard.type('val');
  await expect.poll(() => calls.at(-1)).toEqual(['changed', 'v', true]);
  await page.clock.runFor(100);
  await expect.poll(() => calls.at(-1)).toEqual(['changed', 'val', true]);
  expect(calls.filter(([what]) => what === 'changed')).toHaveLength(2);
});

test('marks an error at its place and says what to write, but not of what is being typed', async ({
  page,
  open,
}) => {
  const { box, calls } = boxHost();
  await page.clock.install();
  await open(box);
  await field(page).focus();
  await page.keyboard.type('metrics.loss < ');
  await page.clock.runFor(300);
  await expect.poll(() => calls.at(-1)).toEqual(['changed', 'metrics.loss < ', false]);
  await expect(field(page)).toHaveAttribute('aria-invalid', 'false');
  await page.clock.runFor(1000);
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(problem(page)).toContainText('Write a value after <.');
  await page.keyboard.type('abc AND starred');
  await page.clock.runFor(100);
  await expect(problem(page)).toContainText('This is compared with a number');
  await expect(problem(page)).toContainText('are shown');
  await expect(page.locator('.search-error')).toHaveText('abc');
  await expect(page.getByRole('main')).toHaveText('Rows of before');
  const described = (await field(page).getAttribute('aria-describedby')) ?? '';
  await expect(page.locator(`[id="${described}"]`)).toContainText('a number');
});

test('the mark lies under what it is of, also in a text longer than the field', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 320, height: 500 });
  const search = `${'starred AND '.repeat(12)}metrics.loss < abc`;
  await open({ ...boxHost().box, state: { ...state, search } });
  await field(page).focus();
  await page.keyboard.press('End');
  const places = () =>
    page.locator('.search-colours').evaluate((colours) => {
      const input = colours.nextElementSibling ?? colours;
      return {
        isScrolled: input.scrollLeft > 100,
        apart: Math.abs(colours.scrollLeft - input.scrollLeft),
        wider: Math.abs(colours.scrollWidth - input.scrollWidth),
      };
    });
  await expect.poll(places).toEqual({ isScrolled: true, apart: 0, wider: expect.any(Number) });
  expect((await places()).wider).toBeLessThan(3);
  await expect(page.locator('.search-error')).toBeInViewport();
});

test('goes back to earlier searches by Up in the empty field', async ({ page, open }) => {
  const recent = ['lr < 0.01', 'starred'];
  const { box, calls } = boxHost();
  await open({ ...box, state: { ...state, recent } });
  await field(page).focus();
  await page.keyboard.press('ArrowUp');
  await expect(active(page)).toContainText('lr < 0.01');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('starred');
  await expect.poll(() => calls).toContainEqual(['changed', 'starred', true]);
});

test('is cleared by a button, and takes another text from its page', async ({ page, open }) => {
  const { box, calls } = boxHost();
  await open({ ...box, state: { ...state, search: 'starred' } });
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(field(page)).toHaveValue('');
  await expect(field(page)).toBeFocused();
  await expect.poll(() => calls.at(-1)).toEqual(['changed', '', true]);
  await page.getByRole('button', { name: 'Other Search' }).click();
  await expect(field(page)).toHaveValue('params.lr < 0.1');
});

test('teaches by examples of the own metrics, which fill the field', async ({ page, open }) => {
  await open(boxHost().box);
  await page.getByRole('button', { name: 'How to search' }).click();
  const help = page.getByRole('dialog', { name: 'How to search' });
  await expect(help).toContainText('names, notes, tags, commands and code');
  await expect(help.getByRole('button')).toHaveCount(10);
  await expect(help.getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await expect(field(page)).toBeFocused();
  await page.getByRole('button', { name: 'How to search' }).click();
  await help.getByRole('button', { name: /best\(/ }).click();
  await expect(field(page)).toHaveValue('best(metrics.val_acc) > 0.95');
});

test('draws hostile keys and values as text', async ({ page, open }) => {
  const hostile = '"><img src=x onerror=alert(1)>';
  const metrics = [hostile, '`; DROP'].map((key) => ({ key, runCount: 1 }));
  const vocabulary = { ...sampleVocabulary, metrics };
  await open(boxHost(vocabulary).box);
  await field(page).focus();
  await page.keyboard.type('img');
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue(`metrics.\`${hostile}\` `);
  expect(await page.locator('#root :is(script, iframe, img, a)').count()).toBe(0);
});

// SAFETY: the keys of the record are the names of the themes.
for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`axe objects to nothing in ${theme}, with list, error and help`, async ({ page, open }) => {
    await open({
      ...boxHost().box,
      theme,
      state: { ...state, search: 'metrics.loss < abc AND starred' },
    });
    const look = async (name: string) => {
      const { violations } = await new AxeBuilder({ page })
        .disableRules(['document-title', 'landmark-one-main', 'page-has-heading-one', 'region'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${name} ${id} ${nodes[0]?.html}`)).toEqual([]);
      await page.screenshot({ path: `out/test/pictures/searchBox-${theme}-${name}.png` });
    };
    await problem(page).getByText('number').waitFor();
    await look('error');
    await field(page).fill("metrics.val_acc >= 0.9 AND model = 'resnet18' OR NOT best(lo");
    await page.keyboard.press('ArrowDown');
    await active(page).waitFor();
    await look('list');
    await page.getByRole('button', { name: 'How to search' }).click();
    await page.getByRole('dialog').waitFor();
    await look('help');
    await page.setViewportSize({ width: 300, height: 600 });
    await look('narrow');
  });
}
