import pidtree from 'pidtree';
import { killProcess } from './killProcess';

/** Kills what a process has started, and what that has, without asking; the process itself lives on. */
export async function killDescendants(processId: number): Promise<void> {
  // The deepest first would let a parent start another one meanwhile.
  for (const pid of await pidtree(processId, { root: false })) killProcess(pid, 'SIGKILL');
}
