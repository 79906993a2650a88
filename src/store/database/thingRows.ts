import type { CheckpointId, RunId } from '../../core/run/run';
import type { Stamp } from '../journal/hybridClock';
import type { EditedTable } from './editRows';
import type { SqlDatabase } from './sqlDatabase';

export interface ThingRow {
  readonly row: number;
  /** Deleted for good: nothing that is said of it has any effect. */
  readonly isPurged: boolean;
}

/** The row of a thing, made if nothing was said of it before. */
export function ensureThing(
  database: SqlDatabase,
  table: EditedTable,
  id: RunId | CheckpointId,
): ThingRow {
  const found = database.row(`SELECT rowid, purged_stamp FROM ${table} WHERE id = ?`, id);
  const [row, purgedStamp] =
    found ?? database.row(`INSERT INTO ${table} (id) VALUES (?) RETURNING rowid, NULL`, id) ?? [];
  return { row: Number(row), isPurged: purgedStamp != null };
}

/** What hangs on a row, by statements that take it away. */
const dependents: Readonly<Record<EditedTable, readonly string[]>> = {
  runs: [
    'DELETE FROM chunks WHERE series IN (SELECT series FROM series WHERE run = ?)',
    'DELETE FROM series WHERE run = ?',
    'DELETE FROM params WHERE run = ?',
    'DELETE FROM run_tags WHERE run = ?',
    'DELETE FROM run_files WHERE run = ?',
  ],
  checkpoints: ['DELETE FROM checkpoint_tags WHERE checkpoint = ?'],
};

/**
 * Empties a row and takes away what hangs on it. The row itself stays, so that what other journals say
 * of the thing, read before or after, comes to nothing in every window.
 */
export function purgeThing(
  database: SqlDatabase,
  table: EditedTable,
  { row, isPurged }: ThingRow,
  id: RunId | CheckpointId,
  stamp: Stamp,
): void {
  if (isPurged) return;
  for (const sql of dependents[table]) database.run(sql, row);
  database.run(`DELETE FROM ${table} WHERE rowid = ?`, row);
  // The same row number, by which readers keep what they read of it.
  database.run(
    `INSERT INTO ${table} (rowid, id, purged_stamp) VALUES (?, ?, ?)`,
    ...[row, id, stamp],
  );
}
