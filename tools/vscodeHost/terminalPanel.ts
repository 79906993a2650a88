import type { Page } from '@playwright/test';
import type { Rpc } from './rpc';

export interface EndedExecution {
  readonly commandLine: string;
  readonly exitCode: number | undefined;
}

const record = `
  globalThis.epochlogEnded ??= (() => {
    const ended = [];
    vscode.window.onDidEndTerminalShellExecution((event) =>
      ended.push({ commandLine: event.execution.commandLine.value, exitCode: event.exitCode }));
    return ended;
  })();`;

/** The terminals of the window, used with the keyboard. */
export class TerminalPanel {
  constructor(
    private readonly page: Page,
    private readonly rpc: Rpc,
    private readonly command: (title: string) => Promise<void>,
  ) {}

  /** Opens a new terminal and waits for its shell integration. */
  async open(): Promise<void> {
    const before = await this.rpc.evaluate<number>('return vscode.window.terminals.length');
    await this.command('Terminal: Create New Terminal');
    await this.rpc.until(
      'a terminal with shell integration',
      `return vscode.window.terminals.length > arg
        && vscode.window.activeTerminal?.shellIntegration !== undefined`,
      before,
      20_000,
    );
  }

  /** Types into the active terminal, without Enter. */
  async type(text: string): Promise<void> {
    const input = this.page.locator('.terminal-wrapper.active .xterm-helper-textarea').first();
    await input.focus();
    await this.page.keyboard.type(text);
  }

  async press(key: string): Promise<void> {
    await this.type('');
    await this.page.keyboard.press(key);
  }

  /** Types a command and Enter, and does not wait for it. */
  async start(command: string): Promise<void> {
    await this.type(command);
    await this.page.keyboard.press('Enter');
  }

  /** Types a command and Enter, and waits until the shell says that it ended. */
  async run(command: string, withinMs = 60_000): Promise<EndedExecution> {
    const before = await this.rpc.evaluate<number>(
      `${record} return globalThis.epochlogEnded.length`,
    );
    await this.start(command);
    return this.rpc.until<EndedExecution>(
      `the end of \`${command}\` in the terminal`,
      `${record} return globalThis.epochlogEnded[arg]`,
      before,
      withinMs,
    );
  }

  /** What the active terminal shows. */
  async text(): Promise<string> {
    const rows = this.page.locator('.terminal-wrapper.active .xterm-rows').first();
    return (await rows.innerText()).replaceAll('\u00a0', ' ');
  }
}
