import { window } from 'vscode';
import type { Log } from '../platform/log';

/** Says once what happened to the record and that nothing was overwritten; all of it is in the log. */
export async function showStoreProblem(message: string, log: Log): Promise<void> {
  log.warn(message);
  const openLog = 'Open Log';
  if ((await window.showWarningMessage(`Epochlog: ${message}`, openLog)) === openLog) log.show();
}
