import { createHash } from 'node:crypto';
import type { Span } from '../../core/checkpoint/findSpans';
import { findSpans } from '../../core/checkpoint/findSpans';
import { errorMessage } from '../../core/userError';
import { CheckpointVersions } from '../contents/checkpointVersions';
import { readCheckpoint } from '../contents/readCheckpoint';
import { listStoredCheckpoints } from '../database/checkpointRows';
import type { SqlDatabase } from '../database/sqlDatabase';
import type { StoreContext } from '../storeContext';
import type { ExportSteps } from './exportSteps';
import { maskContent } from './maskContent';

/**
 * Writes the files of checkpoints in pieces, each piece once, so that a thousand versions of a notebook take
 * little more than one: `checkpoint_pieces` has the pieces of a checkpoint in their order, and put one
 * after the other they are its file.
 *
 * @param isKept whether the credentials in them are only counted.
 * @returns how many credentials there are.
 */
export async function exportPieces(
  context: StoreContext,
  store: SqlDatabase,
  file: SqlDatabase,
  isKept: boolean,
  steps: ExportSteps,
): Promise<number> {
  const versions = new CheckpointVersions(context);
  const pieces = new Map<string, number>();
  const checkpoints = listStoredCheckpoints(store);
  let count = 0;
  let leftOut = 0;
  let leftBytes = maxBytes;
  for (const [index, checkpoint] of checkpoints.entries()) {
    try {
      const bytes = await readCheckpoint(context, versions, checkpoint);
      const masked = maskContent(bytes);
      count += masked.count;
      const content = isKept ? bytes : masked.bytes;
      const parts = cutFile(content).map(({ start, end }) => content.subarray(start, end));
      const hashes = parts.map((part) => createHash('sha256').update(part).digest('base64'));
      const isNew = (at: number) => !pieces.has(hashes[at] ?? '');
      const newBytes = parts.reduce((sum, part, at) => sum + (isNew(at) ? part.length : 0), 0);
      if (newBytes > leftBytes) {
        leftOut += 1;
      } else {
        leftBytes -= newBytes;
        for (const [position, part] of parts.entries()) {
          const hash = hashes[position] ?? '';
          const piece = pieces.get(hash) ?? pieces.size + 1;
          if (isNew(position)) file.run('INSERT INTO pieces VALUES (?, ?)', piece, part);
          pieces.set(hash, piece);
          file.run(
            'INSERT INTO checkpoint_pieces VALUES (?, ?, ?)',
            checkpoint.id,
            position,
            piece,
          );
        }
      }
    } catch (error) {
      context.report(errorMessage(error));
    }
    await steps.pass('contents', index + 1, checkpoints.length);
  }
  if (leftOut > 0) {
    context.report(
      `${leftOut} checkpoints were left out, as the file would have grown past ${maxBytes} bytes.`,
    );
  }
  return count;
}

/** SQLite here lives in memory. */
const maxBytes = 1024 * 1024 * 1024;
const minPieceBytes = 2048;
const maxPieceBytes = 65_536;

/** Spans, and between them lines, cut where their content says so: what did not change is cut alike. */
function cutFile(file: Uint8Array): Span[] {
  const cuts: Span[] = [];
  let at = 0;
  const cutLines = (end: number) => {
    while (at < end) {
      const start = at;
      at = nextCut(file, start, end);
      cuts.push({ start, end: at });
    }
  };
  for (const span of findSpans(file)) {
    cutLines(span.start);
    cuts.push(span);
    at = span.end;
  }
  cutLines(file.length);
  return cuts;
}

/** Behind one of about 64 lines, by what is in it. */
function nextCut(file: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < Math.min(end, start + maxPieceBytes); at += 1) {
    const byte = file[at] ?? 0;
    hash = (Math.imul(hash, 31) + byte) | 0;
    if (byte !== 0x0a) continue;
    if (at - start >= minPieceBytes && (hash >>> 8) % 64 === 0) return at + 1;
    hash = 0;
  }
  return Math.min(end, start + maxPieceBytes);
}
