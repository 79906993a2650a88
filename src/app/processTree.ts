import pidtree from 'pidtree';

/** Kills what a process has started, and what that has, without asking; the process itself lives on. */
export async function killDescendants(processId: number): Promise<void> {
  // The deepest first would let a parent start another one meanwhile.
  for (const pid of await pidtree(processId, { root: false })) killProcess(pid, 'SIGKILL');
}

/** @returns false if it was gone already. */
export function killProcess(processId: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(processId, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
