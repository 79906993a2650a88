import type { Locator, Page } from '@playwright/test';
import type { Rpc } from './rpc';

const notebook = 'const notebook = vscode.window.activeNotebookEditor?.notebook;';

/** The active notebook editor. Cells are addressed by their position in the notebook, from 0. */
export class NotebookEditor {
  constructor(
    private readonly page: Page,
    private readonly rpc: Rpc,
  ) {}

  /** Waits until the notebook is drawn and a kernel is chosen. */
  async untilReady(): Promise<void> {
    await this.list().locator('.code-cell-row').first().waitFor();
    await this.page
      .locator('.notebookOverlay:visible .kernel-label', { hasText: 'ipykernel' })
      .waitFor({ timeout: 20_000 });
  }

  /** Clicks a cell's run button and waits until it ended. Gives success as VS Code reports it. */
  async runCell(index: number, withinMs = 60_000): Promise<boolean | undefined> {
    const clickedAtMs = Date.now();
    await this.startCell(index);
    return this.untilCellEnded(index, clickedAtMs, withinMs);
  }

  /** Clicks a cell's run button and does not wait. */
  async startCell(index: number): Promise<void> {
    const row = await this.reveal(index);
    await row.hover({ position: { x: 40, y: 10 } });
    await row.locator('.run-button-container .codicon-notebook-execute').first().click();
  }

  /** Clicks the stop button of a running cell. */
  async interruptCell(index: number): Promise<void> {
    const row = await this.reveal(index);
    await row.hover({ position: { x: 40, y: 10 } });
    await row.locator('.run-button-container .codicon-notebook-stop').first().click();
  }

  /** Clicks Run All and waits until every code cell ended, or one failed. Gives whether all did. */
  async runAll(withinMs = 120_000): Promise<boolean> {
    const clickedAtMs = Date.now();
    await this.page
      .locator('.notebook-toolbar-container .action-item:visible', { hasText: 'Run All' })
      .first()
      .click();
    const { success } = await this.rpc.until<{ success: boolean }>(
      'the end of all cells',
      `${notebook}
       const cells = notebook?.getCells().filter((cell) => cell.kind === vscode.NotebookCellKind.Code);
       const ended = cells?.map(({ executionSummary }) => executionSummary)
         .filter((summary) => (summary?.timing?.endTime ?? 0) >= arg) ?? [];
       if (ended.some((summary) => summary.success === false)) return { success: false };
       return ended.length > 0 && ended.length === cells.length && { success: true }`,
      clickedAtMs,
      withinMs,
    );
    return success;
  }

  async untilCellEnded(
    index: number,
    afterMs: number,
    withinMs = 60_000,
  ): Promise<boolean | undefined> {
    const ended = await this.rpc.until<{ success?: boolean }>(
      `the end of cell ${index}`,
      `${notebook}
       const summary = notebook?.cellAt(arg.index).executionSummary;
       return (summary?.timing?.endTime ?? 0) >= arg.afterMs && { success: summary.success }`,
      { index, afterMs },
      withinMs,
    );
    return ended.success;
  }

  /** Replaces a cell's source as a user does: select all, type over. */
  async replaceCell(index: number, source: string): Promise<void> {
    const row = await this.reveal(index);
    await row.locator('.view-line').first().click();
    await this.page.keyboard.press('ControlOrMeta+a');
    // Pasted: VS Code indents by itself what is typed.
    await this.page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(paste);
    }, source);
    await this.rpc.until(
      `the new source in cell ${index}`,
      `${notebook} return notebook?.cellAt(arg.index).document.getText() === arg.source`,
      { index, source },
    );
  }

  async source(index: number): Promise<string> {
    return this.rpc.evaluate(`${notebook} return notebook.cellAt(arg).document.getText()`, index);
  }

  /** Turns the mouse wheel until the top of the cell is in view, and gives its row. */
  async reveal(index: number): Promise<Locator> {
    const list = this.list();
    const row = list.locator(`.monaco-list-row[data-index="${index}"]`);
    const deadlineMs = Date.now() + 12_000;
    while (Date.now() < deadlineMs) {
      const away = await list.evaluate(scrollDistance, index);
      if (away === 0) return row;
      await list.hover({ position: { x: 5, y: 5 } });
      await this.page.mouse.wheel(0, away);
      await this.page.waitForTimeout(50);
    }
    throw new Error(`Cell ${index} could not be scrolled into view.`);
  }

  private list(): Locator {
    return this.page.locator('.notebookOverlay:visible .cell-list-container').first();
  }
}

/** Runs in the page: the pixels to scroll until the top of the cell's row is in view. */
function scrollDistance(list: Element, index: number): number {
  const view = list.getBoundingClientRect();
  const row = list.querySelector(`.monaco-list-row[data-index="${index}"]`);
  if (!row) {
    const drawn = [...list.querySelectorAll('.monaco-list-row')].map((other) =>
      Number(other.getAttribute('data-index')),
    );
    return index < Math.min(...drawn) ? -view.height / 2 : view.height / 2;
  }
  const { top, height } = row.getBoundingClientRect();
  if (top < view.top) return Math.min(top - view.top, -20);
  const overhang = top + Math.min(height, 80) - view.bottom;
  return overhang > 0 ? Math.max(overhang, 20) : 0;
}
