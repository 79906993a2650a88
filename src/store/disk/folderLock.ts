import { randomBytes } from 'node:crypto';
import { type Disk, errorCode } from './disk';
import { closeQuietly, removeQuietly, writeAll } from './durableWrite';
import { mayBeAlive, ownProcess, parseProcessMark } from './processLife';

/** A holder has work of seconds; one that seems to hold longer is another process with an old id. */
const staleMs = 300_000;
/** Who died, or met a full disk, before it said who it is, leaves a lock that says nothing. */
const unmarkedStaleMs = 2_000;

export interface FolderLock {
  /** False once another took the lock over. */
  isHeld(): boolean;
  /** Throws the disk's own error where that fails; it may be tried again. */
  release(): void;
}

/** Takes the lock if no living process has it; never waits. */
export function tryLock(disk: Disk, path: string, nowMs: number): FolderLock | undefined {
  const content = JSON.stringify({ ...ownProcess(), token: randomBytes(8).toString('hex') });
  if (!create(disk, path, content)) {
    if (!removeStale(disk, path, nowMs) || !create(disk, path, content)) return undefined;
  }
  const lock: FolderLock = {
    isHeld: () => readText(disk, path) === content,
    release() {
      // One that cannot be read is more likely its own than one of a process that took it over.
      if (lock.isHeld() || isUnreadable(disk, path)) disk.remove(path);
    },
  };
  // Who was suspended before it wrote who it is may have lost the lock by then.
  if (lock.isHeld()) return lock;
  if (isUnreadable(disk, path)) removeQuietly(disk, path);
  return undefined;
}

function create(disk: Disk, path: string, content: string): boolean {
  let file: number;
  try {
    file = disk.open(path, 'create');
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeAll(disk, file, new TextEncoder().encode(content));
  } catch (error) {
    closeQuietly(disk, file);
    removeQuietly(disk, path);
    throw error;
  }
  closeQuietly(disk, file);
  return true;
}

function removeStale(disk: Disk, path: string, nowMs: number): boolean {
  const before = readText(disk, path);
  const lock = disk.stat(path);
  if (before === undefined || lock === undefined) return true;
  const mark = parseProcessMark(new TextEncoder().encode(before));
  const ageMs = nowMs - lock.modifiedAtMs;
  const isHeld = mark === undefined ? ageMs < unmarkedStaleMs : ageMs < staleMs && mayBeAlive(mark);
  if (isHeld) return false;
  // Of several that find it stale one moves it away; it then looks whether it moved what it judged.
  const aside = `${path}.stale-${randomBytes(6).toString('hex')}`;
  try {
    disk.rename(path, aside);
  } catch {
    return false;
  }
  const wasStale = readText(disk, aside) === before;
  if (wasStale) disk.remove(aside);
  else disk.rename(aside, path);
  return wasStale;
}

/** Undefined if there is none, or if it cannot be read. */
function readText(disk: Disk, path: string): string | undefined {
  const found = tryRead(disk, path) ?? tryRead(disk, path);
  return found === undefined || found === 'missing' ? undefined : decoder.decode(found);
}

/** Not of one that is missing, in whose place another may come at any moment. */
function isUnreadable(disk: Disk, path: string): boolean {
  return tryRead(disk, path) === undefined;
}

function tryRead(disk: Disk, path: string): Uint8Array | 'missing' | undefined {
  try {
    return disk.read(path);
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? 'missing' : undefined;
  }
}

const decoder = new TextDecoder();
