import type { Disk } from './disk';
import { mayBeAlive, ownProcess, parseProcessMark } from './processLife';
import { leasePath, type StorePaths } from './storePaths';

/** How often a living writer touches its lease, and after how long without that it counts as dead. */
export const leaseRenewalMs = 10_000;
const leaseMs = 60_000;

export function writeLease(disk: Disk, paths: StorePaths, writerId: string): void {
  disk.makeFolder(paths.leases);
  const file = disk.open(leasePath(paths, writerId), 'create');
  try {
    disk.write(file, new TextEncoder().encode(JSON.stringify(ownProcess())));
  } finally {
    disk.close(file);
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
  } catch {
    // Gone between the two looks.
    return false;
  }
}
