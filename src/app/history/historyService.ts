import type { Checkpoint } from '../../core/checkpoint/checkpoint';
import type { CellPlace } from '../../core/history/historyStep';
import { NotebookHistory } from '../../core/history/notebookHistory';
import { type SearchHit, searchHistory } from '../../core/history/searchHistory';
import { compileQuery, type SourceMatch, type SourceQuery } from '../../core/history/sourceSearch';
import { type TraceData, toTraceData } from '../../core/history/traceData';
import type { CellCount } from '../../core/history/versionCounts';
import type { CellExecution } from '../../core/notebook/cellExecution';
import type { MatchedCell } from '../../core/notebook/cellFeatures';
import type { NotebookOutput } from '../../core/notebook/notebook';
import { type CutOutput, cutOutputs } from '../../core/notebook/view/shownMedium';
import { UserError } from '../../core/userError';
import type { CheckpointContents, StoredContent } from './checkpointContents';

/** What the history needs to know of a checkpoint. */
export type KnownCheckpoint = StoredContent & Pick<Checkpoint, 'id' | 'takenAtMs' | 'problem'>;

/** The history of the cells of notebooks; the other side of a worker, which reads the store's files itself. */
export interface HistoryService {
  /**
   * Tells of the checkpoints of a notebook, oldest first: the first `keep` of those told before are still
   * there, the others are gone, and `more` come after them.
   */
  know(notebook: string, keep: number, more: readonly KnownCheckpoint[]): void;
  /** Reads on for about `budgetMs`; to be asked again until it is done. */
  advance(notebook: string, budgetMs: number): Promise<HistoryProgress>;
  /** What is known by now of the cells of the newest checkpoint, in their order. */
  counts(notebook: string): readonly CellCount[];
  /** Undefined if no checkpoint has the cell. */
  trace(notebook: string, cell: CellChoice): NotebookTrace | undefined;
  /** What ran before these checkpoints were taken, in their order; of one that cannot be read, nothing. */
  executions(checkpoints: readonly StoredContent[]): Promise<readonly CellExecution[]>;
  /** Where the open notebook has a cell of a checkpoint; undefined if it has it no more. */
  locate(
    notebook: string,
    place: Pick<CellPlace, 'checkpointId' | 'cellIndex'>,
    cells: readonly MatchedCell[],
  ): number | undefined;
  outputs(checkpoint: StoredContent, cellIndex: number): Promise<readonly NotebookOutput[]>;
  /** As a page shows them: long texts are cut here, so that they cross neither to the host nor to the page. */
  shownOutputs(checkpoint: StoredContent, cellIndex: number): Promise<readonly CutOutput[]>;
  /** Rejects if the query cannot be used. */
  beginSearch(query: SourceQuery): number;
  /** What is found in a notebook by what was read of it. */
  searchIn(search: number, notebook: string): readonly SearchHit[];
  endSearch(search: number): void;
}

export interface NotebookTrace extends TraceData {
  /** Of the newest checkpoint, as the notebook names it: `python`. */
  readonly language: string;
}

export interface HistoryProgress {
  readonly read: number;
  readonly total: number;
  /** Checkpoints that could not be read, or are no notebook. */
  readonly unreadable: number;
}

/** A cell of the notebook as it is open now, or of a checkpoint. */
export type CellChoice =
  | { readonly kind: 'open'; readonly cells: readonly MatchedCell[]; readonly cellIndex: number }
  | ({ readonly kind: 'checkpoint' } & Pick<CellPlace, 'checkpointId' | 'cellIndex'>);

interface Known {
  checkpoints: readonly KnownCheckpoint[];
  history: NotebookHistory;
  language: string;
  read: number;
  unreadable: number;
  /** Lets go of the history when nobody asked for it for long. */
  idle: NodeJS.Timeout;
}

interface Search {
  readonly find: (source: string) => SourceMatch | undefined;
  readonly known: Map<string, SourceMatch | undefined>;
}

