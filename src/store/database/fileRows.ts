import type { BlobHash, FileRole, RunFile } from '../../core/run/run';
import type { Stamp } from '../journal/hybridClock';
import type { SqlDatabase } from './sqlDatabase';
import { defined, toOptionalText, toText } from './sqlValues';

/** What was said last of a file wins, in whatever order it comes. */
export function writeFiles(
  database: SqlDatabase,
  run: number,
  files: readonly RunFile[],
  stamp: Stamp,
): void {
  for (const { role, path, type, sizeBytes, modifiedAtMs, hash, isKept } of files) {
    database.run(
      `INSERT INTO run_files VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
       ON CONFLICT DO UPDATE SET type = ?4, size_bytes = ?5, modified_at_ms = ?6, hash = ?7,
         is_kept = ?8, stamp = ?9
       WHERE ?9 >= stamp`,
      ...[run, role, path, type, sizeBytes, modifiedAtMs, hash, Number(isKept), stamp],
    );
  }
}

/** By role and path. */
export function readFiles(database: SqlDatabase, run: number): RunFile[] {
  const rows = database.rows(
    `SELECT role, path, type, size_bytes, modified_at_ms, is_kept, hash FROM run_files
     WHERE run = ? ORDER BY role, path`,
    run,
  );
  return [...rows].map(([role, path, type, sizeBytes, modifiedAtMs, isKept, hash]) => ({
    // SAFETY: `writeFiles` writes nothing else.
    role: toText(role) as FileRole,
    type: toText(type) as RunFile['type'],
    path: toText(path),
    sizeBytes: Number(sizeBytes),
    modifiedAtMs: Number(modifiedAtMs),
    isKept: isKept === 1,
    // SAFETY: as above.
    ...defined({ hash: toOptionalText(hash) as BlobHash | undefined }),
  }));
}
