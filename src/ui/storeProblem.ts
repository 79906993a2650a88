import { commands, window } from 'vscode';
import type { RecordProblem } from '../app/record';
import { commandIds } from '../platform/contributionIds';
import type { Log } from '../platform/log';

/** Says once what happened to the record and what can be done; all of it is in the log. */
export async function showStoreProblem(
  { message, action }: RecordProblem,
  log: Log,
): Promise<void> {
  log.warn(message);
  const openLog = 'Open Log';
  const cleanUp = 'Clean Up Store…';
  const buttons = action === 'cleanUp' ? [cleanUp, openLog] : [openLog];
  const answer = await window.showWarningMessage(`Epochlog: ${message}`, ...buttons);
  if (answer === openLog) log.show();
  if (answer === cleanUp) await commands.executeCommand(commandIds.cleanUpStore);
}
