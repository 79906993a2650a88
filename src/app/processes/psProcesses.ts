import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ListedProcess } from './processTable';

const run = promisify(execFile);

/** Columns that POSIX, macOS and Linux agree on; the name last, as it may hold blanks. */
const columns = 'pid=,ppid=,rss=,time=,etime=,comm=';

/** Lists processes with the system's `ps`. */
export async function listPsProcesses(): Promise<readonly ListedProcess[]> {
  const { stdout } = await run('/bin/ps', ['-A', '-o', columns], {
    timeout: 4000,
    maxBuffer: 16 * 1024 * 1024,
    env: { LC_ALL: 'C' },
  });
  return parsePs(stdout, Date.now());
}

export function parsePs(text: string, nowMs: number): readonly ListedProcess[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+([\d:.-]+)\s+([\d:.-]+)\s+(.*?)\s*$/.exec(line);
    if (!found) return [];
    const [, processId, parentId, memoryKb, cpu = '', elapsed = '', name = ''] = found;
    return {
      processId: Number(processId),
      parentId: Number(parentId),
      name,
      cpuMs: clockMs(cpu),
      startedAtMs: nowMs - clockMs(elapsed),
      memoryBytes: Number(memoryKb) * 1024,
    };
  });
}

/** `[[dd-]hh:]mm:ss[.cc]`. */
function clockMs(text: string): number {
  const [days, clock] = text.includes('-') ? text.split('-') : ['0', text];
  const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}
