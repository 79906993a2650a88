import type { CheckpointTaken, CheckpointThinned } from '../../core/change/change';
import type {
  Checkpoint,
  CheckpointKind,
  LeftOut,
  Thinned,
} from '../../core/checkpoint/checkpoint';
import type { NotebookDiffSummary } from '../../core/notebook/diffNotebooks';
import type { BlobHash, CheckpointId } from '../../core/run/run';
import type { Stamp } from '../journal/hybridClock';
import { movedPath } from './notebookMoves';
import type { Row, SqlDatabase } from './sqlDatabase';
import { defined, toOptionalNumber, toOptionalText, toText } from './sqlValues';

/** In the order that `toCheckpoint` reads them. */
export const checkpointColumns = `checkpoint, id, notebook, taken_at_ms, kind, content, size_bytes,
  cell_count, changes, problem, note, starred, deleted_at_ms, left_out, manifest,
  origin, thinned`;

export function writeCheckpoint(
  database: SqlDatabase,
  rowId: number,
  { checkpoint }: CheckpointTaken,
  stamp: Stamp,
): void {
  const { notebook, takenAtMs, kind, content, sizeBytes, cellCount } = checkpoint;
  const { changes, problem, leftOut, manifest, origin } = checkpoint;
  database.run(
    `UPDATE checkpoints SET notebook = ?1, taken_at_ms = ?2, kind = ?3, content = ?4,
       size_bytes = ?5, cell_count = ?6, changes = ?7, problem = ?8, left_out = ?11,
       manifest = iif(thinned_stamp IS NULL, ?12, manifest), origin = ?13, taken_as = ?14,
       taken_stamp = ?9
     WHERE checkpoint = ?10 AND ifnull(taken_stamp, '') < ?9`,
    ...[movedPath(database, notebook, stamp), takenAtMs, kind, content, sizeBytes, cellCount],
    ...[changes && JSON.stringify(changes), problem, stamp, rowId],
    ...[leftOut && JSON.stringify(leftOut), manifest, origin, notebook],
  );
}

export function writeThinned(
  database: SqlDatabase,
  rowId: number,
  { manifest, thinned }: CheckpointThinned,
  stamp: Stamp,
): void {
  database.run(
    `UPDATE checkpoints SET manifest = ?1, thinned = ?2, thinned_stamp = ?3
     WHERE checkpoint = ?4 AND ifnull(thinned_stamp, '') < ?3`,
    ...[manifest, JSON.stringify(thinned), stamp, rowId],
  );
}

export function toCheckpoint(row: Row, tags: Readonly<Record<string, string>>): Checkpoint {
  const [, id, notebook, takenAtMs, kind, content, sizeBytes, cellCount] = row;
  const [changes, problem, note, starred, deletedAtMs, leftOut] = row.slice(8);
  const [manifest, origin, thinned] = row.slice(14);
  return {
    // SAFETY: these columns hold what `writeCheckpoint` wrote into them.
    id: toText(id) as CheckpointId,
    notebook: toText(notebook),
    takenAtMs: Number(takenAtMs),
    kind: toText(kind) as CheckpointKind,
    content: toText(content) as BlobHash,
    sizeBytes: Number(sizeBytes),
    cellCount: Number(cellCount),
    starred: starred === 1,
    tags,
    ...defined({
      // SAFETY: as above.
      changes: changes == null ? undefined : (JSON.parse(toText(changes)) as NotebookDiffSummary),
      problem: toOptionalText(problem),
      leftOut: leftOut == null ? undefined : (JSON.parse(toText(leftOut)) as LeftOut),
      manifest: toOptionalText(manifest) as BlobHash | undefined,
      origin: toOptionalText(origin),
      thinned: thinned == null ? undefined : (JSON.parse(toText(thinned)) as Thinned),
      note: toOptionalText(note),
      deletedAtMs: toOptionalNumber(deletedAtMs),
    }),
  };
}

/** Of the checkpoints that are put together from manifests, oldest first. */
export function listStoredCheckpoints(
  database: SqlDatabase,
): { readonly id: string; readonly content: BlobHash; readonly manifest: BlobHash }[] {
  const rows = database.rows(
    'SELECT id, content, manifest FROM checkpoints WHERE manifest IS NOT NULL ORDER BY taken_at_ms',
  );
  return Array.from(rows, ([id, content, manifest]) => ({
    id: toText(id),
    // SAFETY: the columns hold nothing else.
    content: toText(content) as BlobHash,
    manifest: toText(manifest) as BlobHash,
  }));
}
