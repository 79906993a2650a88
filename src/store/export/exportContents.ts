import type { BlobHash, RunId } from '../../core/run/run';
import { errorMessage } from '../../core/userError';
import { readBlobFile } from '../contents/blobFiles';
import { readLog } from '../contents/logFiles';
import { referencedBlobs } from '../database/referencedBlobs';
import type { SqlDatabase } from '../database/sqlDatabase';
import type { StoreContext } from '../storeContext';
import { exportPieces } from './exportPieces';
import type { ExportPart, ExportSteps } from './exportSteps';
import { maskContent } from './maskContent';

/** SQLite here lives in memory; what is past this is left out of the file, and said. */
const maxContentBytes = 1024 * 1024 * 1024;

interface Content {
  readonly id: string;
  read(): Promise<Uint8Array>;
}

/**
 * Writes notebooks, diffs and scripts by their hash, and the logs of runs. One that cannot be read is
 * told of and left out.
 *
 * @param isKept whether the credentials in them are only counted.
 * @returns how many credentials there are.
 */
export async function exportContents(
  context: StoreContext,
  store: SqlDatabase,
  file: SqlDatabase,
  isKept: boolean,
  steps: ExportSteps,
): Promise<number> {
  let leftBytes = maxContentBytes;
  let leftOut = 0;
  let count = 0;

  async function add(part: ExportPart, sql: string, contents: readonly Content[]): Promise<void> {
    for (const [index, { id, read }] of contents.entries()) {
      try {
        const bytes = await read();
        const masked = maskContent(bytes);
        leftBytes -= bytes.length;
        if (leftBytes < 0) leftOut++;
        else {
          count += masked.count;
          file.run(sql, id, isKept ? bytes : masked.bytes);
        }
      } catch (error) {
        context.report(errorMessage(error));
      }
      await steps.pass(part, index + 1, contents.length);
    }
  }

  const hashes = new Set<BlobHash>();
  for (const { hash, isManifest } of referencedBlobs(store)) if (!isManifest) hashes.add(hash);
  await add(
    'contents',
    'INSERT INTO blobs VALUES (?, ?)',
    Array.from(hashes, (id) => ({ id, read: () => readBlobFile(context, id) })),
  );
  count += await exportPieces(context, store, file, isKept, steps);
  const logs = [...file.rows('SELECT id FROM run_data WHERE log_bytes > 0')];
  await add(
    'logs',
    'INSERT INTO logs VALUES (?, ?)',
    // SAFETY: the column holds nothing else.
    logs.map(([id]) => ({ id: String(id), read: async () => readLog(context, id as RunId) })),
  );
  if (leftOut > 0) {
    context.report(
      `${leftOut} contents (notebooks, logs) were left out, as the file would have grown past ${maxContentBytes} bytes.`,
    );
  }
  return count;
}
