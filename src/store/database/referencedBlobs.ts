import type { BlobHash } from '../../core/run/run';
import type { ManifestUses } from '../contents/manifestUses';
import type { SqlDatabase } from './sqlDatabase';
import { toText } from './sqlValues';

export type BlobUser = 'run' | 'checkpoint' | 'deletedRun' | 'deletedCheckpoint';

export interface BlobReference {
  readonly hash: BlobHash;
  /** It names the others that are needed too. */
  readonly isManifest: boolean;
  readonly user: BlobUser;
  readonly id: string;
}

/** What the state needs: also what is deleted, as it can be brought back, but not for good. */
export function* referencedBlobs(database: SqlDatabase): Generator<BlobReference> {
  const rows = database.rows(
    `SELECT ifnull(manifest, content), iif(deleted_at_ms IS NULL, 'checkpoint', 'deletedCheckpoint'), id,
       manifest IS NOT NULL
     FROM checkpoints
     WHERE content IS NOT NULL AND ifnull(json_extract(left_out, '$.what'), '') <> 'content'
     UNION ALL
     SELECT part.value, iif(deleted_at_ms IS NULL, 'run', 'deletedRun'), runs.id, 0
     FROM runs, json_each(code_state) AS part
     WHERE code_state IS NOT NULL AND part.key IN ('diff', 'script')
     UNION ALL
     SELECT json_extract(environment, '$.python.packages'),
       iif(deleted_at_ms IS NULL, 'run', 'deletedRun'), id, 0
     FROM runs WHERE json_extract(environment, '$.python.packages') IS NOT NULL
     UNION ALL
     SELECT hash, iif(deleted_at_ms IS NULL, 'run', 'deletedRun'), id, 0
     FROM run_files JOIN runs USING (run) WHERE is_kept = 1 AND hash IS NOT NULL`,
  );
  for (const [hash, user, id, isManifest] of rows) {
    yield {
      // SAFETY: the columns hold nothing else.
      hash: toText(hash) as BlobHash,
      user: toText(user) as BlobUser,
      id: toText(id),
      isManifest: isManifest === 1,
    };
  }
}

/**
 * Who needs each blob, by its hash, also where only a manifest says so.
 *
 * @throws UserError if a manifest cannot be read.
 */
export function listBlobUses(
  database: SqlDatabase,
  manifests: ManifestUses,
): ReadonlyMap<BlobHash, ReadonlySet<BlobUser>> {
  const uses = new Map<BlobHash, Set<BlobUser>>();
  const add = (hash: BlobHash, user: BlobUser) => {
    const users = uses.get(hash);
    if (users === undefined) uses.set(hash, new Set([user]));
    else users.add(user);
  };
  for (const { hash, user, isManifest } of [...referencedBlobs(database)]) {
    if (!isManifest) add(hash, user);
    else for (const each of manifests.blobsOf(hash)) add(each, user);
  }
  return uses;
}
