import { initial } from './migrations/0001initial';
import type { SqlDatabase } from './sqlDatabase';

/** Only ever appended to: the position of a migration, from 1, is the schema version it leads to. */
const migrations: readonly string[] = [initial];

export const schemaVersion = migrations.length;

/** Brings the database up to `to`; leaves a newer one as it is. */
export function migrate(database: SqlDatabase, to = schemaVersion): void {
  for (let version = readSchemaVersion(database); version < to; version++) {
    database.atomically(() => {
      database.script(migrations[version] ?? '');
      database.script(`PRAGMA user_version = ${version + 1}`);
    });
  }
}

export function readSchemaVersion(database: SqlDatabase): number {
  return Number(database.row('PRAGMA user_version')?.[0] ?? 0);
}
