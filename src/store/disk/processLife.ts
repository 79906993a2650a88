import { hostname } from 'node:os';
import { errorCode } from './disk';

/** Who a process is, so that another can tell whether it still lives. */
export interface ProcessMark {
  readonly pid: number;
  readonly host: string;
}

export function ownProcess(): ProcessMark {
  return { pid: process.pid, host: hostname() };
}

/** True also where it cannot be known, as for a process on another machine. */
export function mayBeAlive({ pid, host }: ProcessMark): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Reads a mark written as JSON; undefined if it is not one, as when half written. */
export function parseProcessMark(bytes: Uint8Array): ProcessMark | undefined {
  try {
    // SAFETY: both fields are looked at before they are used.
    const mark = JSON.parse(new TextDecoder().decode(bytes)) as Partial<ProcessMark>;
    const { pid, host } = mark;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host } : undefined;
  } catch {
    return undefined;
  }
}
