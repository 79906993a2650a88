import { diffBytes } from '../../core/checkpoint/byteDelta';
import { usedOrdinals, versionSkeleton, versionSpans } from '../../core/checkpoint/chain';
import type { Span } from '../../core/checkpoint/findSpans';
import { encodeManifest, type Manifest, type StoredSpan } from '../../core/checkpoint/manifest';
import { encodeSkeleton, type Skeleton, skeletonParts } from '../../core/checkpoint/skeleton';
import type { CellExecution } from '../../core/notebook/cellExecution';
import type { BlobHash } from '../../core/run/run';
import type { StoreContext } from '../storeContext';
import { copyBlob, touchBlob, writeBlob } from './blobFiles';
import type { Version } from './checkpointVersions';

export interface VersionToWrite {
  readonly file: Uint8Array;
  readonly split: { readonly spans: readonly Span[]; readonly hashes: readonly BlobHash[] };
  /** The version that it follows, if that can be read. */
  readonly parent: Version | undefined;
  readonly executions: readonly CellExecution[];
  /** Of a span that is an output: its media type. */
  readonly mediaOf: (hash: BlobHash) => string | undefined;
}

/** A chain ends here, so that little is to be read and one damaged file costs little. */
const maxDepth = 50;
/** At a time, so that compressing them takes several threads. */
const atOnce = 8;

/**
 * Writes all that a version needs and is not there yet, and touches what is, its own manifest last.
 *
 * @returns undefined if it could not be put together again: it is to be kept whole.
 */
export async function writeVersion(
  context: StoreContext,
  version: VersionToWrite,
): Promise<Version | undefined> {
  const { parent } = version;
  const following =
    parent === undefined || parent.manifest.depth + 1 >= maxDepth
      ? undefined
      : planVersion(version, parent);
  const isLong =
    following === undefined || following.manifest.chainBytes > following.manifest.skeletonBytes;
  const isThere = !isLong && (await touchAll(context, parent?.chain ?? []));
  const plan = isThere ? following : planVersion(version, undefined);
  if (!isExact(version, plan, isThere ? parent : undefined)) return undefined;
  await writeSpans(context, version);
  const hash = await writeBlob(context, encodeManifest(plan.manifest));
  const before = isThere ? parent : undefined;
  return {
    hash,
    manifest: plan.manifest,
    chain: [...(before?.chain ?? []), hash],
    spans: versionSpans(plan.manifest, before?.spans),
    skeleton: plan.skeleton,
  };
}

interface Plan {
  readonly manifest: Manifest;
  readonly skeleton: Skeleton;
}

function planVersion(
  { file, split, executions, mediaOf }: VersionToWrite,
  parent: Version | undefined,
): Plan {
  const ordinalOf = new Map<BlobHash, number>();
  for (const [ordinal, { hash }] of (parent?.spans.table ?? []).entries())
    ordinalOf.set(hash, ordinal);
  const newSpans: StoredSpan[] = [];
  const known = ordinalOf.size;
  const ordinals = split.spans.map(({ start, end }, index) => {
    // SAFETY: there is a hash for each span.
    const hash = split.hashes[index] as BlobHash;
    const found = ordinalOf.get(hash);
    if (found !== undefined) return found;
    const media = mediaOf(hash);
    newSpans.push({ hash, sizeBytes: end - start, ...(media === undefined ? {} : { media }) });
    ordinalOf.set(hash, ordinalOf.size);
    return ordinalOf.size - 1;
  });
  const skeleton = encodeSkeleton(file, split.spans, ordinals);
  const delta = diffBytes(parent?.skeleton ?? new Uint8Array(), skeleton);
  const used = new Set(ordinals);
  const usedBefore = parent?.spans.used ?? new Set();
  const ascending = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);
  return {
    skeleton,
    manifest: {
      ...(parent && { parent: parent.hash }),
      depth: parent === undefined ? 0 : parent.manifest.depth + 1,
      chainBytes:
        parent === undefined ? 0 : parent.manifest.chainBytes + delta.inserted.length + 16,
      skeletonBytes: skeleton.length,
      delta,
      newSpans,
      left: ascending([...usedBefore].filter((ordinal) => !used.has(ordinal))),
      taken: ascending([...used].filter((ordinal) => ordinal < known && !usedBefore.has(ordinal))),
      dropped: [],
      executions,
    },
  };
}

/** Puts it together again as a reader would, and compares. */
function isExact(
  { file, split }: VersionToWrite,
  { manifest, skeleton }: Plan,
  parent: Version | undefined,
): boolean {
  const again = versionSkeleton(manifest, parent?.skeleton);
  if (Buffer.compare(again, skeleton) !== 0) return false;
  const { table, used } = versionSpans(manifest, parent?.spans);
  const found = usedOrdinals(again);
  if (found.size !== used.size || [...found].some((ordinal) => !used.has(ordinal))) return false;
  let at = 0;
  let index = 0;
  for (const part of skeletonParts(again)) {
    if ('literal' in part) {
      const end = at + part.literal.length;
      if (Buffer.compare(part.literal, file.subarray(at, end)) !== 0) return false;
      at = end;
      continue;
    }
    const span = split.spans[index];
    if (span?.start !== at || table[part.ordinal]?.hash !== split.hashes[index]) return false;
    at = span.end;
    index += 1;
  }
  return at === file.length && index === split.spans.length;
}

/** False if one of them is gone. */
async function touchAll(context: StoreContext, hashes: readonly BlobHash[]): Promise<boolean> {
  for (const hash of hashes) {
    const found = touchBlob(context, hash);
    if (found === 'missing') return false;
    if (found === 'foreign') await copyBlob(context, hash);
  }
  return true;
}

async function writeSpans(
  context: StoreContext,
  { file, split, parent }: VersionToWrite,
): Promise<void> {
  const known = new Set((parent?.spans.table ?? []).map(({ hash }) => hash));
  const places = new Map(split.hashes.map((hash, index) => [hash, split.spans[index]]));
  const missing: Uint8Array[] = [];
  for (const [hash, span] of places) {
    if (known.has(hash) && (await touchAll(context, [hash]))) continue;
    if (span !== undefined) missing.push(file.subarray(span.start, span.end));
  }
  for (let at = 0; at < missing.length; at += atOnce) {
    await Promise.all(missing.slice(at, at + atOnce).map((bytes) => writeBlob(context, bytes)));
  }
}
