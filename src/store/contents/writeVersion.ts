import { diffBytes } from '../../core/checkpoint/byteDelta';
import {
  maxSkeletonBytes,
  usedOrdinals,
  versionSkeleton,
  versionSpans,
} from '../../core/checkpoint/chain';
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
  /** Of a span that is an output wherever the file has it: its media type. */
  readonly mediaOf: (hash: BlobHash) => string | undefined;
  /** Spans that were found whole, or written, since the window began; grows. */
  readonly verified: Set<BlobHash>;
}

/** A chain ends here, so that little is to be read and one damaged file costs little. */
const maxDepth = 50;
/** At a time, so that compressing them takes several threads. */
const atOnce = 8;
/** At about a hundred bytes each. */
const maxVerified = 200_000;

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
  if (plan.skeleton.length > maxSkeletonBytes) return undefined;
  if (!isExact(version, plan, isThere ? parent : undefined)) return undefined;
  await writeSpans(context, version, isThere);
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
  const table = parent?.spans.table ?? [];
  // The same bytes are one span as an output, which may go, and another as what stays for ever.
  const ordinalOf = new Map(table.map((span, ordinal) => [spanKey(span), ordinal] as const));
  const newSpans: StoredSpan[] = [];
  const known = table.length;
  const ordinals = split.spans.map(({ start, end }, index) => {
    // SAFETY: there is a hash for each span.
    const hash = split.hashes[index] as BlobHash;
    const media = mediaOf(hash);
    const span = { hash, sizeBytes: end - start, ...(media === undefined ? {} : { media }) };
    const found = ordinalOf.get(spanKey(span));
    if (found !== undefined) return found;
    const ordinal = known + newSpans.length;
    newSpans.push(span);
    ordinalOf.set(spanKey(span), ordinal);
    return ordinal;
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

function spanKey({ hash, media }: StoredSpan): string {
  return media === undefined ? hash : `output ${hash}`;
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

/**
 * Where a chain begins, all of them are looked at, so that damage does not last; else those that this
 * window has not seen yet.
 */
async function writeSpans(
  context: StoreContext,
  { file, split, verified }: VersionToWrite,
  isFollowing: boolean,
): Promise<void> {
  if (verified.size > maxVerified) verified.clear();
  const places = new Map(split.hashes.map((hash, index) => [hash, split.spans[index]]));
  const missing: Uint8Array[] = [];
  for (const [hash, span] of places) {
    if (isFollowing && verified.has(hash) && (await touchAll(context, [hash]))) continue;
    if (span !== undefined) missing.push(file.subarray(span.start, span.end));
  }
  for (let at = 0; at < missing.length; at += atOnce) {
    await Promise.all(
      missing
        .slice(at, at + atOnce)
        .map(async (bytes) => verified.add(await writeBlob(context, bytes))),
    );
  }
}
