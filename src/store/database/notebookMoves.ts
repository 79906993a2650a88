import type { NotebookMoved } from '../../core/change/change';
import type { CheckpointId } from '../../core/run/run';
import type { Stamp } from '../journal/hybridClock';
import type { SqlDatabase } from './sqlDatabase';
import { toText } from './sqlValues';

interface Move {
  readonly stamp: string;
  readonly from: string;
  readonly to: string;
}

export interface MovedRows {
  readonly runs: readonly number[];
  readonly checkpoints: readonly CheckpointId[];
}

/**
 * Where the notebook is now that was at `path` at the moment of `stamp`: what the moves since make of
 * it, one after the other. So it does not matter which is read first, they or what they move.
 */
export function movedPath(database: SqlDatabase, path: string, stamp: Stamp): string {
  return follow(listMoves(database, stamp), path, stamp);
}

/** Brings everything that was recorded before to where the move takes it. */
export function writeMove(
  database: SqlDatabase,
  { from, to }: NotebookMoved,
  stamp: Stamp,
): MovedRows {
  database.run('INSERT OR IGNORE INTO notebook_moves VALUES (?, ?, ?)', stamp, from, to);
  // Only what was there at some time can be there now: its last path is what a move can change.
  const moves = listMoves(database, '');
  const paths = new Set([from, to]);
  for (const move of moves) paths.add(move.from).add(move.to);
  const checkpoints = changedRows(database, checkpointPaths, stamp, moves, paths);
  for (const { row, path } of checkpoints) {
    database.run('UPDATE checkpoints SET notebook = ? WHERE checkpoint = ?', path, row);
  }
  const runs = changedRows(database, runPaths, stamp, moves, paths);
  for (const { row, path } of runs) {
    database.run('UPDATE runs SET source_path = ? WHERE run = ?', path, row);
  }
  return {
    runs: runs.map(({ row }) => row),
    // SAFETY: the column holds nothing else.
    checkpoints: checkpoints.map(({ id }) => id as CheckpointId),
  };
}

interface ChangedRow {
  readonly row: number;
  readonly id: string;
  readonly path: string;
}

/** Each: the row, its id, its path when it was made, its stamp; those stamped before `?1` that are at `?2` now. */
const checkpointPaths = `SELECT checkpoint, id, taken_as, taken_stamp FROM checkpoints
  WHERE taken_stamp < ?1 AND notebook = ?2`;
const runPaths = `SELECT run, id, json_extract(source, '$.notebook'), started_stamp FROM runs
  WHERE source_kind = 'notebook' AND started_stamp < ?1 AND source_path = ?2`;

function changedRows(
  database: SqlDatabase,
  sql: string,
  stamp: Stamp,
  moves: readonly Move[],
  paths: ReadonlySet<string>,
): readonly ChangedRow[] {
  const changed: ChangedRow[] = [];
  for (const old of paths) {
    for (const [row, id, first, since] of database.rows(sql, stamp, old)) {
      const path = follow(moves, toText(first), toText(since));
      if (path !== old) changed.push({ row: Number(row), id: toText(id), path });
    }
  }
  return changed;
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
