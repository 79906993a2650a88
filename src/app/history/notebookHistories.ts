import type { Checkpoint } from '../../core/checkpoint/checkpoint';
import type { CellPlace } from '../../core/history/historyStep';
import type { SearchHit } from '../../core/history/searchHistory';
import type { SourceQuery } from '../../core/history/sourceSearch';
import { type CountFinder, createCountFinder } from '../../core/history/versionCounts';
import { createListeners } from '../../core/listeners';
import type { MatchedCell } from '../../core/notebook/cellFeatures';
import type { NotebookOutput } from '../../core/notebook/notebook';
import type { CutOutput } from '../../core/notebook/view/shownMedium';
import type { Remote } from '../../core/rpc';
import type { CheckpointId } from '../../core/run/run';
import { UserError } from '../../core/userError';
import type { RecordCache } from '../recordCache';
import type { CellChoice, HistoryProgress, HistoryService, NotebookTrace } from './historyService';

/** The histories of notebooks, as the window's surfaces ask for them; the work is done in a worker. */
export interface NotebookHistories {
  /** Undefined if no checkpoint has the cell. Stops and rejects when `signal` is aborted. */
  trace(notebook: string, cell: CellChoice, waiting?: Waiting): Promise<NotebookTrace | undefined>;
  /** Where the open notebook has a cell of a checkpoint; undefined if it has it no more. */
  locate(
    notebook: string,
    place: Pick<CellPlace, 'checkpointId' | 'cellIndex'>,
    cells: readonly MatchedCell[],
  ): Promise<number | undefined>;
  outputs(checkpointId: CheckpointId, cellIndex: number): Promise<readonly NotebookOutput[]>;
  /** For a page: with long texts cut. */
  shownOutputs(checkpointId: CheckpointId, cellIndex: number): Promise<readonly CutOutput[]>;
  /**
   * Finds how many versions a cell has. Undefined until they are known, which
   * asking for them brings about; `onDidChange` tells then, and whenever they change.
   */
  counts(notebook: string): CountFinder | undefined;
  onDidChange(listener: (notebook: string) => void): () => void;
  /** Looks through notebooks one after the other, those saved last first. */
  search(
    query: SourceQuery,
    notebook: string | undefined,
    waiting?: Waiting,
  ): AsyncIterable<SearchPart>;
  dispose(): void;
}

export interface Waiting {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: HistoryProgress) => void;
}

/** What was found in one notebook. */
export interface SearchPart {
  readonly notebook: string;
  readonly hits: readonly SearchHit[];
  readonly done: number;
  readonly total: number;
}

/** How long the worker reads before it tells how far it is. */
const sliceMs = 60;

export function createNotebookHistories(
  cache: RecordCache,
  service: Remote<HistoryService>,
  onError: (what: string, error: unknown) => void,
): NotebookHistories {
  /** What the worker was told, oldest first. */
  const told = new Map<string, readonly CheckpointId[]>();
  const counted = new Map<string, CountFinder>();
  const watched = new Set<string>();
  const reading = new Map<string, Promise<void>>();
  const changed = createListeners<string>();

  /** Says what is new; the answer to any later call knows it. */
  function tell(notebook: string): boolean {
    const now = cache
      .checkpoints()
      .filter((each) => each.notebook === notebook)
      .reverse();
    const before = told.get(notebook) ?? [];
    let keep = 0;
    while (keep < now.length && keep < before.length && now[keep]?.id === before[keep]) keep += 1;
    if (keep === now.length && keep === before.length) return false;
    told.set(
      notebook,
      now.map(({ id }) => id),
    );
    void service.know(notebook, keep, now.slice(keep).map(toKnown)).catch(failed);
    return true;
  }

  const failed = (error: unknown) => onError('Reading the history of a notebook', error);

  async function readAll(notebook: string, { signal, onProgress }: Waiting = {}): Promise<void> {
    await cache.ready;
    tell(notebook);
    for (;;) {
      signal?.throwIfAborted();
      const progress = await service.advance(notebook, sliceMs);
      onProgress?.(progress);
      if (progress.read >= progress.total) return;
    }
  }

  /** Once for all that ask meanwhile; what comes then is counted after it. */
  function count(notebook: string): void {
    const before = reading.get(notebook) ?? Promise.resolve();
    const next = before
      .then(() => readAll(notebook))
      .then(() => service.counts(notebook))
      .then((counts) => {
        counted.set(notebook, createCountFinder(counts));
        changed.emit(notebook);
      })
      .catch(failed);
    reading.set(notebook, next);
  }

  const stop = cache.onDidChange(({ checkpoints }) => {
    if (!checkpoints) return;
    for (const notebook of watched) if (tell(notebook)) count(notebook);
  });

  function find(checkpointId: CheckpointId) {
    const checkpoint = cache.checkpoint(checkpointId);
    if (!checkpoint) throw new UserError('This checkpoint was deleted.');
    return toKnown(checkpoint);
  }

  return {
    async trace(notebook, cell, waiting) {
      await readAll(notebook, waiting);
      return service.trace(notebook, cell);
    },
    async locate(notebook, place, cells) {
      await readAll(notebook);
      return service.locate(notebook, place, cells);
    },
    outputs: async (checkpointId, cellIndex) => service.outputs(find(checkpointId), cellIndex),
    shownOutputs: async (checkpointId, cellIndex) =>
      service.shownOutputs(find(checkpointId), cellIndex),
    counts(notebook) {
      if (!watched.has(notebook)) {
        watched.add(notebook);
        count(notebook);
      }
      return counted.get(notebook);
    },
    onDidChange: (listener) => changed.add(listener),
    async *search(query, notebook, waiting = {}) {
      await cache.ready;
      const all = new Set(cache.checkpoints().map((each) => each.notebook));
      const wanted = notebook === undefined ? [...all] : [notebook];
      const search = await service.beginSearch(query);
      try {
        for (const [index, each] of wanted.entries()) {
          await readAll(each, waiting);
          const hits = await service.searchIn(search, each);
          yield { notebook: each, hits, done: index + 1, total: wanted.length };
        }
      } finally {
        void service.endSearch(search).catch(failed);
      }
    },
    dispose: stop,
  };
}

function toKnown({ id, takenAtMs, content, manifest, leftOut, problem }: Checkpoint) {
  return {
    ...{ id, takenAtMs, content },
    ...(manifest === undefined ? {} : { manifest }),
    ...(leftOut === undefined ? {} : { leftOut }),
    ...(problem === undefined ? {} : { problem }),
  };
}
