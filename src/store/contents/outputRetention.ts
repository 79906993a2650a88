import { versionSpans } from '../../core/checkpoint/chain';
import type { Thinned } from '../../core/checkpoint/checkpoint';
import { chooseDropped, type RetainedVersion } from '../../core/checkpoint/chooseDropped';
import { encodeManifest } from '../../core/checkpoint/manifest';
import type { BlobHash, CheckpointId } from '../../core/run/run';
import type { SqlDatabase } from '../database/sqlDatabase';
import { toText } from '../database/sqlValues';
import type { StoredChange } from '../journal/journalFormat';
import type { StoreContext } from '../storeContext';
import { blobPath } from './blobFiles';
import { readManifest } from './checkpointVersions';
import type { ManifestUses } from './manifestUses';

interface StoredVersion extends RetainedVersion {
  readonly manifest: BlobHash;
}

/** A checkpoint with outputs that are to go, by their ordinals in its chain. */
export interface VersionToThin {
  readonly id: CheckpointId;
  readonly manifest: BlobHash;
  readonly ordinals: readonly number[];
}

/**
 * The checkpoints that are to lose outputs, by their age and the quota.
 *
 * @param maxBytes of large outputs in all; 0: no limit.
 * @throws UserError if a manifest cannot be read.
 */
export function listVersionsToThin(
  { disk, paths, now }: StoreContext,
  database: SqlDatabase,
  manifests: ManifestUses,
  maxBytes: number,
): readonly VersionToThin[] {
  const versions = listVersions(database, manifests);
  const dropped = chooseDropped(versions, now(), {
    maxBytes,
    bytesOf: (hash) => disk.stat(blobPath(paths, hash))?.sizeBytes ?? 0,
  });
  if (dropped.size === 0) return [];
  return versions.flatMap(({ id, manifest }) => {
    const ordinals = outputOrdinals(manifests, manifest).filter(([, hash]) => dropped.has(hash));
    return ordinals.length === 0 ? [] : { id, manifest, ordinals: ordinals.map(([at]) => at) };
  });
}

/** The manifest of the version without those outputs, and what is to be said of it. */
export function thinVersion(
  context: StoreContext,
  manifests: ManifestUses,
  { id, manifest, ordinals }: VersionToThin,
): { readonly bytes: Uint8Array; changeOf(manifest: BlobHash): StoredChange } {
  const before = readManifest(context, manifest);
  const { table, dropped } = manifests.spansOf(manifest);
  const all = [...new Set([...dropped, ...ordinals])].sort((a, b) => a - b);
  const { skeletonBytes } = before;
  const next = {
    ...before,
    parent: manifest,
    depth: before.depth + 1,
    delta: {
      steps: [{ copyStart: 0, copyLength: skeletonBytes, insertLength: 0 }],
      inserted: new Uint8Array(),
    },
    ...{ newSpans: [], left: [], taken: [], dropped: all, droppedAtMs: context.now() },
  };
  const gone = [...versionSpans(next, manifests.spansOf(manifest)).dropped];
  const thinned: Thinned = {
    outputs: gone.length,
    bytes: gone.reduce((sum, ordinal) => sum + (table[ordinal]?.sizeBytes ?? 0), 0),
  };
  return {
    bytes: encodeManifest(next),
    changeOf: (fresh) => ({
      kind: 'checkpointThinned',
      checkpointId: id,
      manifest: fresh,
      thinned,
    }),
  };
}

function listVersions(database: SqlDatabase, manifests: ManifestUses): StoredVersion[] {
  const rows = database.rows(
    `SELECT id, notebook, taken_at_ms, manifest, starred = 1 OR note IS NOT NULL
       OR EXISTS (SELECT 1 FROM checkpoint_tags AS tags
         WHERE tags.checkpoint = checkpoints.checkpoint AND tags.value IS NOT NULL)
       OR id IN (SELECT checkpoint_id FROM runs WHERE checkpoint_id IS NOT NULL),
       deleted_at_ms IS NOT NULL
     FROM checkpoints WHERE taken_stamp IS NOT NULL AND manifest IS NOT NULL`,
  );
  return [...rows].map(([id, notebook, takenAtMs, manifest, isProtected, isDeleted]) => {
    // SAFETY: the columns hold nothing else.
    const hash = toText(manifest) as BlobHash;
    return {
      id: toText(id) as CheckpointId,
      notebook: toText(notebook),
      takenAtMs: Number(takenAtMs),
      isProtected: isProtected === 1,
      isDeleted: isDeleted === 1,
      manifest: hash,
      outputs: outputOrdinals(manifests, hash).map(([, output]) => output),
    };
  });
}

/** The large outputs of a version that are still there; what is no output stays for ever. */
function outputOrdinals(manifests: ManifestUses, manifest: BlobHash): [number, BlobHash][] {
  const { table, used, dropped } = manifests.spansOf(manifest);
  const outputs: [number, BlobHash][] = [];
  for (const ordinal of used) {
    const span = table[ordinal];
    if (span?.media !== undefined && !dropped.has(ordinal)) outputs.push([ordinal, span.hash]);
  }
  return outputs;
}
