import { CancellationError, window } from 'vscode';
import { Cancelled, errorMessage, UserError } from '../core/userError';
import type { Log } from './log';

/** Runs what a user asked for, and is the one place that catches what goes wrong in it. */
export type Guard = <T>(what: string, action: () => T | Promise<T>) => Promise<T | undefined>;

/**
 * Cancelled says nothing; an expected error is shown as it is; a bug is logged, and shown with a way
 * to the log.
 */
export function createGuard(log: Log): Guard {
  return async (what, action) => {
    try {
      return await action();
    } catch (error) {
      if (error instanceof CancellationError || error instanceof Cancelled) return undefined;
      log.error(what, error);
      void report(log, what, error);
      return undefined;
    }
  };
}

/** For work that nobody asked for just now: it may only leave a line in the log. */
export type Quietly = (what: string, action: () => unknown) => void;

export function createQuietly(log: Log): Quietly {
  return (what, action) => {
    void (async () => action())().catch((error) => log.error(what, error));
  };
}

async function report(log: Log, what: string, error: unknown): Promise<void> {
  const message = errorMessage(error);
  // A user error crosses workers and pages by its name only.
  if (error instanceof UserError || (error instanceof Error && error.name === 'UserError')) {
    await window.showErrorMessage(message);
    return;
  }
  const openLog = 'Open Log';
  if (
    (await window.showErrorMessage(`Epochlog: ${what} failed: ${message}`, openLog)) === openLog
  ) {
    log.show();
  }
}
