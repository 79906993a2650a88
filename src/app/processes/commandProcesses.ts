import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { RunningProcess } from '../../core/command/findProcess';

/** @returns the processes of this machine, or undefined where they cannot be listed. */
export async function listProcesses(): Promise<readonly RunningProcess[] | undefined> {
  if (process.platform === 'linux') return listFromProc();
  return process.platform === 'win32' ? undefined : listFromPs();
}

/** Also for one of another user; not for one that ended and waits to be forgotten. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  if (process.platform !== 'linux') return true;
  const stat = await readStat(pid);
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X';
}

/** The file that a process writes its output into; undefined for a terminal or a pipe. Linux alone. */
export async function outputFileOf(pid: number): Promise<string | undefined> {
  try {
    const target = await readlink(`/proc/${pid}/fd/1`);
    return target.startsWith('/') && !target.startsWith('/dev/') ? target : undefined;
  } catch {
    return undefined;
  }
}

async function listFromProc(): Promise<readonly RunningProcess[] | undefined> {
  const names = await readdir('/proc').catch(() => undefined);
  if (!names) return undefined;
  const upMs = Number((await readFile('/proc/uptime', 'utf8')).split(' ')[0]) * 1000;
  const bootedAtMs = Date.now() - upMs;
  const looked = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((name) => lookAt(Number(name), bootedAtMs)),
  );
  // What ends while it is looked at is left out.
  return looked.filter((process) => process !== undefined);
}

async function lookAt(pid: number, bootedAtMs: number): Promise<RunningProcess | undefined> {
  const [stat, command] = await Promise.all([
    readStat(pid),
    readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
  ]);
  if (!stat || command === '') return undefined;
  const startedAtMs = bootedAtMs + (stat.startTicks / ticksPerSecond) * 1000;
  return { pid, parentPid: stat.parentPid, args: command.split('\0').slice(0, -1), startedAtMs };
}

/** `USER_HZ`, which is 100 on every architecture that VS Code runs on. */
const ticksPerSecond = 100;

/** proc(5): the second field, the name in parentheses, may contain anything. */
async function readStat(pid: number) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    state: fields[0] ?? '',
    parentPid: Number(fields[1]),
    startTicks: Number(fields[19]),
  };
}

async function listFromPs(): Promise<readonly RunningProcess[] | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,ppid=,command='], {
      maxBuffer: 16 * 1024 * 1024,
      timeout: 10_000,
    });
    return stdout.split('\n').flatMap((line) => {
      const [, pid, parentPid, command] = /^\s*(\d+)\s+(\d+)\s+(.+)$/.exec(line) ?? [];
      return command === undefined
        ? []
        : [{ pid: Number(pid), parentPid: Number(parentPid), args: command.split(/\s+/) }];
    });
  } catch {
    return undefined;
  }
}
