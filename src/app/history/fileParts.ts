import { findSpans, type Span } from '../../core/checkpoint/findSpans';
import type { BlobHash } from '../../core/run/run';
import { hashOf } from '../../store/contents/blobFiles';

/** The spans of a file with their hashes, in order. */
export interface SplitFile {
  readonly spans: readonly Span[];
  readonly hashes: readonly BlobHash[];
  /** Whether a file before had it that could be read, so that it is valid. */
  readonly isKnown: readonly boolean[];
}

interface KeptFile {
  readonly bytes: Buffer;
  readonly split: SplitFile;
  /** Positions of the spans that look alike at a glance. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

const maxKeptFiles = 3;
const maxKeptBytes = 128_000_000;

/**
 * Splits files into spans. The files split last are kept, as most spans of the next one are theirs: to
 * compare bytes takes a twentieth of the time that it takes to hash them.
 */
export class FileParts {
  /** By the manifest that was made of them. */
  readonly #kept = new Map<BlobHash, KeptFile>();

  /** @param known spans that were found to be valid before. */
  split(file: Uint8Array, known: ReadonlySet<BlobHash>): SplitFile {
    const spans = findSpans(file);
    const buffer = toBuffer(file);
    const isKnown: boolean[] = [];
    const hashes = spans.map((span) => {
      const found = this.#find(buffer, span);
      const hash = found ?? hashOf(file.subarray(span.start, span.end));
      isKnown.push(found !== undefined || known.has(hash));
      return hash;
    });
    return { spans, hashes, isKnown };
  }

  /** Only of a file that can be read: what is in its spans is not looked at again. */
  keep(manifest: BlobHash, file: Uint8Array, split: SplitFile): void {
    const bytes = toBuffer(file);
    const places = new Map<string, number[]>();
    for (const [index, span] of split.spans.entries()) {
      const glance = glanceAt(bytes, span);
      const found = places.get(glance);
      if (found === undefined) places.set(glance, [index]);
      else if (found.length < 4) found.push(index);
    }
    this.#kept.delete(manifest);
    this.#kept.set(manifest, { bytes, split, places });
    let total = 0;
    for (const each of this.#kept.values()) total += each.bytes.length;
    for (const [oldest, each] of this.#kept) {
      if (this.#kept.size <= maxKeptFiles && total <= maxKeptBytes) return;
      this.#kept.delete(oldest);
      total -= each.bytes.length;
    }
  }

  #find(bytes: Buffer, span: Span): BlobHash | undefined {
    const glance = glanceAt(bytes, span);
    for (const kept of [...this.#kept.values()].reverse()) {
      for (const index of kept.places.get(glance) ?? []) {
        const other = kept.split.spans[index];
        if (other === undefined) continue;
        const isEqual =
          bytes.compare(kept.bytes, other.start, other.end, span.start, span.end) === 0;
        if (isEqual) return kept.split.hashes[index];
      }
    }
    return undefined;
  }
}

/** Its length and some bytes of its middle. */
function glanceAt(bytes: Buffer, { start, end }: Span): string {
  const middle = (start + end) >> 1;
  return `${end - start} ${bytes.toString('latin1', middle, middle + 16)}`;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
