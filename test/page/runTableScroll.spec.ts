import { expect, type Page } from '@playwright/test';
import { initialTableState } from '../../src/core/table/tableState';
import { test } from './support/pageTest';
import { newestAtMs, sampleRuns } from './support/sampleRuns';
import { tableHost } from './support/tableHost';

const flying = (page: Page) => page.locator('.flying');

/** Scrolls by so much, as often, and waits each time until the page was told. */
async function scroll(page: Page, byPx: number, times: number): Promise<void> {
  await page.getByRole('grid').evaluate(
    async (grid, { byPx, times }) => {
      for (let time = 0; time < times; time += 1) {
        const told = new Promise((resolve) => {
          grid.addEventListener('scroll', resolve, { once: true });
        });
        grid.scrollTop += byPx;
        await told;
      }
    },
    { byPx, times },
  );
}

test('rows that fly past are drawn by columns, and cell by cell when they come to rest', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1600, height: 800 });
  await page.clock.install({ time: newestAtMs + 65_000 });
  const { host } = tableHost({ runs: sampleRuns(2_000) });
  await open({ view: 'runTable', state: initialTableState, host });
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('End');
  await expect(page.locator('#row-run-1999 .cell-metric').first()).not.toHaveText('…');
  await page.keyboard.press('Home');
  await page.clock.pauseAt(newestAtMs + 3_600_000);

  await scroll(page, 260, 4);
  await expect(flying(page)).toHaveCount(0);
  await expect(page.locator('#row-run-40')).toBeInViewport();

  await scroll(page, 900, 3);
  await expect(flying(page)).toHaveCount(1);
  // In sight are the rows from (4 × 260 + 3 × 900) / 26 on.
  const lines = await flying(page)
    .locator('.flying-column')
    .evaluateAll((columns) => columns.map(({ textContent }) => textContent?.split('\n')));
  const topPx = await flying(page).evaluate((element) => new DOMMatrix(element.style.transform).f);
  const at = (144 * 26 - topPx) / 26;
  expect(lines.length).toBeGreaterThan(6);
  expect(lines.map((column) => column?.[at])).toContain('explore [4] · lr=0.1 hidden=64');

  await page.clock.runFor(200);
  await expect(flying(page)).toHaveCount(0);
  await expect(page.locator('#row-run-144')).toBeInViewport();
  await expect(page.locator('#row-run-144')).toContainText('explore [4] · lr=0.1 hidden=64');
});

test('one jump is drawn at once as it stays', async ({ page, open }) => {
  await page.clock.install({ time: newestAtMs + 65_000 });
  const { host } = tableHost({ runs: sampleRuns(500) });
  await open({ view: 'runTable', state: initialTableState, host });
  await expect(page.locator('#row-run-0')).toBeInViewport();
  await page.clock.pauseAt(newestAtMs + 3_600_000);
  await scroll(page, 5_200, 1);
  await expect(page.locator('#row-run-200')).toBeInViewport();
  await expect(flying(page)).toHaveCount(0);
});

test('a fling of the wheel flies from its first fast frame until it is slow', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1600, height: 800 });
  await page.clock.install({ time: newestAtMs + 65_000 });
  const { host } = tableHost({ runs: sampleRuns(500) });
  await open({ view: 'runTable', state: initialTableState, host });
  await expect(page.locator('#row-run-0')).toBeInViewport();
  await page.clock.pauseAt(newestAtMs + 3_600_000);

  await page.getByRole('grid').evaluate((grid) => grid.dispatchEvent(new WheelEvent('wheel')));
  await scroll(page, 5_200, 1);
  await expect(flying(page)).toHaveCount(1);
  for (let time = 0; time < 4; time += 1) {
    await page.clock.runFor(50);
    await scroll(page, 208, 1);
  }
  await expect(flying(page)).toHaveCount(1);

  for (let time = 0; time < 4; time += 1) {
    await page.clock.runFor(50);
    await scroll(page, 26, 1);
  }
  await expect(flying(page)).toHaveCount(0);
  await expect(page.locator('#row-run-236')).toBeInViewport();
});
