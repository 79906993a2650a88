import { neededSpans, type VersionSpans, versionSpans } from '../../core/checkpoint/chain';
import type { Manifest } from '../../core/checkpoint/manifest';
import type { BlobHash } from '../../core/run/run';
import { UserError } from '../../core/userError';
import { errorCode } from '../disk/disk';
import { type BlobPlace, readManifest } from './checkpointVersions';

/** What is needed to know what a version uses. */
interface KnownManifest {
  readonly parent: BlobHash | undefined;
  readonly spans: VersionSpans;
}

/** At about five kilobytes each. */
const maxKnown = 20_000;

/** Tells which blobs the checkpoints need, by their manifests, which never change once they are written. */
export class ManifestUses {
  readonly #place: BlobPlace;
  readonly #known = new Map<BlobHash, KnownManifest>();

  constructor(place: BlobPlace) {
    this.#place = place;
  }

  /**
   * The manifest itself, those that it follows from, and the spans that it uses.
   *
   * @throws UserError if one of the manifests cannot be read: nobody knows then what it needs.
   */
  blobsOf(manifest: BlobHash): readonly BlobHash[] {
    const { spans } = this.#learn(manifest);
    return [...this.chainOf(manifest), ...neededSpans(spans)];
  }

  spansOf(manifest: BlobHash): VersionSpans {
    return this.#learn(manifest).spans;
  }

  /** Itself, and those that it follows from. */
  chainOf(manifest: BlobHash): readonly BlobHash[] {
    const chain: BlobHash[] = [];
    for (let at: BlobHash | undefined = manifest; at !== undefined; at = this.#learn(at).parent) {
      chain.push(at);
    }
    return chain;
  }

  #learn(hash: BlobHash): KnownManifest {
    const found = this.#known.get(hash);
    if (found !== undefined) return found;
    if (this.#known.size > maxKnown) this.#known.clear();
    const missing: { readonly hash: BlobHash; readonly manifest: Manifest }[] = [];
    for (let next: BlobHash | undefined = hash; next !== undefined; ) {
      if (this.#known.has(next)) break;
      const manifest: Manifest = this.#read(next);
      missing.push({ hash: next, manifest });
      next = manifest.parent;
    }
    let known: KnownManifest | undefined;
    for (const { hash: each, manifest } of missing.reverse()) {
      const { parent } = manifest;
      const before = parent === undefined ? undefined : this.#known.get(parent);
      known = { parent, spans: versionSpans(manifest, before?.spans) };
      this.#known.set(each, known);
    }
    // SAFETY: the loop went through at least this one.
    return known as KnownManifest;
  }

  #read(hash: BlobHash): Manifest {
    try {
      return readManifest(this.#place, hash);
    } catch (error) {
      // A file that is gone does not come back, whoever waits for it.
      const isGone = error instanceof Error && errorCode(error.cause) === 'ENOENT';
      throw isGone ? new UserError(error.message) : error;
    }
  }
}
