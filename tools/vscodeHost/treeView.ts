import type { Locator, Page } from '@playwright/test';
import { pickFromContextMenu } from './contextMenu';

/** One tree of the side bar. Rows are addressed by their exact label. */
export class TreeView {
  private readonly pane: Locator;

  constructor(
    private readonly page: Page,
    private readonly title: string,
  ) {
    this.pane = page
      .locator('.pane')
      .filter({ has: page.locator(`.pane-header[aria-label^="${title}"]`) });
  }

  /** Unfolds the section if it is folded. */
  async show(): Promise<void> {
    const header = this.pane.locator('.pane-header');
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  }

  /** The rows in view as lines: two spaces a level, the label, two spaces, the description. */
  async text(): Promise<string> {
    const lines = await this.rows().evaluateAll((rows) =>
      rows
        .map((row) => ({
          index: Number(row.getAttribute('data-index')),
          indent: '  '.repeat(Number(row.getAttribute('aria-level') ?? 1) - 1),
          label: row.querySelector('.label-name')?.textContent ?? '',
          description: row.querySelector('.label-description')?.textContent ?? '',
        }))
        .sort((left, right) => left.index - right.index)
        .map(({ indent, label, description }) =>
          `${indent}${label}${description ? `  ${description}` : ''}`.trimEnd(),
        ),
    );
    return lines.join('\n');
  }

  /** The labels of the rows in view, from the top. */
  async labels(): Promise<string[]> {
    const rows = await this.rows().evaluateAll((found) =>
      found
        .map((row) => ({
          index: Number(row.getAttribute('data-index')),
          label: row.querySelector('.label-name')?.textContent ?? '',
        }))
        .sort((left, right) => left.index - right.index),
    );
    return rows.map(({ label }) => label);
  }

  /** The welcome text and links of an empty view. */
  async welcome(): Promise<string> {
    const content = this.pane.locator('.welcome-view-content');
    await content.waitFor();
    return content.innerText();
  }

  row(label: string): Locator {
    // VS Code writes no-break spaces between words of a label; the filter reads both as spaces.
    const exactly = new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
    return this.rows()
      .filter({ has: this.page.locator('.label-name', { hasText: exactly }) })
      .first();
  }

  async click(label: string, options?: { readonly add?: boolean }): Promise<void> {
    await this.row(label).click(options?.add ? { modifiers: ['ControlOrMeta'] } : {});
  }

  async expand(label: string): Promise<void> {
    await this.setExpanded(label, true);
  }

  /** Makes room for the rows below, as those that are out of sight are not there. */
  async collapse(label: string): Promise<void> {
    await this.setExpanded(label, false);
  }

  private async setExpanded(label: string, expanded: boolean): Promise<void> {
    const row = this.row(label);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === String(!expanded)) {
      await row.locator('.monaco-tl-twistie').click();
    }
  }

  async contextMenu(label: string, item: string): Promise<void> {
    await pickFromContextMenu(this.row(label), item);
  }

  async inlineAction(label: string, action: string): Promise<void> {
    const row = this.row(label);
    await row.hover();
    await row.getByRole('button', { name: action }).click();
  }

  /** A button in the section's title. */
  async titleAction(action: string): Promise<void> {
    await this.pane.locator('.pane-header').hover();
    await this.pane.locator('.pane-header').getByRole('button', { name: action }).click();
  }

  toString(): string {
    return `the view ${this.title}`;
  }

  private rows(): Locator {
    return this.pane.locator('.pane-body .monaco-list-row[role=treeitem]');
  }
}
