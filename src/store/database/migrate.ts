import { initial } from './migrations/0001initial';
import { packedPoints } from './migrations/0002packedPoints';
import { runFiles } from './migrations/0003runFiles';
import { notebookHistory } from './migrations/0004notebookHistory';
import { savedViews } from './migrations/0005savedViews';
import type { SqlDatabase } from './sqlDatabase';

/** Only ever appended to: the position of a migration, from 1, is the schema version it leads to. */
const migrations: readonly ((database: SqlDatabase) => void)[] = [
  (database) => database.script(initial),
  packedPoints,
  runFiles,
  (database) => database.script(notebookHistory),
  (database) => database.script(savedViews),
];

export const schemaVersion = migrations.length;

/** Brings the database up to `to`; leaves a newer one as it is. */
export function migrate(database: SqlDatabase, to = schemaVersion): void {
  for (let version = readSchemaVersion(database); version < to; version++) {
    database.atomically(() => {
      migrations[version]?.(database);
      database.script(`PRAGMA user_version = ${version + 1}`);
    });
  }
}

export function readSchemaVersion(database: SqlDatabase): number {
  return Number(database.row('PRAGMA user_version')?.[0] ?? 0);
}
