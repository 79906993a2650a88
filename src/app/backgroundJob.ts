import { setTimeout as delay } from 'node:timers/promises';
import { type FoundProcess, findProcess } from '../core/command/findProcess';
import type { ParsedCommand } from '../core/command/parseCommand';
import { killProcess } from './killProcess';
import { isRunning, listProcesses } from './processes/commandProcesses';
import { killDescendants } from './processTree';
import type { Stopper } from './stopper';

/** `unseen` where processes cannot be listed; undefined if it was not there. */
export type CommandProcess = FoundProcess | 'unseen' | undefined;

/** A shell needs a moment until the program runs, and a virtual environment one more. */
const looksAfterMs = [0, 100, 200, 500, 1000, 1500];
const pollEveryMs = 500;
/** Where processes cannot be seen, a job is over once its file was quiet for so long. */
const quietMs = 10 * 60_000;

/** Finds the process of a command that was just started. */
export async function findCommandProcess(
  command: ParsedCommand,
  shell: PromiseLike<number | undefined> | undefined,
  startedAtMs: number,
  signal: AbortSignal,
): Promise<CommandProcess> {
  const shellPid = await Promise.resolve(shell).catch(() => undefined);
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
  found: CommandProcess,
  lastOutputAtMs: () => number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const goesOn =
      found === 'unseen'
        ? Date.now() - lastOutputAtMs() < quietMs
        : found !== undefined && (await isRunning(found.jobPid));
    if (!goesOn) return;
    await delay(pollEveryMs, undefined, { ref: false });
  }
}

/** Ends a job by signals: the keys of its terminal would reach what runs before it. */
export function jobStopper(find: () => Promise<CommandProcess>): Stopper {
  return {
    async interrupt() {
      const found = await find();
      if (typeof found === 'object') killProcess(found.pid, 'SIGINT');
    },
    async kill() {
      const found = await find();
      if (typeof found !== 'object') return;
      await killDescendants(found.jobPid);
      killProcess(found.jobPid, 'SIGKILL');
    },
  };
}
