import {
  maxSkeletonBytes,
  type VersionSpans,
  versionSkeleton,
  versionSpans,
} from '../../core/checkpoint/chain';
import { decodeManifest, type Manifest } from '../../core/checkpoint/manifest';
import type { Skeleton } from '../../core/checkpoint/skeleton';
import type { BlobHash } from '../../core/run/run';
import { UserError } from '../../core/userError';
import type { StoreContext } from '../storeContext';
import { blobPath, readBlobFileNow } from './blobFiles';

export type BlobPlace = Pick<StoreContext, 'disk' | 'paths'>;

/** One version of a notebook, put together from its manifest and those before it. */
export interface Version {
  readonly hash: BlobHash;
  readonly manifest: Manifest;
  /** Its own manifest and all that it follows from, the first one first. */
  readonly chain: readonly BlobHash[];
  readonly spans: VersionSpans;
  readonly skeleton: Skeleton;
}

/** No chain is longer, so one that is goes in a circle or was not written by us. */
const maxChain = 1000;
const keptBytes = 64_000_000;
/** The first of a chain holds a whole skeleton; the rest is for spans and executions. */
const maxManifestBytes = 2 * maxSkeletonBytes;

/** @throws UserError if it cannot be read. */
export function readManifest(place: BlobPlace, hash: BlobHash): Manifest {
  const bytes = readBlobFileNow(place, hash, maxManifestBytes);
  try {
    return decodeManifest(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${blobPath(place.paths, hash)} cannot be read as a manifest: ${reason}`);
  }
}

/** Reads versions, and keeps those asked for last, as the next one asked for mostly follows from them. */
export class CheckpointVersions {
  readonly #place: BlobPlace;
  readonly #kept = new Map<BlobHash, Version>();
  #bytes = 0;
  /** The newest of a history is asked for its chain, and put together next. */
  #lastRead: { readonly hash: BlobHash; readonly manifest: Manifest } | undefined;

  constructor(place: BlobPlace) {
    this.#place = place;
  }

  /** @throws UserError if it, or one that it follows from, cannot be read. */
  load(hash: BlobHash): Version {
    const missing: { readonly hash: BlobHash; readonly manifest: Manifest }[] = [];
    let version: Version | undefined;
    for (let next: BlobHash | undefined = hash; next !== undefined; ) {
      version = this.#kept.get(next);
      if (version !== undefined) break;
      if (missing.length === maxChain) throw new UserError(`${hash} follows from too many others.`);
      const manifest: Manifest = this.#manifest(next);
      missing.push({ hash: next, manifest });
      next = manifest.parent;
    }
    for (const each of missing.reverse()) version = this.#follow(version, each);
    if (version === undefined) throw new UserError(`${hash} cannot be read.`);
    this.keep(version);
    return version;
  }

  /**
   * It and what it follows from, up to the first that is known; the first one first. Reads manifests alone.
   *
   * @throws UserError if one of them cannot be read.
   */
  chain(hash: BlobHash, isKnown: (hash: BlobHash) => boolean): readonly BlobHash[] {
    const chain: BlobHash[] = [];
    for (let next: BlobHash | undefined = hash; next !== undefined && !isKnown(next); ) {
      if (chain.length === maxChain) throw new UserError(`${hash} follows from too many others.`);
      chain.push(next);
      const { parent }: Manifest = this.#manifest(next);
      next = parent;
    }
    return chain.reverse();
  }

  #manifest(hash: BlobHash): Manifest {
    const kept = this.#kept.get(hash)?.manifest;
    if (kept !== undefined) return kept;
    if (this.#lastRead?.hash !== hash) {
      this.#lastRead = { hash, manifest: readManifest(this.#place, hash) };
    }
    return this.#lastRead.manifest;
  }

  keep(version: Version): void {
    if (this.#kept.delete(version.hash)) this.#bytes -= version.skeleton.length;
    this.#kept.set(version.hash, version);
    this.#bytes += version.skeleton.length;
    for (const [oldest, { skeleton }] of this.#kept) {
      if (this.#bytes <= keptBytes || oldest === version.hash) return;
      this.#kept.delete(oldest);
      this.#bytes -= skeleton.length;
    }
  }

  #follow(
    parent: Version | undefined,
    { hash, manifest }: { readonly hash: BlobHash; readonly manifest: Manifest },
  ): Version {
    let skeleton: Skeleton;
    try {
      skeleton = versionSkeleton(manifest, parent?.skeleton);
    } catch {
      throw new UserError(
        `${blobPath(this.#place.paths, hash)} does not fit what it follows from.`,
      );
    }
    const spans = versionSpans(manifest, parent?.spans);
    const chain = [...(parent?.chain ?? []), hash];
    const version = { hash, manifest, chain, spans, skeleton };
    this.keep(version);
    return version;
  }
}
