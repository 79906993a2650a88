import { concatBytes, type Skeleton, skeletonParts } from '../../core/checkpoint/skeleton';
import type { Notebook } from '../../core/notebook/notebook';
import { parseNotebook } from '../../core/notebook/parseNotebook';

/**
 * Short strings that stand for the spans of a notebook while it is read: equal for equal spans, and with
 * something random in them, so that no notebook can hold one itself.
 */
export class SpanMarks {
  readonly #prefix: string;
  readonly #pattern: RegExp;

  /** @param random at least 16 characters of `[0-9a-f]`. */
  constructor(random: string) {
    this.#prefix = `epochlog-span-${random}-`;
    this.#pattern = new RegExp(`${this.#prefix}([0-9a-f]+)`, 'g');
  }

  markOf(hash: string): string {
    return this.#prefix + hash;
  }

  /** Hashes of the spans that a text has marks of. */
  hashesIn(text: string): string[] {
    if (!text.includes(this.#prefix)) return [];
    return Array.from(text.matchAll(this.#pattern), ([, hash = '']) => hash);
  }
}

/**
 * Reads the notebook of a skeleton.
 *
 * @param literalOf the bytes in the place of a span: its own, or those of a short string.
 * @throws Error that says why if it is none.
 */
export function parseSkeleton(
  skeleton: Skeleton,
  literalOf: (ordinal: number) => Uint8Array,
): Notebook {
  return parseNotebookBytes(joinParts(skeleton, literalOf));
}

/** @throws Error that says why if it is no notebook. */
export function parseNotebookBytes(bytes: Uint8Array): Notebook {
  return parseNotebook(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

function joinParts(skeleton: Skeleton, literalOf: (ordinal: number) => Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const part of skeletonParts(skeleton)) {
    parts.push('literal' in part ? part.literal : literalOf(part.ordinal));
  }
  return concatBytes(parts);
}

/**
 * The media types of the spans that are outputs of cells and nothing else, by their hashes; `text` of
 * streams and errors. One that is an attachment too, or lies in metadata, is not among them.
 *
 * @param hashes of all spans of the file, one for each place where it has them.
 */
export function outputMedia(
  notebook: Notebook,
  marks: SpanMarks,
  hashes: readonly string[],
): ReadonlyMap<string, string> {
  const media = new Map<string, string>();
  const places = new Map<string, number>();
  for (const hash of hashes) places.set(hash, (places.get(hash) ?? 0) + 1);
  const found = (value: string, type: string) => {
    for (const hash of marks.hashesIn(value)) {
      media.set(hash, type);
      places.set(hash, (places.get(hash) ?? 0) - 1);
    }
  };
  for (const { outputs } of notebook.cells) {
    for (const { data, text = '', traceback = '', evalue = '' } of outputs) {
      for (const [type, value] of Object.entries(data)) found(value, type);
      for (const value of [text, traceback, evalue]) found(value, 'text');
    }
  }
  for (const [hash, count] of places) if (count > 0) media.delete(hash);
  return media;
}
