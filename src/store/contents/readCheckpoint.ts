import type { Checkpoint } from '../../core/checkpoint/checkpoint';
import { joinSkeleton } from '../../core/checkpoint/skeleton';
import type { BlobHash } from '../../core/run/run';
import { UserError } from '../../core/userError';
import { hashOf, readBlobFile } from './blobFiles';
import type { BlobPlace, CheckpointVersions, Version } from './checkpointVersions';
import { writeThinnedNotebook } from './thinnedNotebook';

/** What is needed to read the file of a checkpoint. */
export type StoredContent = Pick<Checkpoint, 'content' | 'manifest'>;

/**
 * The file of a checkpoint, byte for byte; of one that retention dropped outputs of, the notebook with a
 * text in the place of each. Rejects with a `UserError` if it cannot be read.
 */
export async function readCheckpoint(
  place: BlobPlace,
  versions: CheckpointVersions,
  { content, manifest }: StoredContent,
): Promise<Uint8Array> {
  if (manifest === undefined) return readBlobFile(place, content);
  const version = versions.load(manifest);
  const spans = await readSpans(place, version);
  if (version.spans.dropped.size > 0) {
    return writeThinnedNotebook(version.skeleton, version.spans, spanReader(spans), {
      droppedAtMs: version.manifest.droppedAtMs ?? 0,
    });
  }
  const bytes = joinSkeleton(version.skeleton, spanReader(spans));
  if (hashOf(bytes) === content) return bytes;
  throw new UserError(
    `The checkpoint cannot be put together: what ${manifest} gives is not what was stored.`,
  );
}

/** At a time, so that inflating them takes several threads and little memory. */
const atOnce = 8;

async function readSpans(place: BlobPlace, { spans }: Version): Promise<Map<number, Uint8Array>> {
  const read = new Map<number, Uint8Array>();
  const ordinals = [...spans.used].filter((ordinal) => !spans.dropped.has(ordinal));
  for (let at = 0; at < ordinals.length; at += atOnce) {
    await Promise.all(
      ordinals.slice(at, at + atOnce).map(async (ordinal) => {
        read.set(ordinal, await readBlobFile(place, hashAt(spans, ordinal)));
      }),
    );
  }
  return read;
}

export function hashAt({ table }: Version['spans'], ordinal: number): BlobHash {
  const span = table[ordinal];
  if (span === undefined)
    throw new UserError(`The checkpoint refers to a part ${ordinal} that it has not.`);
  return span.hash;
}

function spanReader(spans: ReadonlyMap<number, Uint8Array>) {
  return (ordinal: number) => {
    const bytes = spans.get(ordinal);
    if (bytes === undefined) throw new UserError(`The checkpoint has no part ${ordinal}.`);
    return bytes;
  };
}
