import type { ParsedCommand } from './parseCommand';

export interface RunningProcess {
  readonly pid: number;
  readonly parentPid: number;
  readonly args: readonly string[];
  /** In ms since 1970, where the system tells. */
  readonly startedAtMs?: number;
}

export interface FoundProcess {
  /** The program itself. */
  readonly pid: number;
  /** What the shell started for the command line: the program, or a shell around several. */
  readonly jobPid: number;
}

/** Clocks of the system and of the one who asks may differ by so much. */
const clockSlackMs = 2000;

/**
 * The process that runs a command of a shell, known by its script, module or program: below the shell,
 * or anywhere if it left the shell (`setsid`, `( … & )`) and began with the command.
 */
export function findProcess(
  processes: readonly RunningProcess[],
  shellPid: number | undefined,
  { script, module, program }: Pick<ParsedCommand, 'script' | 'module' | 'program'>,
  startedAtMs: number,
): FoundProcess | undefined {
  const name = script ?? module ?? program;
  if (name === '') return undefined;
  const began = (process: RunningProcess) =>
    process.startedAtMs === undefined || process.startedAtMs >= startedAtMs - clockSlackMs;
  const named = processes.filter((process) => process.args.includes(name) && began(process));
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  for (const process of named) {
    const jobPid = jobOf(process, shellPid, byPid);
    if (jobPid !== undefined) return { pid: process.pid, jobPid };
  }
  const free = named.find(({ startedAtMs }) => startedAtMs !== undefined);
  return free && { pid: free.pid, jobPid: free.pid };
}

/** The child of the shell that a process is, or is below of. */
function jobOf(
  process: RunningProcess,
  shellPid: number | undefined,
  byPid: ReadonlyMap<number, RunningProcess>,
): number | undefined {
  let at: RunningProcess | undefined = process;
  for (let depth = 0; at !== undefined && depth < 50; depth++) {
    if (at.parentPid === shellPid) return at.pid;
    at = byPid.get(at.parentPid);
  }
  return undefined;
}
