import { secretMark } from '../secrets/secretMark';

/** What to put into a terminal for a recorded command, and whether it can be run as it is. */
export interface RepeatedCommand {
  readonly text: string;
  readonly isComplete: boolean;
}

/**
 * A command whose secret was masked must not be run with the mask in its place: it is put on one line,
 * for the user to complete.
 *
 * @returns undefined if it has several commands on lines of their own, as a terminal would run the
 * first ones.
 */
export function repeatCommand(commandLine: string): RepeatedCommand | undefined {
  if (!commandLine.includes(secretMark)) return { text: commandLine, isComplete: true };
  const text = commandLine.trim().replace(/[\\`^]\r?\n(?:>+ )?\s*/g, '');
  return /[\r\n]/.test(text) ? undefined : { text, isComplete: false };
}
