import { type Disposable, type LogOutputChannel, window } from 'vscode';

/** What the rest of the program may say to the developer log. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
  show(): void;
}

/** The one output channel, "Epochlog". */
export function createLog(): Log & Disposable {
  const channel: LogOutputChannel = window.createOutputChannel('Epochlog', { log: true });
  return {
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message, error) =>
      channel.error(error === undefined ? message : `${message}: ${textOf(error)}`),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