/** A history that nobody asked for so long is read again when it is. */
const idleMs = 10 * 60_000;

export function createHistoryService(contents: CheckpointContents): HistoryService {
  const notebooks = new Map<string, Known>();
  const searches = new Map<number, Search>();
  let searchCount = 0;

  const knownOf = (notebook: string): Known => {
    const found = notebooks.get(notebook);
    if (found) {
      found.idle.refresh();
      return found;
    }
    const idle = setTimeout(() => begin(known), idleMs);
    // It keeps no worker alive.
    idle.unref();
    const known: Known = { ...nothing(), checkpoints: [], idle };
    notebooks.set(notebook, known);
    return known;
  };

  async function readNext(known: Known, checkpoint: KnownCheckpoint): Promise<void> {
    const { history } = known;
    try {
      if (checkpoint.problem !== undefined) throw new UserError(checkpoint.problem);
      const { cells, language, executions } = await contents.outline(checkpoint);
      // Another was told of meanwhile, with a history of its own.
      if (known.history !== history) return;
      known.language = language;
      history.append({
        ...{ checkpointId: checkpoint.id, atMs: checkpoint.takenAtMs },
        ...{ cells, executions },
      });
    } catch {
      if (known.history !== history) return;
      known.unreadable += 1;
    }
    known.read += 1;
  }

  return {
    know(notebook, keep, more) {
      const known = knownOf(notebook);
      known.checkpoints = [...known.checkpoints.slice(0, keep), ...more];
      // A history only goes on; what came in between is read with all that is after it.
      if (known.read > keep) begin(known);
    },
    async advance(notebook, budgetMs) {
      const known = knownOf(notebook);
      const endMs = performance.now() + budgetMs;
      while (performance.now() < endMs) {
        const next = known.checkpoints[known.read];
        if (!next) break;
        await readNext(known, next);
      }
      const { read, unreadable, checkpoints } = known;
      return { read, unreadable, total: checkpoints.length };
    },
    counts(notebook) {
      const { history } = knownOf(notebook);
      return history.newestCells.map(({ id, source }, index) => ({
        ...(id === undefined ? {} : { id }),
        source,
        versions: history.currentTracks[index]?.versionCount ?? 0,
      }));
    },
    trace(notebook, cell) {
      const { history, language } = knownOf(notebook);
      const track =
        cell.kind === 'open'
          ? history.tracksOf(cell.cells)[cell.cellIndex]
          : history.trackAt(cell.checkpointId, cell.cellIndex);
      const trace = track && toTraceData(track, history);
      return trace && { ...trace, language };
    },
    async executions(checkpoints) {
      const all: CellExecution[] = [];
      for (const checkpoint of checkpoints) {
        try {
          all.push(...(await contents.executions(checkpoint)));
        } catch {
          // Damaged, which its own checkpoint says.
        }
      }
      return all;
    },
    locate(notebook, { checkpointId, cellIndex }, cells) {
      const { history } = knownOf(notebook);
      const track = history.trackAt(checkpointId, cellIndex);
      const index = track ? history.tracksOf(cells).indexOf(track) : -1;
      return index === -1 ? undefined : index;
    },
    outputs: (checkpoint, cellIndex) => contents.outputs(checkpoint, cellIndex),
    shownOutputs: async (checkpoint, cellIndex) =>
      cutOutputs(await contents.outputs(checkpoint, cellIndex)),
    beginSearch(query) {
      searchCount += 1;
      searches.set(searchCount, { find: compileQuery(query), known: new Map() });
      return searchCount;
    },
    searchIn(id, notebook) {
      const search = searches.get(id);
      return search ? searchHistory(knownOf(notebook).history, search.find, search.known) : [];
    },
    endSearch: (search) => void searches.delete(search),
  };
}

function nothing() {
  return { history: new NotebookHistory(), language: '', read: 0, unreadable: 0 };
}

/** The checkpoints stay known; all that was read of them is let go. */
function begin(known: Known): void {
  Object.assign(known, nothing());
}
