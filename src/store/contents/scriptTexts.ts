import type { BlobHash } from '../../core/run/run';

/** Of a longer script only the beginning is kept. */
const maxScriptChars = 500_000;
const maxChars = 32_000_000;

/**
 * The texts of scripts that have been read, so that searches find words in them; many runs have the same
 * one. Those read first go once there are too many.
 */
export class ScriptTexts {
  readonly #readBlob: (hash: BlobHash) => Promise<Uint8Array>;
  readonly #texts = new Map<BlobHash, string>();
  /** A commit refers only to blobs that are there, so these are gone for good. */
  readonly #missing = new Set<BlobHash>();
  #chars = 0;

  constructor(readBlob: (hash: BlobHash) => Promise<Uint8Array>) {
    this.#readBlob = readBlob;
  }

  get texts(): ReadonlyMap<BlobHash, string> {
    return this.#texts;
  }

  /** Reads those that are not there yet; never rejects. */
  async read(hashes: readonly BlobHash[]): Promise<void> {
    for (const hash of hashes) {
      if (this.#texts.has(hash) || this.#missing.has(hash)) continue;
      const bytes = await this.#readBlob(hash).catch(() => undefined);
      if (bytes === undefined) this.#missing.add(hash);
      else this.#keep(hash, new TextDecoder().decode(bytes).slice(0, maxScriptChars));
    }
  }

  #keep(hash: BlobHash, text: string): void {
    this.#texts.set(hash, text);
    this.#chars += text.length;
    for (const [oldest, { length }] of this.#texts) {
      if (this.#chars <= maxChars) break;
      this.#texts.delete(oldest);
      this.#chars -= length;
    }
  }
}
