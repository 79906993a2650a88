import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { createListeners } from '../core/listeners';
import { groupParts } from '../core/run/parts';
import type { CheckpointId, Run, RunId } from '../core/run/run';
import type { SearchNode } from '../core/search/searchNode';
import type { SavedView, ViewPage } from '../core/view/savedView';
import type { Store, StoreChange } from '../store/store';
import { eachPage } from './readPages';

/**
 * What the window's surfaces show, kept in step with the store: they read it at once, and only what
 * changed crosses from the store's thread.
 */
export interface RecordCache {
  /** Resolves when the record has been read for the first time. */
  readonly ready: Promise<void>;
  /** Resolves when the saved views have been read, which come first. */
  readonly viewsRead: Promise<void>;
  /** Newest first; deleted ones left out, archived ones not: see `withoutArchived`. */
  runs(): readonly Run[];
  run(runId: RunId): Run | undefined;
  /** What a search finds, newest first, as the store's `listRunIds`. */
  find(search: SearchNode): Promise<readonly RunId[]>;
  /** The parts of a run, oldest first; deleted ones left out. */
  partsOf(runId: RunId): readonly Run[];
  /** Newest first; deleted ones left out. */
  checkpoints(): readonly Checkpoint[];
  checkpoint(checkpointId: CheckpointId): Checkpoint | undefined;
  /** The saved views of a page, by name. */
  views(page: ViewPage): readonly SavedView[];
  /** Reads the saved views now: one that was saved a moment ago may not be among them yet. */
  readViews(): Promise<void>;
  onDidChange(listener: (change: RecordChange) => void): () => void;
  /** Tells the cache what the store said; the cache reads it soon. */
  storeChanged(change: StoreChange): void;
}

export interface RecordChange {
  readonly runs: boolean;
  readonly checkpoints: boolean;
  readonly views: boolean;
}

/** Leaves out what tells of saved views alone: for what shows none of them. */
export function exceptViews(listener: () => void): (change: RecordChange) => void {
  return ({ runs, checkpoints }) => {
    if (runs || checkpoints) listener();
  };
}

const nothing: RecordChange = { runs: false, checkpoints: false, views: false };

/** Changes that come within this time are read together. */
const gatherMs = 80;

const fewAtOnce = 200;

export function createRecordCache(
  store: Store,
  onError: (what: string, error: unknown) => void,
): RecordCache {
  const runs = new Map<RunId, Run>();
  const checkpoints = new Map<CheckpointId, Checkpoint>();
  const changed = createListeners<RecordChange>();
  const staleRuns = new Set<RunId>();
  const staleCheckpoints = new Set<CheckpointId>();
  let views: readonly SavedView[] = [];
  let areViewsStale = false;
  let sortedRuns: readonly Run[] | undefined;
  let parts: ReadonlyMap<RunId, readonly Run[]> | undefined;
  let sortedCheckpoints: readonly Checkpoint[] | undefined;
  let isScheduled = false;
  let reading = Promise.resolve();

  async function readViews(): Promise<void> {
    views = await store.listViews();
    if (views.length > 0) announce({ ...nothing, views: true });
  }

  async function readAll(): Promise<void> {
    await viewsRead;
    for (const checkpoint of await store.listCheckpoints()) {
      checkpoints.set(checkpoint.id, checkpoint);
    }
    announce({ ...nothing, checkpoints: true });
    for await (const page of eachPage((at) => store.listRuns(at))) {
      // One that changed meanwhile was read already.
      for (const run of page) if (!runs.has(run.id)) runs.set(run.id, run);
      announce({ ...nothing, runs: true });
    }
  }

  async function readStale(): Promise<void> {
    const runIds = [...staleRuns];
    const checkpointIds = [...staleCheckpoints];
    staleRuns.clear();
    staleCheckpoints.clear();
    const withViews = areViewsStale;
    areViewsStale = false;
    try {
      await Promise.all([readRuns(runIds), readCheckpoints(checkpointIds)]);
      if (withViews) views = await store.listViews();
    } catch (error) {
      // The next change reads them again.
      for (const runId of runIds) staleRuns.add(runId);
      for (const id of checkpointIds) staleCheckpoints.add(id);
      areViewsStale ||= withViews;
      throw error;
    }
    announce({
      runs: runIds.length > 0,
      checkpoints: checkpointIds.length > 0,
      views: withViews,
    });
  }

  /** A run by itself costs a message; of many each page costs one. */
  async function readRuns(runIds: readonly RunId[]): Promise<void> {
    if (runIds.length <= fewAtOnce) {
      await Promise.all(runIds.map(readRun));
      return;
    }
    const left = new Set(runIds);
    for await (const page of eachPage((at) => store.listRuns(at))) {
      for (const run of page) if (left.delete(run.id)) runs.set(run.id, run);
    }
    for (const runId of left) runs.delete(runId);
  }

  async function readRun(runId: RunId): Promise<void> {
    const run = await store.getRun(runId);
    if (run && run.deletedAtMs === undefined) runs.set(runId, run);
    else runs.delete(runId);
  }

  /** As with runs: a save must not bring all the checkpoints before it across. */
  async function readCheckpoints(ids: readonly CheckpointId[]): Promise<void> {
    const isFew = ids.length <= fewAtOnce;
    const fresh = isFew
      ? await Promise.all(ids.map((id) => store.getCheckpoint(id)))
      : await store.listCheckpoints();
    for (const id of ids) checkpoints.delete(id);
    for (const checkpoint of fresh) {
      if (checkpoint && checkpoint.deletedAtMs === undefined) {
        checkpoints.set(checkpoint.id, checkpoint);
      }
    }
  }

  function announce(change: RecordChange): void {
    if (change.runs) {
      sortedRuns = undefined;
      parts = undefined;
    }
    if (change.checkpoints) sortedCheckpoints = undefined;
    changed.emit(change);
  }

  function readSoon(): void {
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(() => {
      isScheduled = false;
      reading = reading.then(readStale).catch((error) => onError('Reading the record', error));
    }, gatherMs);
  }

  const viewsRead = readViews().catch((error) => onError('Reading saved views', error));
  const ready = readAll().catch((error) => onError('Reading the record', error));
  reading = ready;
  return {
    ready,
    viewsRead,
    runs() {
      sortedRuns ??= [...runs.values()].sort((a, b) => b.startedAtMs - a.startedAtMs);
      return sortedRuns;
    },
    run: (runId) => runs.get(runId),
    find: (search) => store.listRunIds({ search }),
    partsOf(runId) {
      parts ??= groupParts([...runs.values()]);
      return parts.get(runId) ?? [];
    },
    checkpoints() {
      sortedCheckpoints ??= [...checkpoints.values()].sort((a, b) => b.takenAtMs - a.takenAtMs);
      return sortedCheckpoints;
    },
    checkpoint: (checkpointId) => checkpoints.get(checkpointId),
    readViews,
    views: (page) => views.filter((view) => view.page === page),
    onDidChange: (listener) => changed.add(listener),
    storeChanged(change) {
      for (const runId of change.runIds) staleRuns.add(runId);
      for (const id of change.checkpointIds) staleCheckpoints.add(id);
      areViewsStale ||= change.viewIds.length > 0;
      readSoon();
    },
  };
}
