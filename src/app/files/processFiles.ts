import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Linux counts process times in hundredths of a second for every program (`USER_HZ`). */
const tickMs = 10;
/** The start of the machine is known to the second only. */
const startSlackMs = 2_000;
const maxProcesses = 500;
const maxThreads = 500;
const maxOpenFiles = 4_000;

/** Whether the processes of a command can be looked at here: Linux alone has `/proc`. */
export const canSeeProcesses = process.platform === 'linux';

/**
 * The processes that a command consists of: of the shell's or program's own process and what it has
 * started since then, the command's; not what the shell runs in the background from before.
 */
export function processesSince(processId: number, startedAtMs: number): readonly number[] {
  const own = isSince(processId, startedAtMs) ? [processId] : [];
  const begun = childrenOf(processId).filter((id) => isSince(id, startedAtMs));
  const found = new Set([...own, ...begun]);
  for (const id of found) {
    if (found.size >= maxProcesses) break;
    if (id === processId) continue;
    for (const child of childrenOf(id)) found.add(child);
  }
  return [...found];
}

/** Absolute paths of the files that a process has open for writing, of those that are `wanted`. */
export function filesBeingWritten(
  processId: number,
  wanted: (path: string) => boolean,
): readonly string[] {
  const folder = `/proc/${processId}`;
  return list(`${folder}/fd`)
    .slice(0, maxOpenFiles)
    .flatMap((descriptor) => {
      const path = attempt(() => readlinkSync(`${folder}/fd/${descriptor}`));
      if (path === undefined || !path.startsWith('/') || !wanted(path)) return [];
      const flags = /^flags:\s*(\d+)/m.exec(readProc(`${folder}/fdinfo/${descriptor}`))?.[1];
      // The lowest two bits: 0 is reading, 1 writing, 2 both (open(2)).
      return flags !== undefined && (Number.parseInt(flags, 8) & 3) !== 0 ? [path] : [];
    });
}

export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function childrenOf(processId: number): readonly number[] {
  return list(`/proc/${processId}/task`)
    .slice(0, maxThreads)
    .flatMap((thread) =>
      readProc(`/proc/${processId}/task/${thread}/children`)
        .split(' ')
        .filter((id) => id !== '')
        .map(Number),
    );
}

function isSince(processId: number, startedAtMs: number): boolean {
  // The name of the program comes before, in brackets, and may hold anything.
  const fields = readProc(`/proc/${processId}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  const ticks = Number(fields[19]);
  const bootSeconds = Number(/^btime (\d+)/m.exec(readProc('/proc/stat'))?.[1]);
  return bootSeconds * 1000 + ticks * tickMs >= startedAtMs - startSlackMs;
}

function readProc(path: string): string {
  return attempt(() => readFileSync(path, 'latin1')) ?? '';
}

function list(folder: string): readonly string[] {
  return attempt(() => readdirSync(folder)) ?? [];
}

/** Processes end while they are looked at. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
