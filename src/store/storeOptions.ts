import type { Disk } from './disk/disk';
import type { SnapshotPolicy } from './snapshot/snapshotKeeper';

export interface StoreOptions extends Partial<StoreTimes & StoreSizes> {
  /** Where `sql-wasm.wasm` of sql.js lies. */
  readonly wasmPath: string;
  readonly disk?: Disk;
  readonly now?: () => number;
  readonly snapshotAtClose?: SnapshotPolicy['atClose'];
  /** The built `dist/workers/snapshotWorker.js`; without it snapshots are built in this thread. */
  readonly snapshotWorkerPath?: string;
}

interface StoreTimes {
  /** How often the other windows' journals are looked at. */
  readonly pollMs: number;
  /** After a snapshot the next waits at least so long. */
  readonly snapshotRestMs: number;
  /** How long after a write that failed the first next try comes. */
  readonly retryMs: number;
  /** How often it is looked for runs whose recorder is gone. */
  readonly abandonedMs: number;
  /** How often old outputs are dropped. */
  readonly thinMs: number;
  /** How long what no two windows may do at once waits for another window. */
  readonly exclusiveTimeoutMs: number;
}

interface StoreSizes {
  /** A snapshot is taken once so much of the journals is in none … */
  readonly snapshotAfterBytes: number;
  /** … or so many commits, as to replay one takes up to 0.1 ms. */
  readonly snapshotAfterFrames: number;
  /** A journal is left for a new one at this size, so that it can go once it is in two snapshots. */
  readonly maxJournalBytes: number;
  /** So much is kept in memory while nothing can be written. */
  readonly maxHeldBytes: number;
}

const mb = 1024 * 1024;

export const defaultOptions: StoreTimes & StoreSizes = {
  pollMs: 250,
  snapshotRestMs: 1000,
  retryMs: 500,
  abandonedMs: 30_000,
  thinMs: 3_600_000,
  exclusiveTimeoutMs: 10_000,
  snapshotAfterBytes: 16 * mb,
  snapshotAfterFrames: 10_000,
  maxJournalBytes: 8 * mb,
  maxHeldBytes: 256 * mb,
};
