import type { BlobHash, FileRole, RunFile } from '../../core/run/run';
import type { Stamp } from '../journal/hybridClock';
import type { Row, SqlDatabase } from './sqlDatabase';
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

const fileColumns = 'role, path, type, size_bytes, modified_at_ms, is_kept, hash';

/** By role and path. */
export function readFiles(database: SqlDatabase, run: number): RunFile[] {
  const rows = database.rows(
    `SELECT ${fileColumns} FROM run_files WHERE run = ? ORDER BY role, path`,
    run,
  );
  return Array.from(rows, toRunFile);
}

/** What the given runs read, by run and path. */
export function readInputs(database: SqlDatabase, runs: readonly number[]): Map<number, RunFile[]> {
  const rows = database.rows(
    `SELECT ${fileColumns}, run FROM run_files
     WHERE role = 'input' AND run IN (SELECT value FROM json_each(?)) ORDER BY run, path`,
    JSON.stringify(runs),
  );
  const files = new Map<number, RunFile[]>();
  for (const row of rows) {
    const run = Number(row[7]);
    const found = files.get(run);
    if (found === undefined) files.set(run, [toRunFile(row)]);
    else found.push(toRunFile(row));
  }
  return files;
}

function toRunFile([role, path, type, sizeBytes, modifiedAtMs, isKept, hash]: Row): RunFile {
  return {
    // SAFETY: `writeFiles` writes nothing else.
    role: toText(role) as FileRole,
    type: toText(type) as RunFile['type'],
    path: toText(path),
    sizeBytes: Number(sizeBytes),
    modifiedAtMs: Number(modifiedAtMs),
    isKept: isKept === 1,
    // SAFETY: as above.
    ...defined({ hash: toOptionalText(hash) as BlobHash | undefined }),
  };
}
