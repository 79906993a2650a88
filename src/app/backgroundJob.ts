import { setTimeout as delay } from 'node:timers/promises';
import { type FoundProcess, findProcess } from '../core/command/findProcess';
import type { ParsedCommand } from '../core/command/parseCommand';
import { isRunning, listProcesses } from './processes';

export interface CommandProcess {
  readonly command: ParsedCommand;
  readonly shellPid: number | undefined;
  readonly startedAtMs: number;
}

/** A shell needs a moment until the program runs, and a virtual environment one more. */
const looksAfterMs = [0, 100, 200, 500, 1000, 1500];
const pollEveryMs = 500;
/** Where processes cannot be seen, a job is over once its file was quiet for so long. */
const quietMs = 10 * 60_000;

/** @returns undefined if it is not there, and `unseen` where processes cannot be listed. */
export async function findCommandProcess(
  { command, shellPid, startedAtMs }: CommandProcess,
  signal: AbortSignal,
): Promise<FoundProcess | 'unseen' | undefined> {
  for (const afterMs of looksAfterMs) {
    await delay(afterMs, undefined, { ref: false });
    if (signal.aborted) return undefined;
    const processes = await listProcesses();
    if (!processes) return 'unseen';
    const found = findProcess(processes, shellPid, command, startedAtMs);
    if (found) return found;
  }
  return undefined;
}

/** Resolves once a job that a shell runs behind it is over, or when the signal says so. */
export async function untilJobEnds(
  job: CommandProcess,
  lastOutputAtMs: () => number,
  signal: AbortSignal,
): Promise<void> {
  const found = await findCommandProcess(job, signal);
  while (!signal.aborted) {
    const goesOn =
      found === 'unseen'
        ? Date.now() - lastOutputAtMs() < quietMs
        : found !== undefined && (await isRunning(found.jobPid));
    if (!goesOn) return;
    await delay(pollEveryMs, undefined, { ref: false });
  }
}
