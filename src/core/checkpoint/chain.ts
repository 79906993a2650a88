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
  const skeleton = applyBytes(parent ?? new Uint8Array(), manifest.delta);
  if (skeleton.length !== manifest.skeletonBytes) throw new RangeError('of another length');
  return skeleton;
}

/** Ordinals that a skeleton refers to. */
export function usedOrdinals(skeleton: Skeleton): Set<number> {
  const used = new Set<number>();
  for (const part of skeletonParts(skeleton)) if ('ordinal' in part) used.add(part.ordinal);
  return used;
}
