import type { LeftOut } from '../../core/checkpoint/checkpoint';
import { encodeSkeleton } from '../../core/checkpoint/skeleton';
import { diffNotebooks, type NotebookDiffSummary } from '../../core/notebook/diffNotebooks';
import type { Notebook } from '../../core/notebook/notebook';
import type { BlobHash } from '../../core/run/run';
import { errorMessage } from '../../core/userError';
import { readBlobFile } from '../../store/contents/blobFiles';
import type {
  BlobPlace,
  CheckpointVersions,
  Version,
} from '../../store/contents/checkpointVersions';
import { hashAt, readCheckpoint, type StoredContent } from '../../store/contents/readCheckpoint';
import {
  parseNotebookBytes,
  parseSkeleton,
  type SpanMarks,
} from '../../store/contents/reducedNotebook';
import type { SplitFile } from './fileParts';

/** What a checkpoint needs to know of a notebook file and of how it differs from the one before. */
export interface NotebookReading {
  readonly cellCount: number;
  /** Undefined without a readable notebook to hold it against. */
  readonly changes?: NotebookDiffSummary;
  /** Why the file cannot be read as a notebook, if so. */
  readonly problem?: string;
}

/** Of a file: its notebook with marks in the place of its spans, or why it is none. */
export type ParsedFile =
  | { readonly reduced: Notebook }
  | { readonly reduced: undefined; readonly problem: string };

/** So much text of outputs that differ is compared in full; of more it is only said that it differs. */
const maxComparedBytes = 4_000_000;
const maxKeptNotebooks = 4;

/** Reads notebooks by what is small in them, and what is large only where it differs. */
export class NotebookReader {
  readonly #place: BlobPlace;
  readonly #versions: CheckpointVersions;
  readonly #marks: SpanMarks;
  readonly #kept = new Map<BlobHash, Notebook>();

  constructor(place: BlobPlace, versions: CheckpointVersions, marks: SpanMarks) {
    this.#place = place;
    this.#versions = versions;
    this.#marks = marks;
  }

  /** Undefined if there is none, or if it cannot be read: a new chain begins then. */
  versionOf({ manifest }: StoredContent): Version | undefined {
    if (manifest === undefined) return undefined;
    try {
      return this.#versions.load(manifest);
    } catch {
      return undefined;
    }
  }

  keep(manifest: BlobHash, notebook: Notebook): void {
    this.#kept.delete(manifest);
    this.#kept.set(manifest, notebook);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= maxKeptNotebooks) return;
      this.#kept.delete(oldest);
    }
  }

  parse(file: Uint8Array, split: SplitFile): ParsedFile {
    try {
      for (const [index, { start, end }] of split.spans.entries()) {
        // What is in a span is not seen below.
        if (!split.isKnown[index]) parseJson(file.subarray(start, end));
      }
      return { reduced: this.#reduce(file, split, new Set()) };
    } catch {
      return this.#parseWhole(file);
    }
  }

  async compare(
    fresh: ParsedFile,
    file: Uint8Array,
    split: SplitFile,
    before: (StoredContent & { readonly leftOut?: LeftOut }) | undefined,
  ): Promise<NotebookReading> {
    if (fresh.reduced === undefined) return { cellCount: 0, problem: fresh.problem };
    const cellCount = fresh.reduced.cells.length;
    if (before === undefined) return { cellCount };
    try {
      const [old, now] = await this.#toCompare(before, fresh.reduced, file, split);
      return { cellCount, changes: diffNotebooks(old, now).summary };
    } catch {
      // The one before is damaged, which its own checkpoint says.
      return { cellCount };
    }
  }

  async #toCompare(
    before: StoredContent,
    reduced: Notebook,
    file: Uint8Array,
    split: SplitFile,
  ): Promise<readonly [Notebook, Notebook]> {
    if (before.manifest === undefined) {
      const old = parseNotebookBytes(await readCheckpoint(this.#place, this.#versions, before));
      return [old, parseNotebookBytes(file)];
    }
    const version = this.#versions.load(before.manifest);
    const oldHashes = new Set(
      [...version.spans.used].map((ordinal) => hashAt(version.spans, ordinal)),
    );
    const freshHashes = new Set(split.hashes);
    let bytes = 0;
    const isCompared = (sizeBytes: number) => {
      bytes += sizeBytes;
      return bytes <= maxComparedBytes;
    };
    const oldTexts = new Map<number, Uint8Array>();
    for (const ordinal of version.spans.used) {
      const span = version.spans.table[ordinal];
      if (span === undefined || freshHashes.has(span.hash) || version.spans.dropped.has(ordinal))
        continue;
      if (!isText(span.media) || !isCompared(span.sizeBytes)) continue;
      oldTexts.set(ordinal, await readBlobFile(this.#place, span.hash));
    }
    const freshTexts = new Set<BlobHash>();
    if (oldTexts.size > 0) {
      for (const [index, hash] of split.hashes.entries()) {
        const span = split.spans[index];
        if (span !== undefined && !oldHashes.has(hash) && isTextLiteral(file, span))
          freshTexts.add(hash);
      }
    }
    const old = oldTexts.size === 0 ? this.#kept.get(version.hash) : undefined;
    return [
      old ??
        parseSkeleton(
          version.skeleton,
          (ordinal) => oldTexts.get(ordinal) ?? this.#literalOf(hashAt(version.spans, ordinal)),
        ),
      freshTexts.size === 0 ? reduced : this.#reduce(file, split, freshTexts),
    ];
  }

  #reduce(file: Uint8Array, split: SplitFile, whole: ReadonlySet<BlobHash>): Notebook {
    const skeleton = encodeSkeleton(file, split.spans, [...split.spans.keys()]);
    return parseSkeleton(skeleton, (index) => {
      const [span, hash] = [split.spans[index], split.hashes[index]];
      if (span === undefined || hash === undefined) return new Uint8Array();
      return whole.has(hash) ? file.subarray(span.start, span.end) : this.#literalOf(hash);
    });
  }

  /** For what can be read only as a whole, and to say where it is damaged. */
  #parseWhole(file: Uint8Array): ParsedFile {
    try {
      return { reduced: parseNotebookBytes(file) };
    } catch (error) {
      return { reduced: undefined, problem: errorMessage(error) };
    }
  }

  #literalOf(hash: BlobHash): Uint8Array {
    return Buffer.from(`"${this.#marks.markOf(hash)}"`);
  }
}

function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

function isText(media: string | undefined): boolean {
  return media !== undefined && (/^text|json|xml/.test(media) || media === 'text');
}

/** Base64 has no space, no `<` and no brace. */
function isTextLiteral(file: Uint8Array, { start, end }: { start: number; end: number }): boolean {
  const beginning = Buffer.from(file.buffer, file.byteOffset + start, Math.min(400, end - start));
  return /[ <{:]/.test(
    beginning
      .toString('latin1')
      .replace(/^\[\s*/, '')
      .replaceAll(/",\s*"/g, ''),
  );
}
