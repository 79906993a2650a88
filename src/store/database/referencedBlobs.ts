import type { BlobHash } from '../../core/run/run';
import type { SqlDatabase } from './sqlDatabase';
import { toText } from './sqlValues';

export type BlobUser = 'run' | 'checkpoint' | 'deletedRun' | 'deletedCheckpoint';

export interface BlobReference {
  readonly hash: BlobHash;
  readonly user: BlobUser;
  readonly id: string;
}

/** What the state needs: also what is deleted, as it can be brought back, but not for good. */
export function* referencedBlobs(database: SqlDatabase): Generator<BlobReference> {
  const rows = database.rows(
    `SELECT ifnull(manifest, content), iif(deleted_at_ms IS NULL, 'checkpoint', 'deletedCheckpoint'), id
     FROM checkpoints
     WHERE content IS NOT NULL AND ifnull(json_extract(left_out, '$.what'), '') <> 'content'
     UNION ALL
     SELECT part.value, iif(deleted_at_ms IS NULL, 'run', 'deletedRun'), runs.id
     FROM runs, json_each(code_state) AS part
     WHERE code_state IS NOT NULL AND part.key IN ('diff', 'script')
     UNION ALL
     SELECT json_extract(environment, '$.python.packages'),
       iif(deleted_at_ms IS NULL, 'run', 'deletedRun'), id
     FROM runs WHERE json_extract(environment, '$.python.packages') IS NOT NULL
     UNION ALL
     SELECT hash, iif(deleted_at_ms IS NULL, 'run', 'deletedRun'), id
     FROM run_files JOIN runs USING (run) WHERE is_kept = 1 AND hash IS NOT NULL`,
  );
  for (const [hash, user, id] of rows) {
    // SAFETY: the columns hold nothing else.
    yield { hash: toText(hash) as BlobHash, user: toText(user) as BlobUser, id: toText(id) };
  }
}

/** Who needs each blob, by its hash. */
export function listBlobUses(database: SqlDatabase): ReadonlyMap<string, readonly BlobUser[]> {
  const uses = new Map<string, BlobUser[]>();
  for (const { hash, user } of referencedBlobs(database)) {
    const users = uses.get(hash);
    if (users === undefined) uses.set(hash, [user]);
    else users.push(user);
  }
  return uses;
}
