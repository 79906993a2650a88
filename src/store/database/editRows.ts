import type { Edit } from '../../core/change/change';
import type { Stamp } from '../journal/hybridClock';
import type { SqlDatabase } from './sqlDatabase';

/** What a user can say of a thing is stored alike for every kind of thing. */
export type EditedTable = 'runs' | 'checkpoints';

const tagTables = {
  runs: { table: 'run_tags', owner: 'run' },
  checkpoints: { table: 'checkpoint_tags', owner: 'checkpoint' },
} as const;

const columns = {
  name: 'name',
  note: 'note',
  starred: 'starred',
  deletedAtMs: 'deleted_at_ms',
} as const;

/** What can be said of runs alone. */
const runColumns = { archivedAtMs: 'archived_at_ms', experiment: 'experiment' } as const;

/** The later edit of a field wins, in whatever order they come. */
export function applyEdit(
  database: SqlDatabase,
  table: EditedTable,
  rowId: number,
  edit: Edit,
  stamp: Stamp,
): void {
  const { table: tags, owner } = tagTables[table];
  if (edit.field === 'tag') {
    database.run(
      `INSERT INTO ${tags} (${owner}, key, value, stamp) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value, stamp = excluded.stamp
       WHERE excluded.stamp > stamp`,
      ...[rowId, edit.key, edit.value, stamp],
    );
    return;
  }
  if (edit.field === 'archivedAtMs' || edit.field === 'experiment') {
    if (table !== 'runs') return;
    setLatest(database, table, rowId, runColumns[edit.field], edit.value, stamp);
    return;
  }
  const value = typeof edit.value === 'boolean' ? Number(edit.value) : edit.value;
  setLatest(database, table, rowId, columns[edit.field], value, stamp);
}

/** Sets a column that has a `…_stamp` beside it unless a later change did. */
export function setLatest(
  database: SqlDatabase,
  table: EditedTable,
  rowId: number,
  column: string,
  value: string | number | undefined,
  stamp: Stamp,
): void {
  database.run(
    `UPDATE ${table} SET ${column} = ?1, ${column}_stamp = ?2
     WHERE rowid = ?3 AND ifnull(${column}_stamp, '') < ?2`,
    ...[value, stamp, rowId],
  );
}

/** Tags of the given rows, by row. */
export function readTags(
  database: SqlDatabase,
  table: EditedTable,
  rowIds: readonly number[],
): Map<number, Record<string, string>> {
  const { table: tags, owner } = tagTables[table];
  const entries = new Map<number, [string, string][]>();
  const rows = database.rows(
    `SELECT ${owner}, key, value FROM ${tags}
     WHERE ${owner} IN (SELECT value FROM json_each(?)) AND value IS NOT NULL ORDER BY ${owner}, key`,
    JSON.stringify(rowIds),
  );
  for (const [rowId, key, value] of rows) {
    const found = entries.get(Number(rowId)) ?? [];
    found.push([String(key), String(value)]);
    entries.set(Number(rowId), found);
  }
  // Not by assignment: a tag may be called `__proto__`.
  return new Map([...entries].map(([rowId, pairs]) => [rowId, Object.fromEntries(pairs)]));
}
