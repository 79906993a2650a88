import type { HybridClock } from './hybridClock';
import { JournalReader, type JournalTrouble } from './journalReader';
import { type LoadedReplica, loadReplica } from './loadReplica';
import { errorMessage, readableError } from './readableError';
import type { Applied } from './replica';
import { readSnapshotPositions } from './snapshotFile';
import type { StoreContext } from './storeContext';
import { contains } from './takeSnapshot';

/** Snapshots are hours or megabytes apart, so one that was replaced during a load is not twice. */
const maxLoads = 5;

export interface LoadedStore extends LoadedReplica {
  readonly journals: JournalReader;
  readonly troubles: readonly JournalTrouble[];
}

/** The state of the newest snapshot and all journals; what is in them that cannot be read is in `troubles`. */
export async function loadWithJournals(
  context: StoreContext,
  clock: HybridClock,
): Promise<LoadedStore> {
  const { disk, paths, now } = context;
  for (let load = 1; ; load++) {
    const loaded = await loadReplica(context, clock);
    const journals = new JournalReader(disk, paths, loaded.replica, now);
    const troubles: JournalTrouble[] = [];
    try {
      const applied = journals.readNew(undefined, (trouble) => troubles.push(trouble));
      reportUnapplied(context, applied);
    } catch (error) {
      throw readableError('read', paths.journals, error);
    }
    // Another process may have replaced the snapshot, and removed journals that only the new one holds.
    const newest = readSnapshotPositions(disk, paths.snapshot);
    const isCurrent = newest === undefined || contains(loaded.replica.positions(), newest);
    if (isCurrent || load === maxLoads) return { ...loaded, journals, troubles };
    loaded.replica.database.close();
  }
}

export function reportUnapplied({ report }: StoreContext, applied: readonly Applied[]): void {
  for (const error of applied.flatMap(({ errors }) => errors)) {
    report(`Epochlog could not take in a recorded change: ${errorMessage(error)}`);
  }
}
