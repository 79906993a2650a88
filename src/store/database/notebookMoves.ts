import type { NotebookMoved } from '../../core/change/change';
import type { CheckpointId, RunId } from '../../core/run/run';
import type { Stamp } from '../journal/hybridClock';
import type { Row, SqlDatabase } from './sqlDatabase';
import { toText } from './sqlValues';

interface Move {
  readonly stamp: string;
  readonly from: string;
  readonly to: string;
}

export interface MovedRows {
  readonly runs: readonly { readonly row: number; readonly id: RunId }[];
  readonly checkpointIds: readonly CheckpointId[];
}

/**
 * Where the notebook is now that was at `path` at the moment of `stamp`: what the moves since make of
 * it, one after the other. So it does not matter which is read first, they or what they move.
 */
export function movedPath(database: SqlDatabase, path: string, stamp: Stamp): string {
  return follow(listMoves(database, stamp), path, stamp);
}

/**
 * Brings everything that was recorded before to where the move takes it. What it takes along is all at
 * one path now, and goes to one: where the later moves, of which there mostly are none, take both.
 */
export function writeMove(
  database: SqlDatabase,
  { from, to }: NotebookMoved,
  stamp: Stamp,
): MovedRows {
  database.run('INSERT OR IGNORE INTO notebook_moves VALUES (?, ?, ?)', stamp, from, to);
  const later = listMoves(database, stamp);
  const [old, fresh] = [follow(later, from, stamp), follow(later, to, stamp)];
  if (old === fresh) return { runs: [], checkpointIds: [] };
  // Of one that comes late: later moves may have brought others, which were not at `from`, there too.
  const earlier =
    later.length === 0 ? undefined : listMoves(database, '').filter((move) => move.stamp < stamp);
  const moved = (sql: string): MovedRow[] => {
    const there = Array.from(database.rows(sql, stamp, old), toMovedRow);
    if (earlier === undefined) return there;
    return there.filter(({ path, since }) => follow(earlier, path, since) === from);
  };
  const runs = moved(runsAt);
  for (const { row } of runs) {
    database.run('UPDATE runs SET source_path = ? WHERE run = ?', fresh, row);
  }
  const checkpoints = moved(checkpointsAt);
  for (const { row } of checkpoints) {
    database.run('UPDATE checkpoints SET notebook = ? WHERE checkpoint = ?', fresh, row);
  }
  return {
    // SAFETY: the columns hold nothing else.
    runs: runs.map(({ row, id }) => ({ row, id: id as RunId })),
    // SAFETY: as above.
    checkpointIds: checkpoints.map(({ id }) => id as CheckpointId),
  };
}

interface MovedRow {
  readonly row: number;
  readonly id: string;
  /** The path when it was made. */
  readonly path: string;
  readonly since: string;
}

/** Those stamped before `?1` that are at `?2` now, as `toMovedRow` reads them. */
const checkpointsAt = `SELECT checkpoint, id, taken_as, taken_stamp FROM checkpoints
  WHERE taken_stamp < ?1 AND notebook = ?2`;
const runsAt = `SELECT run, id, json_extract(source, '$.notebook'), started_stamp FROM runs
  WHERE source_kind = 'notebook' AND started_stamp < ?1 AND source_path = ?2`;

function toMovedRow([row, id, path, since]: Row): MovedRow {
  return { row: Number(row), id: toText(id), path: toText(path), since: toText(since) };
}

function follow(moves: readonly Move[], path: string, since: string): string {
  let at = path;
  for (const { stamp, from, to } of moves) if (stamp > since && from === at) at = to;
  return at;
}

/** Those after `since`, in order. */
function listMoves(database: SqlDatabase, since: string): Move[] {
  const rows = database.rows(
    'SELECT stamp, moved_from, moved_to FROM notebook_moves WHERE stamp > ? ORDER BY stamp',
    since,
  );
  return Array.from(rows, ([stamp, from, to]) => ({
    stamp: toText(stamp),
    from: toText(from),
    to: toText(to),
  }));
}
