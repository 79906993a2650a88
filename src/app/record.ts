import type { Checkpoint } from '../core/checkpoint/checkpoint';
import type { DirectionRule } from '../core/run/directionTable';
import type { Run } from '../core/run/run';
import type { StoreLimits } from '../core/space/storeLimits';
import type { Store, StoreListener, StoreProblem } from '../store/store';
import { startStore } from '../store/storeClient';
import { createRecordCache, type RecordCache } from './recordCache';
import { createRecordEditor, type RecordEditor } from './recordEditor';
import { createRecordReader, type RecordReader } from './recordReader';
import { createStoreCleaner, type StoreCleaner } from './storeCleaner';

export type RecordProblem = StoreProblem;

export interface RecordOptions {
  readonly directory: string;
  /** The built `dist/workers/storeWorker.js`. */
  readonly workerPath: string;
  readonly now: () => number;
  readonly onError: (what: string, error: unknown) => void;
  /** Something that the user must know, such as a damaged file that was set aside. */
  readonly onProblem: (problem: RecordProblem) => void;
  readonly settings: StoreSettings;
}

/** What the user's settings say of a store. */
export interface StoreSettings {
  readonly limits: StoreLimits;
  readonly directions: readonly DirectionRule[];
}

/** A window's record: the store, and what reads and edits it. */
export interface Record {
  readonly store: Store;
  readonly cache: RecordCache;
  readonly reader: RecordReader;
  readonly editor: RecordEditor;
  readonly cleaner: StoreCleaner;
  /** Takes effect on what is written and read from now on. */
  applySettings(settings: StoreSettings): void;
  /** Everything that is not deleted, newest first. */
  snapshot(): Promise<{
    readonly runs: readonly Run[];
    readonly checkpoints: readonly Checkpoint[];
  }>;
}

export function createRecord(options: RecordOptions): Record {
  const { directory, workerPath, now, onError, onProblem, settings } = options;
  // The store can tell of a change before its cache is there.
  const listener: StoreListener = {
    changed: (change) => cache?.storeChanged(change),
    problem: onProblem,
  };
  let cache: RecordCache | undefined;
  const store = startStore({ folder: directory, workerPath, listener });
  const applySettings = ({ limits, directions }: StoreSettings) => {
    const failed = (error: unknown) => onError('Applying the settings to the store', error);
    void store.setLimits(limits).catch(failed);
    void store.setDirections(directions).catch(failed);
  };
  // Before anything is read.
  applySettings(settings);
  cache = createRecordCache(store, onError);
  return {
    store,
    cache,
    reader: createRecordReader(store),
    editor: createRecordEditor(store, now),
    cleaner: createStoreCleaner(store),
    applySettings,
    async snapshot() {
      const [runs, checkpoints] = await Promise.all([store.listRuns(), store.listCheckpoints()]);
      return { runs, checkpoints };
    },
  };
}
