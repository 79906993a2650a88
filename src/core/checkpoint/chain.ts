import type { BlobHash } from '../run/run';
import { applyBytes } from './byteDelta';
import type { Manifest, StoredSpan } from './manifest';
import { type Skeleton, skeletonParts } from './skeleton';

/** What a manifest says once those before it are known: which spans there are, and which it needs. */
export interface VersionSpans {
  /** Of its chain, by their ordinals. */
  readonly table: readonly StoredSpan[];
  /** Ordinals that its skeleton refers to. */
  readonly used: ReadonlySet<number>;
  /** Those of them that are not there any more. */
  readonly dropped: ReadonlySet<number>;
}

/**
 * A file with more in it besides its large strings is kept whole: a manifest that says it has more was not
 * written by us, and a few bytes of it could ask for any amount of memory.
 */
export const maxSkeletonBytes = 256_000_000;

const noSpans: VersionSpans = { table: [], used: new Set(), dropped: new Set() };

export function versionSpans(manifest: Manifest, parent: VersionSpans = noSpans): VersionSpans {
  const { newSpans, left, taken, dropped } = manifest;
  const table = newSpans.length === 0 ? parent.table : [...parent.table, ...newSpans];
  const isSame = newSpans.length === 0 && left.length === 0 && taken.length === 0;
  if (isSame) return { table, used: parent.used, dropped: new Set(dropped) };
  const used = new Set(parent.used);
  for (const ordinal of left) used.delete(ordinal);
  for (const ordinal of taken) used.add(ordinal);
  for (const index of newSpans.keys()) used.add(parent.table.length + index);
  return { table, used, dropped: new Set(dropped) };
}

/** The spans that a version refers to, also those that are not there any more. */
export function usedHashes({ table, used }: VersionSpans): BlobHash[] {
  return [...used].flatMap((ordinal) => table[ordinal]?.hash ?? []);
}

/** The blobs that a version needs besides its manifests. */
export function neededSpans({ table, used, dropped }: VersionSpans): BlobHash[] {
  const hashes: BlobHash[] = [];
  for (const ordinal of used) {
    const span = table[ordinal];
    if (span !== undefined && !dropped.has(ordinal)) hashes.push(span.hash);
  }
  return hashes;
}

/** @throws RangeError if the manifest is not of this parent. */
export function versionSkeleton(manifest: Manifest, parent: Skeleton | undefined): Skeleton {
  if (manifest.skeletonBytes > maxSkeletonBytes) throw new RangeError('too large');
  return applyBytes(parent ?? new Uint8Array(), manifest.delta, manifest.skeletonBytes);
}

/** Ordinals that a skeleton refers to. */
export function usedOrdinals(skeleton: Skeleton): Set<number> {
  const used = new Set<number>();
  for (const part of skeletonParts(skeleton)) if ('ordinal' in part) used.add(part.ordinal);
  return used;
}
