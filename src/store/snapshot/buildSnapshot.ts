import { tryLock } from '../disk/folderLock';
import { HybridClock } from '../journal/hybridClock';
import { contains, type Positions } from '../journal/journalPositions';
import type { StoreContext } from '../storeContext';
import { newerStoreMessage } from './loadReplica';
import { loadWithJournals } from './loadWithJournals';
import { writeSnapshot } from './takeSnapshot';

/**
 * What it contains, or why none was written. `busy`: another process is at it. `behind`: what is on disk
 * has not all that it should have.
 */
export type SnapshotOutcome = Positions | 'busy' | 'behind';

/**
 * Makes the next snapshot of what is on disk: the newest one that is whole, and the journals. Nothing of
 * a database in use is needed, and what could not be replayed is found while it can still be mended.
 *
 * @param expected what there is to be at least.
 */
export async function buildSnapshot(
  context: StoreContext,
  expected: Positions,
): Promise<SnapshotOutcome> {
  const { disk, paths, now } = context;
  const lock = tryLock(disk, paths.lock, now());
  if (lock === undefined) return 'busy';
  try {
    const loaded = await loadWithJournals(context, new HybridClock(now));
    const { replica, snapshotPositions, isFromNewest, troubles } = loaded;
    try {
      if (loaded.readOnlyReason !== undefined || troubles.some(({ kind }) => kind === 'newer')) {
        throw new Error(newerStoreMessage(paths.folder));
      }
      if (!contains(replica.positions(), expected)) return 'behind';
      const current = isFromNewest ? snapshotPositions : undefined;
      return (await writeSnapshot(context, lock, replica, current)) ?? 'busy';
    } finally {
      replica.database.close();
    }
  } finally {
    lock.release();
  }
}
