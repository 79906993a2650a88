import type { BlobHash } from '../core/run/run';
import type { SqlDatabase } from './sqlDatabase';
import { toText } from './sqlValues';

export interface BlobReference {
  readonly hash: BlobHash;
  /** What needs it, in words. */
  readonly owner: string;
}

export function* referencedBlobs(database: SqlDatabase): Generator<BlobReference> {
  const rows = database.rows(
    `SELECT content, 'checkpoint ' || id FROM checkpoints
     WHERE content IS NOT NULL AND ifnull(json_extract(left_out, '$.what'), '') <> 'content'
     UNION ALL
     SELECT part.value, 'run ' || runs.id FROM runs, json_each(code_state) AS part
     WHERE code_state IS NOT NULL AND part.key IN ('diff', 'script')`,
  );
  for (const [hash, owner] of rows) {
    // SAFETY: the columns hold nothing else.
    yield { hash: toText(hash) as BlobHash, owner: toText(owner) };
  }
}
