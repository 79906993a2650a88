import type { RunId } from '../../../core/run/run';
import { compareNewestFirst } from '../../../core/search/runOrder';
import type { SqlDatabase } from '../sqlDatabase';
import { toOptionalNumber, toText } from '../sqlValues';

/** What of a run decides whether it is looked at. */
interface RunState {
  readonly id: RunId;
  readonly startedAtMs: number;
  /** False where it is deleted for good, or where only a part of it has been read so far. */
  readonly isThere: boolean;
  readonly isDeleted: boolean;
  readonly isArchived: boolean;
  readonly isStarred: boolean;
}

/**
 * Which runs there are, by row, in memory: a search goes through all of them. Runs that were touched are
 * read anew when it is asked next.
 */
export class RunTable {
  readonly #database: SqlDatabase;
  readonly #states: (RunState | undefined)[] = [];
  readonly #rows = new Map<RunId, number>();
  #stale: Set<number> | 'all' = 'all';
  #newestFirst: readonly number[] | undefined;

  constructor(database: SqlDatabase) {
    this.#database = database;
  }

  touch(row: number): void {
    if (this.#stale !== 'all') this.#stale.add(row);
  }

  rowOf(runId: RunId): number | undefined {
    this.#update();
    return this.#rows.get(runId);
  }

  idOf(row: number): RunId | undefined {
    return this.#states[row]?.id;
  }

  isDeleted(row: number): boolean {
    return this.#states[row]?.isDeleted ?? false;
  }

  isArchived(row: number): boolean {
    return this.#states[row]?.isArchived ?? false;
  }

  isStarred(row: number): boolean {
    return this.#states[row]?.isStarred ?? false;
  }

  /** The rows of all runs, deleted and archived ones too. */
  newestFirst(): readonly number[] {
    this.#update();
    if (this.#newestFirst === undefined) {
      const there: { row: number; id: RunId; startedAtMs: number }[] = [];
      for (const [row, state] of this.#states.entries()) {
        if (state?.isThere) there.push({ row, id: state.id, startedAtMs: state.startedAtMs });
      }
      this.#newestFirst = there.sort(compareNewestFirst).map(({ row }) => row);
    }
    return this.#newestFirst;
  }

  #update(): void {
    const stale = this.#stale;
    if (stale !== 'all' && stale.size === 0) return;
    this.#stale = new Set();
    const where = stale === 'all' ? 'TRUE' : 'run IN (SELECT value FROM json_each(?))';
    const found = this.#database.rows(
      `SELECT run, id, started_at_ms, started_stamp IS NOT NULL AND purged_stamp IS NULL,
         deleted_at_ms IS NOT NULL, archived_at_ms IS NOT NULL, ifnull(starred, 0)
       FROM runs WHERE ${where}`,
      ...(stale === 'all' ? [] : [JSON.stringify([...stale])]),
    );
    for (const [rowId, id, startedAtMs, isThere, isDeleted, isArchived, isStarred] of found) {
      const row = Number(rowId);
      const before = this.#states[row];
      const state: RunState = {
        // SAFETY: the column holds nothing else.
        id: toText(id) as RunId,
        startedAtMs: toOptionalNumber(startedAtMs) ?? 0,
        isThere: isThere === 1,
        isDeleted: isDeleted === 1,
        isArchived: isArchived === 1,
        isStarred: isStarred === 1,
      };
      this.#states[row] = state;
      this.#rows.set(state.id, row);
      const isOrderSame =
        before?.isThere === state.isThere && before.startedAtMs === state.startedAtMs;
      if (!isOrderSame) this.#newestFirst = undefined;
    }
  }
}
