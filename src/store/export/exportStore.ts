import { dirname, resolve, sep } from 'node:path';
import {
  createDirectionOf,
  type DirectionOf,
  type DirectionRule,
} from '../../core/run/directionTable';
import { UserError } from '../../core/userError';
import { openSqlDatabase, type SqlDatabase } from '../database/sqlDatabase';
import { toText } from '../database/sqlValues';
import { nodeDisk } from '../disk/disk';
import { durableWrite } from '../disk/durableWrite';
import { readableError } from '../readableError';
import type { StorePaths } from '../storePaths';
import { exportContents } from './exportContents';
import { exportPoints } from './exportPoints';
import { exportSchema, exportViews } from './exportSchema';
import { type ExportProgress, ExportSteps } from './exportSteps';
import { exportTexts } from './exportTexts';
import { type PeekOptions, peekContext, peekReplica } from './peekStore';

export interface ExportOptions extends PeekOptions {
  /** Leaves credentials in notebooks, scripts, diffs and other texts as they are. */
  readonly keepSecrets?: boolean;
  /** What the user says of metrics that are better low or high. */
  readonly directions?: readonly DirectionRule[];
  readonly onProgress?: (progress: ExportProgress) => void;
  /** Asked now and then; true makes the export reject with `Cancelled` and leave no file. */
  readonly isCancelled?: () => boolean;
}

export interface ExportSummary {
  readonly runs: number;
  readonly points: number;
  readonly sizeBytes: number;
  /** What looks like a credential, masked or kept. */
  readonly secrets: number;
}

/**
 * Writes all that is in a store as one plain SQLite file, replacing `outPath` if it is there. In
 * memory it takes the state of the store and about twice the file.
 */
export async function exportStore(
  folder: string,
  outPath: string,
  options: ExportOptions,
): Promise<ExportSummary> {
  const context = peekContext(folder, options);
  refuseOwnFile(context.paths, outPath);
  const steps = new ExportSteps(
    options.onProgress ?? (() => {}),
    options.isCancelled ?? (() => false),
  );
  const isKept = options.keepSecrets ?? false;
  const replica = await peekReplica(context);
  const store = replica.database;
  const file = await openSqlDatabase(options.wasmPath, store.export());
  try {
    let secrets: number;
    try {
      makeSchema(file, createDirectionOf(options.directions ?? []));
      file.script('BEGIN');
      secrets = exportTexts(file, isKept);
      secrets += await exportContents(context, store, file, isKept, steps);
      await exportPoints(store, file, steps);
      file.script(`COMMIT; ${exportViews}`);
    } finally {
      // Its memory is needed for what follows.
      store.close();
    }
    const summary = { ...countRows(file), secrets };
    const bytes = file.export();
    await write(outPath, bytes);
    return { ...summary, sizeBytes: bytes.length };
  } finally {
    file.close();
  }
}

function refuseOwnFile({ folder: _, ...own }: StorePaths, outPath: string): void {
  const target = resolve(outPath);
  const isOwn = Object.values(own).some((path) => {
    const owned = resolve(path);
    return target === owned || target.startsWith(owned + sep);
  });
  if (isOwn) throw new UserError(`${outPath} is a file of the store itself: choose another place.`);
}

async function write(outPath: string, bytes: Uint8Array): Promise<void> {
  try {
    nodeDisk.makeFolder(dirname(outPath));
    await durableWrite(nodeDisk, outPath, [bytes]);
  } catch (error) {
    throw readableError('write to', outPath, error);
  }
}

function countRows(file: SqlDatabase): Pick<ExportSummary, 'runs' | 'points'> {
  const row = file.row('SELECT (SELECT count(*) FROM run_data), (SELECT max(point) FROM points)');
  return { runs: Number(row?.[0] ?? 0), points: Number(row?.[1] ?? 0) };
}

/** Only the small tables are copied before the store's own go: an emptied file needs little room. */
function makeSchema(file: SqlDatabase, directionOf: DirectionOf): void {
  writeDirections(file, directionOf);
  const own = [
    ...file.rows(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    ),
  ];
  file.script(exportSchema);
  file.script(own.map(([name]) => `DROP TABLE "${name}";`).join('\n'));
  file.script('PRAGMA user_version = 0; VACUUM;');
}

function writeDirections(file: SqlDatabase, directionOf: DirectionOf): void {
  file.script('CREATE TABLE key_directions (key TEXT PRIMARY KEY, direction TEXT)');
  for (const [key] of [...file.rows('SELECT DISTINCT key FROM series')]) {
    const direction = directionOf(toText(key));
    if (direction !== undefined) {
      file.run('INSERT INTO key_directions VALUES (?, ?)', toText(key), direction);
    }
  }
}
