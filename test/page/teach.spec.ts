import { expect, type Page } from '@playwright/test';
import type { TeachData, TeachHost, TeachState } from '../../src/protocol/teachPage';
import { createFakeHost, test } from './support/pageTest';
import { openSampleLog, sampleLogText, teachHost } from './support/sampleLog';
import { toRunId } from './support/sampleRuns';

const state: TeachState = { runId: toRunId(0), name: '', pattern: '' };
const log = openSampleLog(sampleLogText(40));

const grid = (page: Page) => page.getByRole('grid', { name: 'Lines of the log' });
const number = (page: Page, line: number, text: string) =>
  page.locator(`#line-${line}`).getByRole('button', { name: text, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name });
const found = (page: Page) => page.getByRole('region', { name: 'What the pattern finds' });
const keptState = (page: Page) =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}'));

function fakeHost(data: Partial<TeachData> = {}, more: Partial<TeachHost> = {}) {
  return createFakeHost<TeachHost>({ ...teachHost(log, data), ...more });
}

/** Line 4, from 1: `… dev set: BLEU4 = 6.… (brevity 0.91), step 150`. */
const bleuLine = 3;
const bleu = /BLEU4 = ([\d.]+)/.exec(log.readLine(bleuLine))?.[1] ?? '';

test('a click on a number finds its metric through the whole log', async ({ page, open }) => {
  await open({ view: 'teach', state, host: fakeHost().host });
  await expect(page.getByText('Click the number in the log')).toBeVisible();
  await number(page, bleuLine, bleu).click();
  await expect(field(page, 'Name of the metric')).toHaveValue('BLEU4');
  await expect(field(page, 'Pattern')).toHaveValue('\\bdev set: BLEU4 = *(?<value>{number})');
  await expect(found(page).getByRole('status')).toHaveText('40 lines match.');
  await expect(found(page).getByRole('img')).toHaveAccessibleName(/^BLEU4: 40 values, /);
  await expect(page.locator('.mark-value').first()).toHaveText(bleu);
  await expect(page.locator('.mark-value').first()).toHaveAttribute('title', /matches BLEU4/);
});

