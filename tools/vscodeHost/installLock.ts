import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Runs `work` while no other process does with the same lock file; a dead owner's lock is taken. */
export async function withLock<T>(
  lockFile: string,
  onWait: () => void,
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(dirname(lockFile), { recursive: true });
  let told = false;
  while (!tryTake(lockFile)) {
    if (!told) onWait();
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const release = () => rmSync(lockFile, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function tryTake(lockFile: string): boolean {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = readOwner(lockFile);
    if (owner === undefined || isAlive(owner)) return false;
  }
  // Moved away rather than deleted: of two processes that saw the same dead owner, one moves it,
  // and the other finds out that it moved a live one and leaves the next round to settle it.
  const aside = `${lockFile}.${process.pid}`;
  try {
    renameSync(lockFile, aside);
    const moved = readOwner(aside);
    if (moved !== undefined && isAlive(moved)) renameSync(aside, lockFile);
    else rmSync(aside, { force: true });
  } catch {
    // Another process was first.
  }
  return false;
}

function readOwner(lockFile: string): number | undefined {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // SAFETY: process.kill throws only system errors, which carry a code; EPERM means it lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
