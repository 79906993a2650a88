import { readFile } from 'node:fs/promises';
import type { RunningProcess } from '../../core/command/findProcess';
import { isNeverTraining } from '../../core/command/isNeverTraining';
import { joinCommand } from '../../core/command/joinCommand';
import { parseCommand } from '../../core/command/parseCommand';
import { listProcesses } from './commandProcesses';

/**
 * Looks for a program that may train below a shell which does not say what it runs.
 *
 * @returns its script or module, or undefined if there is none, or processes cannot be listed.
 */
export async function findUnseenProgram(shellPid: number): Promise<string | undefined> {
  if (!(await mayHaveChildren(shellPid))) return undefined;
  const processes = (await listProcesses()) ?? [];
  for (const { args } of below(shellPid, processes)) {
    const command = parseCommand(joinCommand(args));
    const name = command.script ?? command.module;
    if (command.kind !== 'other' && name !== undefined && !isNeverTraining(command)) return name;
  }
  return undefined;
}

/** The answer of Linux costs nothing, so that a shell that waits can be asked often. */
async function mayHaveChildren(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(
    () => undefined,
  );
  return children === undefined || children.trim() !== '';
}

function below(shellPid: number, processes: readonly RunningProcess[]): readonly RunningProcess[] {
  const found: RunningProcess[] = [];
  const parents = new Set([shellPid]);
  // A parent has most often a smaller number, but numbers begin anew.
  for (let before = -1; found.length !== before; ) {
    before = found.length;
    for (const process of processes) {
      if (parents.has(process.pid) || !parents.has(process.parentPid)) continue;
      parents.add(process.pid);
      found.push(process);
    }
  }
  return found;
}
