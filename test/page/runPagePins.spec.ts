import { expect, type Page } from '@playwright/test';
import { nothingPinned, type PinnedKeys, withPin } from '../../src/core/run/pinnedKeys';
import type {
  RunPage,
  RunPageData,
  RunPageHost,
  RunPageState,
  RunSection,
} from '../../src/protocol/runPage';
import { beyondEdges, everyTheme, examine, narrowPanel } from './support/looks';
import { createFakeHost, test } from './support/pageTest';
import { coloredLog, runLogHost } from './support/sampleRunLog';
import { pageData, runPageHost, typicalRun } from './support/sampleRunPage';
import { toRunId } from './support/sampleRuns';

const state = (section: RunSection): RunPageState => ({
  ...{ runId: toRunId(1), section, isKept: false },
});
const pinned = (page: Page) => page.getByRole('region', { name: 'Pinned' });
const rowsOf = (page: Page, table: 'metrics' | 'params') =>
  page.locator(`table.${table} tbody th[scope=row]`);

/** A host that keeps what is pinned and says so, as the extension does. */
function pinningHost(first: PinnedKeys = nothingPinned, more: Partial<RunPageData> = {}) {
  let kept = first;
  let tell = () => {};
  const host = createFakeHost<RunPageHost>({
    ...runPageHost(pageData(typicalRun(), more)),
    ...runLogHost(() => coloredLog(20)),
    readRun: async () => pageData(typicalRun(), { ...more, pinned: kept }),
    pin: async (kind, key, isPinned) => {
      kept = withPin(kept, kind, key, isPinned);
      tell();
    },
  }).host;
  return { host, tellTo: (page: RunPage) => (tell = page.runChanged) };
}

test('a pinned param goes to the top and into the summary, by keyboard and back', async ({
  page,
  open,
}) => {
  const { host, tellTo } = pinningHost();
  tellTo(await open({ view: 'runPage', state: state('overview'), host }));
  const keys = await rowsOf(page, 'params').allTextContents();
  const last = keys.at(-1) ?? '';
  expect(keys.length).toBeGreaterThan(1);
  await expect(pinned(page)).toHaveCount(0);
  const pin = page.getByRole('button', { name: `Pin ${last}` });
  await expect(pin).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: `Copy ${last}` }).focus();
  await page.keyboard.press('Shift+Tab');
  await expect(pin).toBeFocused();
  await expect(pin).toHaveCSS('opacity', '1');
  await page.keyboard.press('Enter');
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await expect(rowsOf(page, 'params')).toHaveText([last, ...keys.slice(0, -1)]);
  await expect(pinned(page).getByText(last, { exact: true })).toBeVisible();
  await expect(pin).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rowsOf(page, 'params')).toHaveText(keys);
  await expect(pinned(page)).toHaveCount(0);
});

test('a pinned metric goes before the main one, with its chart', async ({ page, open }) => {
  const { host, tellTo } = pinningHost();
  tellTo(await open({ view: 'runPage', state: state('metrics'), host }));
  await expect(rowsOf(page, 'metrics').first()).toHaveText('val_acc');
  await page.getByRole('row', { name: /^loss / }).hover();
  await page.getByRole('button', { name: 'Pin loss', exact: true }).click();
  await expect(rowsOf(page, 'metrics').first()).toHaveText('loss');
  await expect(page.getByRole('figure').first()).toHaveAccessibleName('loss');
  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(pinned(page)).toContainText('loss');
});

test('who goes on before the host has answered keeps the focus, also in a row that moves', async ({
  page,
  open,
}) => {
  const { host } = pinningHost();
  const told = await open<RunPageHost, RunPage>({ view: 'runPage', state: state('metrics'), host });
  const pin = page.getByRole('button', { name: 'Pin loss', exact: true });
  const press = async () => {
    await pin.focus();
    await page.keyboard.press('Enter');
  };
  const first = page.getByRole('button', { name: 'val_acc', exact: true });
  await press();
  await first.focus();
  told.runChanged();
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await expect(first).toBeFocused();
  await press();
  await page.keyboard.press('Tab');
  const next = page.locator(':focus');
  await expect(next).toHaveAttribute('title', 'Go to Its Line in the Log');
  const text = await next.textContent();
  told.runChanged();
  await expect(rowsOf(page, 'metrics').first()).toHaveText('val_acc');
  await expect(next).toHaveText(text ?? '');
  // A pin that another page makes takes nobody's focus.
  await page.getByRole('tab', { name: 'Metrics' }).focus();
  await host.pin('metrics', 'loss', true);
  told.runChanged();
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('tab', { name: 'Metrics' })).toBeFocused();
});

test('a pin that fails says so, and takes no focus later', async ({ page, open }) => {
  const { host } = pinningHost();
  let kept = nothingPinned;
  const told = await open<RunPageHost, RunPage>({
    ...{ view: 'runPage', state: state('metrics') },
    host: {
      ...host,
      readRun: async () => pageData(typicalRun(), { pinned: kept }),
      pin: () => Promise.reject(new Error('the disk is full')),
    },
  });
  const pin = page.getByRole('button', { name: 'Pin loss', exact: true });
  await pin.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'the disk is full' })).toBeVisible();
  // As a click into empty space: nothing else has the focus.
  await pin.blur();
  kept = withPin(nothingPinned, 'metrics', 'loss', true);
  told.runChanged();
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator(':focus')).toHaveCount(0);
});

test('of what is pinned a run shows what it has', async ({ page, open }) => {
  const { host } = pinningHost({ metrics: ['perplexity', 'loss'], params: ['no_such', 'lr'] });
  await open({ view: 'runPage', state: state('overview'), host });
  await expect(pinned(page).getByRole('term')).toHaveText(['loss', 'lr']);
});

test('pins look right in every theme, and in a narrow panel', async ({ page, open }) => {
  test.setTimeout(60_000);
  const keys = { metrics: ['loss', 'val_acc'], params: ['lr'] };
  const { host } = pinningHost(keys);
  await open({ view: 'runPage', state: state('overview'), host });
  await expect(pinned(page)).toBeVisible();
  await page.getByRole('button', { name: 'Pin hidden' }).focus();
  await examine(page, 'run-pins-overview', everyTheme);
  await page.getByRole('tab', { name: 'Metrics' }).click();
  await expect(rowsOf(page, 'metrics').first()).toHaveText('loss');
  await examine(page, 'run-pins-metrics', everyTheme);
  await page.setViewportSize(narrowPanel);
  await page.getByRole('tab', { name: 'Overview' }).click();
  await examine(page, 'run-pins-narrow', ['dark', 'hcLight']);
  expect(await beyondEdges(page)).toEqual([]);
});
