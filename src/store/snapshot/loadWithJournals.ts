import type { HybridClock } from '../journal/hybridClock';
import { contains } from '../journal/journalPositions';
import { JournalReader, type JournalTrouble } from '../journal/journalReader';
import { readableError } from '../readableError';
import type { StoreContext } from '../storeContext';
import { type LoadedReplica, loadReplica } from './loadReplica';
import { readSnapshotPositions } from './snapshotFile';

/** Snapshots are hours or megabytes apart, so one that was replaced during a load is not twice. */
const maxLoads = 5;

export interface LoadedStore extends LoadedReplica {
  readonly journals: JournalReader;
  readonly troubles: readonly JournalTrouble[];
}

/** The state of the newest snapshot and all journals. */
export async function loadWithJournals(
  context: StoreContext,
  clock: HybridClock,
): Promise<LoadedStore> {
  const { disk, paths } = context;
  for (let load = 1; ; load++) {
    const loaded = await loadReplica(context, clock);
    let isKept = false;
    try {
      const journals = new JournalReader(context, loaded.replica);
      const { troubles } = reading(paths.journals, () => journals.readNew());
      // Another process may have replaced the snapshot, and removed journals that only the new one holds.
      const newest = reading(paths.snapshot, () => readSnapshotPositions(disk, paths.snapshot));
      const isCurrent = newest === undefined || contains(loaded.replica.positions(), newest);
      isKept = isCurrent || load === maxLoads;
      if (isKept) return { ...loaded, journals, troubles };
    } finally {
      // The engine's memory is given back by nobody else.
      if (!isKept) loaded.replica.database.close();
    }
  }
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw readableError('read', path, error);
  }
}
