import { UserError } from '../../core/userError';
import type { Replica } from '../database/replica';
import { nodeDisk } from '../disk/disk';
import { readOnlyDisk } from '../disk/readOnlyDisk';
import { HybridClock } from '../journal/hybridClock';
import { loadWithJournals } from '../snapshot/loadWithJournals';
import type { StoreContext } from '../storeContext';
import { storePaths } from '../storePaths';

export interface PeekOptions {
  readonly wasmPath: string;
  /** Told of what is not as it should be. */
  readonly report: (message: string) => void;
}

/** What is needed to look at the store in `folder` without changing anything in it. */
export function peekContext(folder: string, { wasmPath, report }: PeekOptions): StoreContext {
  const disk = readOnlyDisk(nodeDisk);
  const paths = storePaths(folder);
  const isStore = [paths.snapshot, paths.previousSnapshot, paths.journals].some(
    (path) => disk.stat(path) !== undefined,
  );
  if (!isStore) throw new UserError(`There is no Epochlog store in ${folder}.`);
  return { disk, paths, wasmPath, now: Date.now, report, passed: () => {} };
}

/** The state of a store as it is now; to be closed by its owner. */
export async function peekReplica(context: StoreContext): Promise<Replica> {
  const { replica } = await loadWithJournals(context, new HybridClock(context.now));
  return replica;
}
