import type { Keyboard, Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

const maxTabs = 60;

/** Somebody without a mouse. */
export class KeyboardUser {
  readonly keys: Keyboard;

  constructor(private readonly page: Page) {
    this.keys = page.keyboard;
  }

  /** Runs a command from the palette; `title` as it is listed. */
  async palette(title: string): Promise<void> {
    await this.keys.press('F1');
    await this.page.locator('.quick-input-widget:visible input[type=text]').first().waitFor();
    await this.keys.type(title);
    const chosen = this.page.locator('.quick-input-list .monaco-list-row.focused');
    await expect(chosen).toHaveAttribute('aria-label', new RegExp(`^${escaped(title)}(,|$)`));
    await this.keys.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Presses Tab, or another key, until this has the focus. */
  async tabTo(
    target: Locator,
    key: 'Tab' | 'Shift+Tab' | 'ArrowRight' | 'ArrowDown' = 'Tab',
  ): Promise<void> {
    await target.first().waitFor();
    for (let tabs = 0; tabs < maxTabs; tabs += 1) {
      if (await hasFocus(target)) return;
      await this.keys.press(key);
    }
    throw new Error(`${key} does not come to ${target}`);
  }

  /** Goes down in a menu until this item has the focus, and chooses it. */
  async choose(item: Locator): Promise<void> {
    await this.tabTo(item, 'ArrowDown');
    await this.keys.press('Enter');
  }

  /** Writes a text in the place of what the field with the focus holds. */
  async replaceWith(text: string): Promise<void> {
    // Ctrl+A would go through VS Code, and may come after the first letters.
    await this.keys.press('End');
    await this.keys.press('Shift+Home');
    await this.keys.type(text);
  }
}

/** Of a control that draws itself, what is inside may have it. */
async function hasFocus(target: Locator): Promise<boolean> {
  return target
    .first()
    .evaluate((element) =>
      element.matches(element.shadowRoot === null ? ':focus' : ':focus-within'),
    );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
