import { dirname } from 'node:path';
import type { RunId } from '../core/run/run';
import { listBlobs, readBlobFile } from './blobFiles';
import { readChunkedPoints } from './chunkRows';
import { nodeDisk } from './disk';
import { durableWrite } from './durableWrite';
import { exportSchema, exportViews } from './exportSchema';
import { readLog } from './logFiles';
import { type PeekOptions, peekContext, peekReplica } from './peekStore';
import { errorMessage, readableError } from './readableError';
import { openSqlDatabase, type SqlDatabase } from './sqlDatabase';
import type { StoreContext } from './storeContext';

/** SQLite here lives in memory; what is past this is left out of the file, and said. */
const maxContentBytes = 1024 * 1024 * 1024;

/** Writes all that is in a store as one plain SQLite file, replacing `outPath` if it is there. */
export async function exportStore(
  folder: string,
  outPath: string,
  options: PeekOptions,
): Promise<void> {
  const context = peekContext(folder, options);
  const replica = await peekReplica(context);
  const file = replica.database.export();
  replica.database.close();
  const database = await openSqlDatabase(options.wasmPath, file);
  database.script(exportSchema);
  database.atomically(() => expandPoints(database));
  await addContents(context, database);
  database.script(exportViews);
  try {
    nodeDisk.makeFolder(dirname(outPath));
    await durableWrite(nodeDisk, outPath, [database.export()]);
  } catch (error) {
    throw readableError('write to', outPath, error);
  } finally {
    database.close();
  }
}

function expandPoints(database: SqlDatabase): void {
  const all = [...database.rows('SELECT series FROM series')];
  for (const [series] of all) {
    const { steps, values, timesMs } = readChunkedPoints(database, Number(series));
    for (let index = 0; index < values.length; index++) {
      database.run(
        'INSERT INTO points VALUES (?, ?, ?, ?, ?)',
        ...[Number(series), index, steps[index], values[index], timesMs[index]],
      );
    }
  }
}

/** Notebooks, diffs and scripts by their hash, and the logs of runs. */
async function addContents(context: StoreContext, database: SqlDatabase): Promise<void> {
  let leftBytes = maxContentBytes;
  let leftOut = 0;
  const add = (sql: string, id: string, content: Uint8Array) => {
    leftBytes -= content.length;
    if (leftBytes < 0) leftOut++;
    else database.run(sql, id, content);
  };
  for (const hash of listBlobs(context)) {
    try {
      add('INSERT INTO blobs VALUES (?, ?)', hash, await readBlobFile(context, hash));
    } catch (error) {
      context.report(errorMessage(error));
    }
  }
  for (const [id] of [...database.rows('SELECT id FROM run_data WHERE log_bytes > 0')]) {
    // SAFETY: the column holds nothing else.
    const runId = id as RunId;
    add('INSERT INTO logs VALUES (?, ?)', runId, readLog(context, runId));
  }
  if (leftOut > 0) {
    context.report(
      `${leftOut} contents (notebooks, logs) were left out, as the file would have grown past ${maxContentBytes} bytes.`,
    );
  }
}