test('a step of the same line is chosen too, and one of another line is not', async ({
  page,
  open,
}) => {
  await open({ view: 'teach', state, host: fakeHost().host });
  await number(page, bleuLine, bleu).click();
  await page.getByRole('radio', { name: 'Step' }).click();
  await number(page, bleuLine - 1, '1')
    .first()
    .click();
  await expect(page.getByText(/must stand in the line of the metric/)).toBeVisible();
  await number(page, bleuLine, '150').click();
  await expect(field(page, 'Pattern')).toHaveValue(/\(\?<value>\{number\}\).*step \+\(\?<step>/);
  await expect(page.locator('.mark-step').first()).toHaveText('150');
});

test('it is all done by keyboard', async ({ page, open }) => {
  const { host, calls } = fakeHost({}, { savePattern: async () => {} });
  await open({ view: 'teach', state, host });
  await grid(page).focus();
  for (let line = 0; line < bleuLine; line++) await page.keyboard.press('ArrowDown');
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', /^number-3-/);
  // Date and time are seven numbers, then the 4 of BLEU4.
  const place = log.readLine(bleuLine).indexOf(bleu);
  for (let step = 0; step < 20; step++) {
    if ((await grid(page).getAttribute('aria-activedescendant')) === `number-3-${place}`) break;
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('m');
  await expect(field(page, 'Name of the metric')).toHaveValue('BLEU4');
  await page.keyboard.press('End');
  await expect(page.locator(`#line-${log.lineCount - 1}`)).toBeVisible();
  await page.keyboard.press('Home');
  await expect(page.locator('#line-0')).toBeVisible();
  const save = page.getByRole('button', { name: 'Save Pattern' });
  for (let tab = 0; tab < 20; tab++) {
    await page.keyboard.press('Tab');
    if (await save.evaluate((element) => element.matches(':focus'))) break;
  }
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved in the settings of the workspace')).toBeVisible();
  expect(calls.at(-1)).toEqual([
    'savePattern',
    { name: 'BLEU4', pattern: '\\bdev set: BLEU4 = *(?<value>{number})' },
    'workspace',
  ]);
});

test('the pattern is edited by hand, and says what is wrong with it', async ({ page, open }) => {
  await open({ view: 'teach', state, host: fakeHost().host });
  await number(page, bleuLine, bleu).click();
  await expect(found(page)).toBeVisible();
  await field(page, 'Pattern').fill('brevity (?<value>{number}');
  await expect(page.getByText(/The pattern cannot be used: missing closing \)/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save Pattern' })).toBeDisabled();
  await field(page, 'Pattern').fill('brevity (?<value>{number})');
  await expect(found(page).getByRole('status')).toHaveText('40 lines match.');
  await field(page, 'Pattern').fill('nothing like this (?<value>{number})');
  await expect(found(page).getByRole('status')).toHaveText('No line matches.');
  await expect(page.getByRole('button', { name: 'Save Pattern' })).toBeDisabled();
});

test('a metric without a name is not saved', async ({ page, open }) => {
  await open({ view: 'teach', state, host: fakeHost().host });
  await number(page, bleuLine, bleu).click();
  await expect(found(page)).toBeVisible();
  await field(page, 'Name of the metric').fill('');
  await expect(page.getByText('Give it a name first.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save Pattern' })).toBeDisabled();
});

test('what looks wrong is said, with the line to look at', async ({ page, open }) => {
  const odd = openSampleLog(
    [...Array.from({ length: 20 }, (_, n) => `q is 0.${50 + n}`), 'q is 9000', 'q is nan'].join(
      '\n',
    ),
  );
  const host = createFakeHost<TeachHost>(teachHost(odd)).host;
  await open({ view: 'teach', state, host });
  await number(page, 0, '0.50').click();
  const doubts = page.getByRole('list', { name: 'What looks wrong' }).getByRole('listitem');
  await expect(doubts).toHaveText([
    /1 value is NaN or infinite: line 22/,
    /9,?000 is far from the others: line 21/,
  ]);
  await doubts.last().getByRole('button').click();
  await expect(page.locator('#line-20')).toHaveClass(/focused/);
});

test('only the lines that match are shown on demand', async ({ page, open }) => {
  await open({ view: 'teach', state, host: fakeHost().host });
  await number(page, bleuLine, bleu).click();
  await expect(found(page)).toBeVisible();
  await page.getByRole('radio', { name: 'Matching' }).click();
  const matching = page.getByRole('grid', { name: 'Lines that match' });
  await expect(matching).toHaveAttribute('aria-rowcount', '40');
  await expect(matching.getByRole('row').nth(1)).toContainText('dev set: BLEU4');
  await expect(matching.getByRole('row').nth(1).getByRole('rowheader')).toHaveText('7');
});

test('after saving, this log or all of the script are read again', async ({ page, open }) => {
  const { host, calls } = fakeHost({}, { savePattern: async () => {}, reread: async () => {} });
  await open({ view: 'teach', state, host });
  await number(page, bleuLine, bleu).click();
  await page.getByRole('radio', { name: 'User' }).click();
  await page.getByRole('button', { name: 'Save Pattern' }).click();
  await page.getByRole('button', { name: 'Read This Log Again' }).click();
  await page.getByRole('button', { name: 'Read All 3 Logs of Its Script Again' }).click();
  expect(calls.slice(-3).map(([name, , place]) => [name, place])).toEqual([
    ['savePattern', 'user'],
    ['reread', undefined],
    ['reread', undefined],
  ]);
  expect(calls.slice(-2).map(([, which]) => which)).toEqual(['run', 'script']);
  // A changed pattern is not the one that was saved.
  await field(page, 'Name of the metric').fill('bleu');
  await expect(page.getByRole('button', { name: 'Read This Log Again' })).toBeHidden();
});

test('a failed save is said, and nothing is offered', async ({ page, open }) => {
  const failing = fakeHost({}, { savePattern: () => Promise.reject(new Error('disk is full')) });
  await open({ view: 'teach', state, host: failing.host });
  await number(page, bleuLine, bleu).click();
  await page.getByRole('button', { name: 'Save Pattern' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'disk is full' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Read This Log Again' })).toBeHidden();
});

test('a text is found in the whole log', async ({ page, open }) => {
  await open({ view: 'teach', state, host: fakeHost().host });
  await field(page, 'Find in the log').fill('MODEL-33.pt');
  await page.keyboard.press('Enter');
  await expect(page.locator('.line.focused')).toContainText('saved /tmp/run/model-33.pt');
  await field(page, 'Find in the log').fill('not there');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Not found')).toBeVisible();
});

test('what was taught survives a reload of the page', async ({ page, open }) => {
  await open({ view: 'teach', state, host: fakeHost().host });
  await number(page, bleuLine, bleu).click();
  await field(page, 'Name of the metric').fill('my bleu');
  await expect.poll(async () => (await keptState(page)).name).toBe('my bleu');
  await page.reload();
  await expect(field(page, 'Name of the metric')).toHaveValue('my bleu');
  await expect(found(page).getByRole('status')).toHaveText('40 lines match.');
  await page.getByRole('button', { name: 'Start Over' }).click();
  await expect(page.getByText('Click the number in the log')).toBeVisible();
});

for (const count of [1_000_000, 5_000_000]) {
  test(`a log of ${count} lines is scrolled from end to end`, async ({ page, open }) => {
    const host = createFakeHost<TeachHost>({
      ...teachHost(log, { lineCount: count }),
      readLines: async (start, end) =>
        Array.from({ length: Math.min(end, count) - start }, (_, at) => ({
          line: start + at,
          text: `line ${start + at} loss 0.5`,
          isCut: false,
          marks: [],
        })),
    }).host;
    await open({ view: 'teach', state, host });
    await grid(page).focus();
    await page.keyboard.press('End');
    await expect(page.locator(`#line-${count - 1}`)).toBeInViewport();
    await page.keyboard.press('PageUp');
    await expect(page.locator('.line.focused')).toBeInViewport();
    await grid(page).evaluate((element) => {
      element.scrollTop = element.scrollHeight / 2;
    });
    const middle = page.getByRole('row').nth(20);
    await expect(middle).toBeInViewport();
    const shown = Number((await middle.getByRole('rowheader').innerText()).replaceAll(',', ''));
    expect(Math.abs(shown - count / 2)).toBeLessThan(2_000);
    expect(await page.getByRole('row').count()).toBeLessThan(120);
  });
}

test('a log that is not there says why', async ({ page, open }) => {
  const empty = openSampleLog('');
  const leftOut = 'The log of 3 MB was let go by a clean-up.';
  const host = createFakeHost<TeachHost>(teachHost(empty, { lineCount: 0, leftOut })).host;
  await open({ view: 'teach', state, host });
  await expect(page.getByRole('heading', { name: 'There is no log' })).toBeVisible();
  await expect(page.getByText(leftOut)).toBeVisible();
});

test('a log that cannot be read says so', async ({ page, open }) => {
  const host = fakeHost({}, { readLog: () => Promise.reject(new Error('This run is gone.')) });
  await open({ view: 'teach', state, host: host.host });
  await expect(page.getByRole('alert')).toContainText('This run is gone.');
});

test('of a run that goes on nothing is read again yet', async ({ page, open }) => {
  const { host } = fakeHost({ isRunning: true, places: ['user'] }, { savePattern: async () => {} });
  await open({ view: 'teach', state, host });
  await number(page, bleuLine, bleu).click();
  await expect(page.getByRole('radio', { name: 'Workspace' })).toBeHidden();
  await page.getByRole('button', { name: 'Save Pattern' }).click();
  await expect(page.getByText('once it has ended')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Read This Log Again' })).toBeHidden();
});
