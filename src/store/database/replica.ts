import type { CheckpointId, RunId } from '../../core/run/run';
import type { ViewId } from '../../core/view/savedView';
import { type HybridClock, later, type Stamp, stampWriter, toStamp } from '../journal/hybridClock';
import { type Frame, momentCount, type StoredChange } from '../journal/journalFormat';
import type { StoreChange } from '../store';
import { applyChange } from './applyChange';
import type { SqlDatabase } from './sqlDatabase';
import { toOptionalText, toText } from './sqlValues';

/** How much of a writer's journal is contained in something. */
export interface JournalPosition {
  /** Number of the last frame; 0 if none. */
  readonly sequence: number;
  /** Where in the file the next frame begins. */
  readonly offsetBytes: number;
}

export interface Applied extends StoreChange {
  /** Frames that could not be applied, by their sequence, with why; the others were. */
  readonly errors: ReadonlyMap<number, unknown>;
}

/** Told of the row of a run that a change of this kind touched. */
type RunListener = (runRow: number, kind: StoredChange['kind']) => void;

interface TouchedIds {
  readonly runIds: Set<RunId>;
  readonly checkpointIds: Set<CheckpointId>;
  readonly viewIds: Set<ViewId>;
}

export interface RunningRun {
  readonly id: RunId;
  readonly recorder: string;
  /** When something came of it last. */
  readonly lastAtMs: number;
  readonly parentId: RunId | undefined;
}

/** The place in a journal where a frame was first written to. */
interface FrameOrigin {
  readonly writerId: string;
  readonly sequence: number;
}

function frameOrigin(writerId: string, { sequence, changes }: Frame): FrameOrigin {
  const [first] = changes;
  return first?.kind === 'retried' ? first : { writerId, sequence };
}

/** The state that the journals lead to, and how far each of them has been read into it. */
export class Replica {
  readonly database: SqlDatabase;
  readonly #clock: HybridClock;
  readonly #positions = new Map<string, JournalPosition>();
  /** Frames that took effect from another journal than their first, as `writer sequence`. */
  readonly #retried = new Set<string>();
  readonly #listeners = new Set<RunListener>();

  constructor(database: SqlDatabase, clock: HybridClock) {
    this.database = database;
    this.#clock = clock;
    const rows = database.rows('SELECT writer_id, sequence, offset_bytes FROM journal_positions');
    for (const [writerId, sequence, offsetBytes] of rows) {
      this.#positions.set(toText(writerId), {
        sequence: Number(sequence),
        offsetBytes: Number(offsetBytes),
      });
    }
    for (const [writerId, sequence] of database.rows('SELECT * FROM retried_frames')) {
      this.#retried.add(`${writerId} ${sequence}`);
    }
    const next = database.row('SELECT ms, counter FROM next_moment');
    if (next !== undefined) clock.see({ ms: Number(next[0]), counter: Number(next[1]) }, 0);
  }

  positions(): ReadonlyMap<string, JournalPosition> {
    return this.#positions;
  }

  /** The returned function ends it. */
  onRunTouched(listener: RunListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Applies frames of a journal up to `offsetBytes`, each whole or not at all. Those that are part of the
   * state already are left out, so that the same frames may come twice.
   */
  apply(writerId: string, frames: readonly Frame[], offsetBytes: number): Applied {
    const runIds = new Set<RunId>();
    const checkpointIds = new Set<CheckpointId>();
    const viewIds = new Set<ViewId>();
    const errors = new Map<number, unknown>();
    const known = this.#positions.get(writerId) ?? { sequence: 0, offsetBytes: 0 };
    const position = {
      sequence: Math.max(known.sequence, frames.at(-1)?.sequence ?? 0),
      offsetBytes: Math.max(known.offsetBytes, offsetBytes),
    };
    this.database.atomically(() => {
      for (const frame of frames) {
        if (frame.sequence <= known.sequence) continue;
        try {
          this.#applyFrame(writerId, frame, { runIds, checkpointIds, viewIds });
        } catch (error) {
          errors.set(frame.sequence, error);
        }
      }
      this.database.run(
        'INSERT OR REPLACE INTO journal_positions VALUES (?, ?, ?)',
        ...[writerId, position.sequence, position.offsetBytes],
      );
      // The frames may be in no journal any more when the clock is next set.
      const { ms, counter } = this.#clock.next;
      this.database.run('INSERT OR REPLACE INTO next_moment VALUES (1, ?, ?)', ms, counter);
      this.#positions.set(writerId, position);
    });
    return {
      runIds: [...runIds],
      checkpointIds: [...checkpointIds],
      viewIds: [...viewIds],
      errors,
    };
  }

  #applyFrame(
    writerId: string,
    frame: Frame,
    { runIds, checkpointIds, viewIds }: TouchedIds,
  ): void {
    const origin = frameOrigin(writerId, frame);
    const originKey = `${origin.writerId} ${origin.sequence}`;
    if (this.#retried.has(originKey)) return;
    const isRetried = origin.writerId !== writerId;
    if (isRetried && this.#sequenceOf(origin.writerId) >= origin.sequence) return;
    let ticks = 0;
    this.database.atomically(() => {
      for (const change of frame.changes) {
        if (change.kind === 'retried') continue;
        const base = ticks;
        const stampOf = (index: number) => {
          return toStamp(later(frame.moment, base + index), origin.writerId);
        };
        const touched = applyChange(this.database, change, stampOf);
        ticks += momentCount(change);
        for (const id of touched.checkpointIds) checkpointIds.add(id);
        for (const id of touched.viewIds) viewIds.add(id);
        for (const { row, id } of touched.runs) {
          runIds.add(id);
          for (const listener of this.#listeners) listener(row, change.kind);
        }
      }
      if (!isRetried) return;
      const { writerId: first, sequence } = origin;
      this.database.run('INSERT INTO retried_frames VALUES (?, ?)', first, sequence);
    });
    if (isRetried) this.#retried.add(originKey);
    this.#clock.see(frame.moment, ticks);
  }

  #sequenceOf(writerId: string): number {
    return this.#positions.get(writerId)?.sequence ?? 0;
  }

  /** Who recorded the runs that have no end yet, with the last time at which something came. */
  *runningRuns(): Generator<RunningRun> {
    const rows = this.database.rows(
      `SELECT id, started_stamp,
         max(started_at_ms, ifnull((SELECT max(last_at_ms) FROM series WHERE run = runs.run), 0)),
         parent_id
       FROM runs WHERE status = 'running' AND started_stamp IS NOT NULL`,
    );
    for (const [id, stamp, lastAtMs, parentId] of rows) {
      yield {
        // SAFETY: the columns hold nothing else.
        id: toText(id) as RunId,
        recorder: stampWriter(toText(stamp) as Stamp),
        lastAtMs: Number(lastAtMs),
        // SAFETY: as above.
        parentId: toOptionalText(parentId) as RunId | undefined,
      };
    }
  }
}
