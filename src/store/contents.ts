import type { Change } from '../core/change/change';
import type { BlobHash } from '../core/run/run';
import { UserError } from '../core/userError';
import { hashOf, isBlobHash, readBlobFile, touchBlob, writeBlob } from './blobFiles';
import { errorMessage, readableError } from './readableError';
import type { KeptBlob } from './store';
import type { StoreContext } from './storeContext';
import { leaseRenewalMs } from './writerLease';

/** What was put and still belongs to nothing after this time was put in vain. */
const putRestMs = 3_600_000;

/**
 * The blobs as this process uses them. A blob that nothing refers to is collected, by whatever window,
 * once nobody touched it for a while; so those that are to be referred to are touched until they are.
 */
export class Contents {
  readonly #context: StoreContext;
  readonly #putAtMs = new Map<BlobHash, number>();
  /** How many commits that are under way refer to each. */
  readonly #committing = new Map<BlobHash, number>();
  readonly #renewal: NodeJS.Timeout;

  constructor(context: StoreContext) {
    this.#context = context;
    this.#renewal = setInterval(() => this.renew(), leaseRenewalMs).unref();
  }

  async put(bytes: Uint8Array): Promise<BlobHash> {
    const hash = await writeBlob(this.#context, bytes);
    this.#putAtMs.set(hash, this.#context.now());
    return hash;
  }

  /** What is there already is kept in any case. */
  async putIfRoom(bytes: Uint8Array, hasRoom: () => boolean): Promise<KeptBlob> {
    const hash = hashOf(bytes);
    const isThere = touchBlob(this.#context, hash);
    if (!isThere && !hasRoom()) return { hash, isKept: false };
    return { hash: await this.put(bytes), isKept: true };
  }

  read(hash: BlobHash): Promise<Uint8Array> {
    return readBlobFile(this.#context, hash);
  }

  /** Carries out a commit of these changes. Rejects without it if one needs a blob that is missing. */
  async during<T>(changes: readonly Change[], commit: () => Promise<T>): Promise<T> {
    const hashes = changes.flatMap(contentsOf);
    for (const hash of hashes) this.#requireBlob(hash);
    for (const hash of hashes) this.#committing.set(hash, (this.#committing.get(hash) ?? 0) + 1);
    try {
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
  renew(): void {
    const { now, report } = this.#context;
    for (const [hash, atMs] of this.#putAtMs) {
      if (now() - atMs > putRestMs) this.#putAtMs.delete(hash);
    }
    try {
      for (const hash of new Set([...this.#putAtMs.keys(), ...this.#committing.keys()])) {
        touchBlob(this.#context, hash);
      }
    } catch (error) {
      report(errorMessage(error));
    }
  }

  close(): void {
    clearInterval(this.#renewal);
  }

  #requireBlob(hash: BlobHash): void {
    const { paths } = this.#context;
    try {
      if (isBlobHash(hash) && touchBlob(this.#context, hash)) return;
    } catch (error) {
      throw readableError('write to', paths.blobs, error);
    }
    throw new UserError(
      `Epochlog cannot record this: its content ${hash} is not in ${paths.blobs}. Save the notebook or start the run again.`,
    );
  }
}

/** The blobs that a change refers to. */
export function contentsOf(change: Change): readonly BlobHash[] {
  switch (change.kind) {
    case 'checkpointTaken':
      return change.checkpoint.leftOut?.what === 'content' ? [] : [change.checkpoint.content];
    case 'codeStateRecorded':
      return [change.codeState.diff, change.codeState.script].filter((hash) => hash !== undefined);
    default:
      return [];
  }
}
