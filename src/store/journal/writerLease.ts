import { randomBytes } from 'node:crypto';
import { type Disk, errorCode } from '../disk/disk';
import { closeQuietly, removeQuietly, temporaryMark, writeAll } from '../disk/durableWrite';
import { mayBeAlive, ownProcess, parseProcessMark } from '../disk/processLife';
import { leasePath, type StorePaths } from '../storePaths';

/** How often a living writer touches its lease, and after how long without that it counts as dead. */
export const leaseRenewalMs = 10_000;
const leaseMs = 60_000;

/** `isSealed`: its process lives, and its runs with it, but its journal gets nothing more. */
export function writeLease(
  disk: Disk,
  paths: StorePaths,
  writerId: string,
  { isSealed }: { readonly isSealed: boolean },
): void {
  disk.makeFolder(paths.leases);
  const path = leasePath(paths, writerId);
  const temporary = `${path}${temporaryMark}${randomBytes(6).toString('hex')}`;
  const content = JSON.stringify({ ...ownProcess(), ...(isSealed && { isSealed }) });
  try {
    const file = disk.open(temporary, 'create');
    try {
      writeAll(disk, file, new TextEncoder().encode(content));
    } finally {
      closeQuietly(disk, file);
    }
    disk.rename(temporary, path);
  } catch (error) {
    removeQuietly(disk, temporary);
    throw error;
  }
}

/** A writer that has no lease, did not renew it, or whose process is gone writes nothing more. */
export function isWriterAlive(
  disk: Disk,
  paths: StorePaths,
  writerId: string,
  nowMs: number,
): boolean {
  const path = leasePath(paths, writerId);
  const lease = disk.stat(path);
  if (lease === undefined || nowMs - lease.modifiedAtMs > leaseMs) return false;
  try {
    const mark = parseProcessMark(disk.read(path));
    return mark === undefined || mayBeAlive(mark);
  } catch (error) {
    // Gone between the two looks.
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Whether nothing more comes in this writer's journal, though it may be alive. */
export function isJournalSealed(disk: Disk, paths: StorePaths, writerId: string): boolean {
  try {
    const lease = disk.read(leasePath(paths, writerId));
    // SAFETY: the field is compared before anything is made of it.
    const mark = JSON.parse(new TextDecoder().decode(lease)) as { isSealed?: unknown };
    return mark.isSealed === true;
  } catch {
    return false;
  }
}
