import type { Frame, Locator, Page } from '@playwright/test';
import { NotebookEditor } from './notebookEditor';
import type { Rpc } from './rpc';
import { TerminalPanel } from './terminalPanel';
import { TreeView } from './treeView';

const bootTimeoutMs = 30_000;
export const stepTimeoutMs = 12_000;

/** One VS Code window as its user sees it: every step goes through the mouse or the keyboard. */
export class Workbench {
  readonly terminal: TerminalPanel;
  readonly notebook: NotebookEditor;

  constructor(
    readonly page: Page,
    private readonly rpc: Rpc,
  ) {
    page.setDefaultTimeout(stepTimeoutMs);
    this.terminal = new TerminalPanel(page, rpc, (title) => this.command(title));
    this.notebook = new NotebookEditor(page, rpc);
  }

  /** Waits until the window is drawn and its extension host runs. */
  async untilReady(): Promise<void> {
    const timeout = bootTimeoutMs;
    await this.page.locator('.monaco-workbench').waitFor({ timeout });
    await this.page.locator('.part.statusbar .statusbar-item').first().waitFor({ timeout });
    await this.rpc.evaluate('return true');
  }

  /** As a user does: a bare reload of the page would lose what VS Code has not yet written. */
  async reload(): Promise<void> {
    this.rpc.forget();
    const loaded = this.page.waitForEvent('load', { timeout: bootTimeoutMs });
    // The page may go while the command still looks at it.
    await this.command('Developer: Reload Window').catch(() => {});
    await loaded;
    await this.untilReady();
  }

  /** Shows a container of the activity bar; `name` is its title. Does not hide one that is shown. */
  async openActivity(name: string): Promise<void> {
    const tab = this.page
      .locator('.part.activitybar')
      .getByRole('tab', { name: new RegExp(`^${name}`) });
    await tab.waitFor({ timeout: bootTimeoutMs });
    if ((await tab.getAttribute('aria-expanded')) === 'true') return;
    // Not the middle: a badge sits there and takes the click.
    await tab.click({ position: { x: 6, y: 6 } });
  }

  /** Drags the edge of the side bar until it is about `widthPx` wide. */
  async widenSideBar(widthPx: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (!box) throw new Error('No side bar is shown.');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + widthPx, y, { steps: 5 });
    await this.page.mouse.up();
  }

  view(title: string): TreeView {
    return new TreeView(this.page, title);
  }

  /** Runs a command from the palette; `title` as it is listed, such as `View: Toggle Terminal`. */
  async command(title: string): Promise<void> {
    await this.openQuickInput(`>${title}`);
    await this.pick(title);
    // Else a prompt of the command could be taken for the palette itself.
    await this.page.waitForFunction((typed) => {
      const widget = document.querySelector<HTMLElement>('.quick-input-widget');
      const input = widget?.querySelector<HTMLInputElement>('input[type=text]');
      return widget?.style.display === 'none' || input?.value !== typed;
    }, `>${title}`);
  }

  /** Clicks the item of a quick pick whose label is, or begins with, `label`. */
  async pick(label: string): Promise<void> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    const exact = rows.filter({ has: this.page.locator(`.label-name >> text="${label}"`) });
    const row = exact.or(rows.and(this.page.locator(`[aria-label^=${JSON.stringify(label)}]`)));
    await row.first().click();
  }

  /** The labels that a quick pick offers, first to last, as far as they are drawn. */
  async picks(): Promise<string[]> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    // The second line of an item, its detail, is drawn as a label too.
    const labels = rows.locator('.quick-input-list-rows > :first-child .label-name');
    // The rows are drawn one by one, the last first.
    for (let before: string | undefined; ; ) {
      const texts = (await labels.allInnerTexts()).map((label) => label.trim());
      if (texts.join('\n') === before) return texts;
      before = texts.join('\n');
      await this.page.waitForTimeout(150);
    }
  }

  /** Ticks items of a quick pick that takes several, and accepts. */
  async pickMany(labels: readonly string[]): Promise<void> {
    for (const label of labels) await this.pick(label);
    await this.page.keyboard.press('Enter');
  }

  /** Types into the input box that is open, and accepts. */
  async input(text: string): Promise<void> {
    const box = this.page.locator('.quick-input-widget:visible input.input:visible').first();
    await box.fill(text);
    await box.press('Enter');
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.openQuickInput(name);
    await this.page
      .locator(`.quick-input-list .monaco-list-row[aria-label^=${JSON.stringify(name)}]`)
      .first()
      .click();
    await this.tab(name).waitFor();
  }

  /** Saves the active editor. */
  async save(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+s');
    await this.page.locator('.tab.active:not(.dirty)').first().waitFor();
  }

  /** The tab of the active editor, whose title begins with `title`. */
  tab(title: string): Locator {
    return this.page.locator(`.tab.active[aria-label^=${JSON.stringify(title)}]`);
  }

  async tabTitles(): Promise<string[]> {
    return this.page.locator('.tabs-container .tab .label-name').allInnerTexts();
  }

  async closeAllEditors(): Promise<void> {
    await this.command('View: Close All Editors');
    await this.page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
  }

  /** Closes the editor whose tab title begins with `title`; it must be saved. */
  async closeTab(title: string): Promise<void> {
    const tab = this.page.locator(`.tab[aria-label^=${JSON.stringify(title)}]`).first();
    await tab.click();
    await tab.getByRole('button', { name: /^Close/ }).click();
    await tab.waitFor({ state: 'detached' });
  }

  /** A CodeLens of a file or a cell, found by a part of its text. */
  codeLens(text: string): Locator {
    return this.page.locator('.codelens-decoration a', { hasText: text }).first();
  }

  /** The page of a webview, recognised by `<body data-view="…">`. Waits for it. */
  async webview(dataView: string, withinMs = 2 * bootTimeoutMs): Promise<Frame> {
    const deadlineMs = Date.now() + withinMs;
    while (Date.now() < deadlineMs) {
      for (const frame of this.page.frames()) {
        const found = await frame
          .locator(`body[data-view="${dataView}"]`)
          .count()
          // A frame that goes while we ask is not the one.
          .catch(() => 0);
        if (found > 0) return frame;
      }
      await this.page.waitForTimeout(50);
    }
    throw new Error(`Not within ${withinMs} ms: a page with data-view="${dataView}"`);
  }

  /** The texts of the notifications that are shown. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
  }

  /** A notification by a part of its text; its buttons are `getByRole('button', …)` in it. */
  notification(text: string): Locator {
    return this.page.locator('.notification-toast', { hasText: text }).first();
  }

  /** A status bar item by its id, or the end of it: VS Code puts `publisher.extension.` before. */
  statusBar(id: string): Locator {
    return this.page.locator(`.statusbar-item[id$=${JSON.stringify(id)}]`);
  }

  /** Clicks a button of the modal dialog. */
  async dialog(button: string): Promise<void> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.getByRole('button', { name: button }).click();
    await box.waitFor({ state: 'detached' });
  }

  /** Changes the colour theme, by its settings id such as `Default Light Modern`. */
  async theme(name: string): Promise<void> {
    await this.rpc.evaluate(
      `await vscode.workspace.getConfiguration('workbench').update('colorTheme', arg, true)`,
      name,
    );
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  private async openQuickInput(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input[type=text]').first();
    await this.page.keyboard.press('F1');
    await input.fill(text);
  }
}
