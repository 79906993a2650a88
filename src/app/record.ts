import type { Checkpoint } from '../core/checkpoint/checkpoint';
import type { Run } from '../core/run/run';
import type { Store, StoreListener } from '../store/store';
import { startStore } from '../store/storeClient';
import { createRecordCache, type RecordCache } from './recordCache';
import { createRecordEditor, type RecordEditor } from './recordEditor';
import { createRecordReader, type RecordReader } from './recordReader';

export interface RecordOptions {
  readonly directory: string;
  /** The built `dist/workers/storeWorker.js`. */
  readonly workerPath: string;
  readonly now: () => number;
  readonly onError: (what: string, error: unknown) => void;
  /** Something that the user must know, such as a damaged file that was set aside. */
  readonly onProblem: (message: string) => void;
}

/** A window's record: the store, and what reads and edits it. */
export interface Record {
  readonly store: Store;
  readonly cache: RecordCache;
  readonly reader: RecordReader;
  readonly editor: RecordEditor;
  /** Everything that is not deleted, newest first. */
  snapshot(): Promise<{
    readonly runs: readonly Run[];
    readonly checkpoints: readonly Checkpoint[];
  }>;
}

export function createRecord(options: RecordOptions): Record {
  const { directory, workerPath, now, onError, onProblem } = options;
  // The store can tell of a change before its cache is there.
  const listener: StoreListener = {
    changed: (change) => cache?.storeChanged(change),
    problem: ({ message }) => onProblem(message),
  };
  let cache: RecordCache | undefined;
  const store = startStore({ folder: directory, workerPath, listener });
  cache = createRecordCache(store, onError);
  return {
    store,
    cache,
    reader: createRecordReader(store),
    editor: createRecordEditor(store, now),
    async snapshot() {
      const [runs, checkpoints] = await Promise.all([store.listRuns(), store.listCheckpoints()]);
      return { runs, checkpoints };
    },
  };
}
