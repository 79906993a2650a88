import { dirname } from 'node:path';
import type { Disk } from '../disk/disk';
import { temporaryMark } from '../disk/durableWrite';
import { mayBeAlive, parseProcessMark } from '../disk/processLife';
import { listStoreFiles, logRunId } from '../disk/storeFiles';
import type { StoreContext } from '../storeContext';

/** No write takes so long: a temporary file as old as this is what a crash left. */
const temporaryRestMs = 3_600_000;
/** A log is begun after its run is recorded, so one without a run is not new. */
const logRestMs = 3_600_000;
/** A lease that nobody renewed for so long is of no use to the writer either. */
const leaseRestMs = 3_600_000;

/**
 * Removes files that nothing will look at again: temporary ones, logs of runs that the store does not
 * know, and leases of processes that are gone. Returns how many bytes that freed.
 *
 * @param hasRun whether a run with this id is in the record, not deleted for good.
 */
export function removeLeftovers(context: StoreContext, hasRun: (runId: string) => boolean): number {
  const { disk, paths, now } = context;
  let freedBytes = 0;
  for (const { path, name, sizeBytes, modifiedAtMs } of listStoreFiles(disk, paths)) {
    const ageMs = now() - modifiedAtMs;
    const runId = dirname(path) === paths.logs ? logRunId(name) : undefined;
    const isLeftover =
      (name.includes(temporaryMark) && ageMs > temporaryRestMs) ||
      (runId !== undefined && !hasRun(runId) && ageMs > logRestMs) ||
      (dirname(path) === paths.leases && ageMs > leaseRestMs && isOfDeadProcess(disk, path));
    if (!isLeftover) continue;
    disk.remove(path);
    freedBytes += sizeBytes;
  }
  return freedBytes;
}

function isOfDeadProcess(disk: Disk, lease: string): boolean {
  const mark = parseProcessMark(disk.read(lease));
  return mark !== undefined && !mayBeAlive(mark);
}
