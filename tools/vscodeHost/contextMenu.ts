import type { Locator } from '@playwright/test';

/** Clicks with the right button, and then the item of the menu that has this text. */
export async function pickFromContextMenu(target: Locator, item: string): Promise<void> {
  const page = target.page();
  const menu = page.locator('.monaco-menu');
  const entry = menu.locator('.action-item', { hasText: item }).first();
  for (let attempt = 1; ; attempt += 1) {
    await target.click({ button: 'right' });
    await entry.waitFor();
    // A menu that has just opened ignores clicks for 100 ms, by the page's clock.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
    // It closes by itself where something else takes the focus, as a page that has just loaded.
    if (await entry.isVisible()) break;
    if (attempt === 5) throw new Error(`The menu with ${item} does not stay open`);
  }
  await entry.click();
  await menu.waitFor({ state: 'detached' });
}
