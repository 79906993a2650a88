import type { CellExecution } from '../core/notebook/cellExecution';
import type { Remote } from '../core/rpc';
import type { TrustReport } from '../core/trust/judge';
import { type RunTrust, toRunTrust } from '../core/trust/runTrust';
import { passingIdMark, type WatchedNotebook } from '../core/trust/watchedNotebook';
import type { TrustService } from './trustService';

/** What ran in the notebooks that are open, and how far their results can be trusted. */
export interface TrustKeeper {
  /**
   * A cell has run to its end.
   *
   * @param isKept whether a checkpoint may say so; its results are judged by it in any case.
   */
  ran(notebook: WatchedNotebook, execution: CellExecution, isKept: boolean): void;
  /** What ran and is in no checkpoint yet; it is taken to be in one from now on. */
  takeUnkept(key: string): readonly CellExecution[];
  /** Its cells have changed; it is judged anew in a moment. */
  changed(notebook: WatchedNotebook): void;
  /** The last verdicts; undefined before the first. */
  report(key: string): TrustReport | undefined;
  /** Judges it as it is now. */
  judge(notebook: WatchedNotebook): Promise<TrustReport>;
  /** What goes along with a run of the cell at this place; nothing once the notebook is closed. */
  trustOf(notebook: WatchedNotebook, cellIndex: number): Promise<RunTrust | undefined>;
  onDidChange(listener: (key: string) => void): () => void;
  /** It was closed. */
  forget(key: string): void;
}

/** What a user types is judged when he pauses. */
const pauseMs = 400;
/** What ran longer ago says nothing any more. */
const maxExecutions = 5_000;

interface Kept {
  /** What earlier checkpoints say that ran. */
  readonly before: Promise<readonly CellExecution[]>;
  unkept: CellExecution[];
  executions: CellExecution[];
  report?: TrustReport;
  timer?: ReturnType<typeof setTimeout>;
  /** Counts judgements, so that an older one that is late is dropped. */
  asked: number;
  answered: number;
}

export function createTrustKeeper(
  service: Remote<TrustService>,
  readKept: (path: string) => Promise<readonly CellExecution[]>,
  onError: (what: string, error: unknown) => void,
): TrustKeeper {
  const kept = new Map<string, Kept>();
  const listeners = new Set<(key: string) => void>();
  const of = ({ key, path }: WatchedNotebook): Kept => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const before = readKept(path).catch((error: unknown) => {
      onError('Reading what ran in a notebook before', error);
      return [];
    });
    const fresh: Kept = { before, executions: [], unkept: [], asked: 0, answered: 0 };
    kept.set(key, fresh);
    return fresh;
  };

  async function judge(notebook: WatchedNotebook): Promise<TrustReport> {
    const known = of(notebook);
    known.asked += 1;
    const { asked } = known;
    const before = await known.before;
    const report = await service
      .judge(notebook.cells(), [...before, ...known.executions])
      .finally(() => {
        known.answered += 1;
      });
    if (known.asked === asked && kept.get(notebook.key) === known) {
      known.report = report;
      for (const listener of listeners) listener(notebook.key);
    }
    return report;
  }

  function changed(notebook: WatchedNotebook): void {
    const known = of(notebook);
    clearTimeout(known.timer);
    known.timer = setTimeout(() => {
      // A large notebook takes a while; what is asked meanwhile must not queue up.
      if (known.answered < known.asked) {
        changed(notebook);
        return;
      }
      judge(notebook).catch((error) => onError('Judging the results of a notebook', error));
    }, pauseMs);
    known.timer.unref();
  }

  return {
    ran(notebook, execution, isKept) {
      const known = of(notebook);
      known.executions.push(execution);
      if (isKept) known.unkept.push(toKept(execution));
      if (known.executions.length > maxExecutions) known.executions.shift();
      changed(notebook);
    },
    takeUnkept(key) {
      return kept.get(key)?.unkept.splice(0) ?? [];
    },
    changed,
    report: (key) => kept.get(key)?.report,
    judge,
    async trustOf(notebook, cellIndex) {
      // Else it would be watched again, by what was known when it was closed.
      if (!kept.has(notebook.key)) return undefined;
      const { cells } = await judge(notebook);
      return toRunTrust(cells.find((cell) => cell.cellIndex === cellIndex));
    },
    onDidChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forget(key) {
      clearTimeout(kept.get(key)?.timer);
      kept.delete(key);
    },
  };
}

/** An id that is gone when the notebook is closed says nothing afterwards. */
function toKept({ cellId, ...execution }: CellExecution): CellExecution {
  const isOwn = cellId !== undefined && !cellId.startsWith(passingIdMark);
  return isOwn ? { ...execution, cellId } : execution;
}
