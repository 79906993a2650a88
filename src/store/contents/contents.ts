import type { Change } from '../../core/change/change';
import type { BlobHash } from '../../core/run/run';
import { UserError } from '../../core/userError';
import { leaseRenewalMs } from '../journal/writerLease';
import { readableError } from '../readableError';
import type { KeptBlob } from '../store';
import type { StoreContext } from '../storeContext';
import { copyBlob, hashOf, isBlobHash, readBlobFile, touchBlob, writeBlob } from './blobFiles';

import { CheckpointVersions } from './checkpointVersions';
import { ManifestUses } from './manifestUses';
import { readCheckpoint, type StoredContent } from './readCheckpoint';

/** What was put and still belongs to nothing after this time was put in vain. */
const putRestMs = 3_600_000;

/**
 * The blobs as this process uses them. A blob that nothing refers to is collected, by whatever window,
 * once nobody touched it for a while; so those that are to be referred to are touched until they are.
 */
export class Contents {
  readonly #context: StoreContext;
  readonly manifests: ManifestUses;
  readonly #versions: CheckpointVersions;
  readonly #putAtMs = new Map<BlobHash, number>();
  /** How many commits that are under way refer to each. */
  readonly #committing = new Map<BlobHash, number>();
  readonly #renewal: NodeJS.Timeout;
  /** Copies that a renewal makes, which take longer than a touch. */
  #copying: Promise<void> | undefined;

  constructor(context: StoreContext) {
    this.#context = context;
    this.manifests = new ManifestUses(context);
    this.#versions = new CheckpointVersions(context);
    this.#renewal = setInterval(() => this.#renew(), leaseRenewalMs).unref();
  }

  async put(bytes: Uint8Array): Promise<BlobHash> {
    const hash = await writeBlob(this.#context, bytes);
    this.#putAtMs.set(hash, this.#context.now());
    return hash;
  }

  /** What is there already is kept in any case. */
  async putIfRoom(bytes: Uint8Array, hasRoom: () => boolean): Promise<KeptBlob> {
    const hash = hashOf(bytes);
    const isThere = touchBlob(this.#context, hash) !== 'missing';
    if (!isThere && !hasRoom()) return { hash, isKept: false };
    return { hash: await this.put(bytes), isKept: true };
  }

  read(hash: BlobHash): Promise<Uint8Array> {
    return readBlobFile(this.#context, hash);
  }

  /** The file of a checkpoint; with texts in the place of outputs that retention dropped. */
  readCheckpoint(checkpoint: StoredContent): Promise<Uint8Array> {
    return readCheckpoint(this.#context, this.#versions, checkpoint);
  }

  /** Carries out a commit of these changes. Rejects without it if one needs a blob that is missing. */
  async during<T>(changes: readonly Change[], commit: () => Promise<T>): Promise<T> {
    const hashes = changes.flatMap((change) => this.#neededBy(change));
    // Without a wait where there is none to be had, so that commits keep their order.
    const foreign = hashes.filter((hash) => this.#requireBlob(hash) === 'foreign');
    for (const hash of hashes) this.#committing.set(hash, (this.#committing.get(hash) ?? 0) + 1);
    try {
      if (foreign.length > 0) {
        // A copy that was begun before has an older time.
        await this.#copying;
        await this.#copy(foreign);
      }
      const result = await commit();
      for (const hash of hashes) this.#putAtMs.delete(hash);
      return result;
    } finally {
      for (const hash of hashes) {
        const rest = (this.#committing.get(hash) ?? 0) - 1;
        if (rest > 0) this.#committing.set(hash, rest);
        else this.#committing.delete(hash);
      }
    }
  }

  /** Whether something of this process is about to refer to it. */
  isWanted(hash: BlobHash): boolean {
    return this.#putAtMs.has(hash) || this.#committing.has(hash);
  }

  /** Touches what is wanted, so that no window collects it. */
  #renew(): void {
    const { now, report, paths } = this.#context;
    const failed = (error: unknown) =>
      report(readableError('write to', paths.blobs, error).message);
    for (const [hash, atMs] of this.#putAtMs) {
      if (now() - atMs > putRestMs) this.#putAtMs.delete(hash);
    }
    try {
      const wanted = new Set([...this.#putAtMs.keys(), ...this.#committing.keys()]);
      const foreign = [...wanted].filter((hash) => touchBlob(this.#context, hash) === 'foreign');
      if (foreign.length === 0) return;
      this.#copying ??= this.#copy(foreign)
        .catch(failed)
        .finally(() => {
          this.#copying = undefined;
        });
    } catch (error) {
      failed(error);
    }
  }

  close(): void {
    clearInterval(this.#renewal);
  }

  async #copy(hashes: readonly BlobHash[]): Promise<void> {
    for (const hash of hashes) await copyBlob(this.#context, hash);
  }

  /** Also what only a manifest says; what it says cannot be known before it is there. */
  #neededBy(change: Change): readonly BlobHash[] {
    const hashes = contentsOf(change);
    const manifest = manifestOf(change);
    if (manifest === undefined) return hashes;
    this.#requireBlob(manifest);
    return this.manifests.blobsOf(manifest);
  }

  #requireBlob(hash: BlobHash): 'touched' | 'foreign' {
    const found = isBlobHash(hash) ? touchBlob(this.#context, hash) : 'missing';
    if (found !== 'missing') return found;
    throw new UserError(
      `Epochlog cannot record this: its content ${hash} is not in ${this.#context.paths.blobs}. Save the notebook or start the run again.`,
    );
  }
}

function manifestOf(change: Change): BlobHash | undefined {
  if (change.kind === 'checkpointThinned') return change.manifest;
  return change.kind === 'checkpointTaken' ? change.checkpoint.manifest : undefined;
}

/** The blobs that a change refers to itself. */
export function contentsOf(change: Change): readonly BlobHash[] {
  switch (change.kind) {
    case 'checkpointTaken': {
      const { content, manifest, leftOut } = change.checkpoint;
      return leftOut?.what === 'content' ? [] : [manifest ?? content];
    }
    case 'checkpointThinned':
      return [change.manifest];
    case 'codeStateRecorded':
      return [change.codeState.diff, change.codeState.script].filter((hash) => hash !== undefined);
    case 'environmentRecorded': {
      const packages = change.environment.python?.packages;
      return packages === undefined ? [] : [packages];
    }
    case 'filesRecorded':
      return change.files.flatMap(({ isKept, hash }) => (isKept && hash !== undefined ? hash : []));
    default:
      return [];
  }
}
