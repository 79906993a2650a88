import { readdirSync, readFileSync } from 'node:fs';
import type { ListedProcess } from './processTable';

/**
 * Reads `/proc/PID/stat` of every process (proc(5)). Nothing waits: the files are in memory, so that
 * asking one after the other is fastest, and a caller is in a worker.
 */
export function listLinuxProcesses(): readonly ListedProcess[] {
  const bootedAtMs = Date.now() - readUptimeMs();
  const found: ListedProcess[] = [];
  for (const name of readdirSync('/proc')) {
    const first = name.charCodeAt(0);
    if (first < 48 || first > 57) continue;
    const stat = read(`/proc/${name}/stat`);
    const parsed = stat === undefined ? undefined : parseStat(stat, bootedAtMs);
    if (parsed) found.push(parsed);
  }
  return found;
}

/** `USER_HZ`, in which the kernel counts for programs: 100 on every architecture of today. */
const ticksPerSecond = 100;

function parseStat(stat: string, bootedAtMs: number): ListedProcess | undefined {
  // The name stands in brackets and may hold any character, brackets too.
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  if (open < 0 || close < open) return undefined;
  const fields = stat.slice(close + 2).split(' ');
  const number = (place: number) => Number(fields[place - 3]);
  return {
    processId: Number(stat.slice(0, open)),
    name: stat.slice(open + 1, close),
    parentId: number(4),
    cpuMs: ((number(14) + number(15)) * 1000) / ticksPerSecond,
    startedAtMs: bootedAtMs + (number(22) * 1000) / ticksPerSecond,
    memoryBytes: number(24) * pageBytes(),
  };
}

function readUptimeMs(): number {
  return Number(read('/proc/uptime')?.split(' ', 1)[0]) * 1000;
}

let knownPageBytes: number | undefined;

/** From what the kernel tells each program (`AT_PAGESZ` of the auxiliary vector): 4 KiB, 16 KiB on some. */
function pageBytes(): number {
  if (knownPageBytes === undefined) {
    knownPageBytes = 4096;
    try {
      const vector = readFileSync('/proc/self/auxv');
      for (let at = 0; at + 16 <= vector.length; at += 16) {
        if (vector.readBigUInt64LE(at) === 6n) {
          knownPageBytes = Number(vector.readBigUInt64LE(at + 8));
        }
      }
    } catch {
      // Then it is what nearly every machine has.
    }
  }
  return knownPageBytes;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // It ended meanwhile.
    return undefined;
  }
}
