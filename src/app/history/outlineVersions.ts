import { createHash } from 'node:crypto';
import {
  type CellRanges,
  findCellRanges,
  followCellRanges,
} from '../../core/checkpoint/cellRanges';
import type { Span } from '../../core/checkpoint/findSpans';
import { concatBytes, joinSkeleton } from '../../core/checkpoint/skeleton';
import type { Notebook, NotebookCell, NotebookOutput } from '../../core/notebook/notebook';
import {
  type NotebookOutline,
  type OutlineCell,
  type OutlineOutput,
  outlineText,
} from '../../core/notebook/notebookOutline';
import type { BlobHash } from '../../core/run/run';
import type { CheckpointVersions, Version } from '../../store/contents/checkpointVersions';
import { hashAt } from '../../store/contents/readCheckpoint';
import {
  parseNotebookBytes,
  parseSkeleton,
  type SpanMarks,
} from '../../store/contents/reducedNotebook';

interface Outlined {
  readonly length: number;
  readonly ranges: CellRanges | undefined;
  readonly outline: NotebookOutline;
}

export type VersionSource = Pick<CheckpointVersions, 'chain' | 'load'>;

/** A large notebook needs megabytes for an outline. */
const maxKept = 200;
const maxKeptCells = 200_000;

/** Outlines of versions, of which only the cells are read that the version before has not. */
export class OutlineVersions {
  readonly #marks: SpanMarks;
  readonly #kept = new Map<BlobHash, Outlined>();
  #cells = 0;

  constructor(marks: SpanMarks) {
    this.#marks = marks;
  }

  /**
   * Oldest first, so that each version is put together once, and only two are held at a time.
   *
   * @throws Error that says why if it cannot be read or is no notebook.
   */
  outline(hash: BlobHash, versions: VersionSource): NotebookOutline {
    const kept = this.#kept.get(hash);
    if (kept !== undefined) return kept.outline;
    const missing = versions.chain(hash, (each) => this.#kept.has(each));
    for (const each of missing.slice(0, -1)) {
      const version = versions.load(each);
      try {
        this.#outline(version);
      } catch {
        // It is no notebook; another may follow.
      }
    }
    return this.#outline(versions.load(hash)).outline;
  }

  #outline(version: Version): Outlined {
    const { skeleton, manifest, hash } = version;
    const parent = manifest.parent === undefined ? undefined : this.#kept.get(manifest.parent);
    const ranges = rangesOf(version, parent);
    const outline =
      ranges === undefined
        ? this.#toOutline(this.#parse(version), version)
        : this.#fromRanges(version, ranges, parent);
    const outlined = { length: skeleton.length, ranges, outline };
    this.#kept.set(hash, outlined);
    this.#cells += outline.cells.length;
    for (const [oldest, { outline: gone }] of this.#kept) {
      const isWithin = this.#kept.size <= maxKept && this.#cells <= maxKeptCells;
      if (isWithin || oldest === hash) break;
      this.#kept.delete(oldest);
      this.#cells -= gone.cells.length;
    }
    return outlined;
  }

  #fromRanges(version: Version, ranges: CellRanges, parent: Outlined | undefined): NotebookOutline {
    const { skeleton } = version;
    const known = knownCells(version, parent);
    const cells = ranges.cells.map((range) => {
      const found = known(range);
      if (found !== undefined) return found;
      const text = concatBytes([
        Buffer.from('{"cells":['),
        joinSkeleton(skeleton.subarray(range.start, range.end), this.#literalOf(version)),
        Buffer.from(']}'),
      ]);
      const [cell] = parseNotebookBytes(text).cells;
      if (cell === undefined) throw new Error('Damaged notebook: it has a cell that is none.');
      return this.#toCell(cell, version);
    });
    const rest = concatBytes([skeleton.subarray(0, ranges.start), skeleton.subarray(ranges.end)]);
    const { language } = parseSkeleton(rest, this.#literalOf(version));
    return { cells, language, executions: version.manifest.executions };
  }

  #parse(version: Version): Notebook {
    return parseSkeleton(version.skeleton, this.#literalOf(version));
  }

  #literalOf({ spans }: Version) {
    return (ordinal: number) => Buffer.from(`"${this.#marks.markOf(hashAt(spans, ordinal))}"`);
  }

  #toOutline({ cells, language }: Notebook, version: Version): NotebookOutline {
    return {
      cells: cells.map((cell) => this.#toCell(cell, version)),
      language,
      executions: version.manifest.executions,
    };
  }

  #toCell(cell: NotebookCell, { spans }: Version): OutlineCell {
    const sizeOf = (hash: string) => spans.table.find((span) => span.hash === hash)?.sizeBytes ?? 0;
    return toOutlineCell(cell, (output) => this.#toOutput(output, sizeOf));
  }

  #toOutput(output: NotebookOutput, sizeOf: (hash: string) => number): OutlineOutput {
    const stored = JSON.stringify(output);
    const hashes = this.#marks.hashesIn(stored);
    const bytes = hashes.reduce((sum, hash) => sum + sizeOf(hash), 0);
    const text = outlineText(output);
    const isShort = text !== undefined && this.#marks.hashesIn(text).length === 0;
    return {
      kind: output.kind,
      media: Object.keys(output.data),
      bytes: Buffer.byteLength(stored) + bytes,
      key: createHash('sha256').update(stored).digest('base64'),
      ...(isShort ? { text } : {}),
    };
  }
}

export function toOutlineCell(
  { kind, id, source, executionCount, outputs }: NotebookCell,
  toOutput: (output: NotebookOutput) => OutlineOutput,
): OutlineCell {
  return {
    kind,
    source,
    ...(id === undefined ? {} : { id }),
    ...(executionCount === undefined ? {} : { executionCount }),
    outputs: outputs.map(toOutput),
  };
}

function rangesOf(version: Version, parent: Outlined | undefined): CellRanges | undefined {
  if (parent?.ranges === undefined) return findCellRanges(version.skeleton);
  const [prefix, suffix] = commonEnds(version, parent.length);
  return followCellRanges(version.skeleton, parent.ranges, parent.length, prefix, suffix);
}

/** How much the version has from its parent at its beginning and at its end. */
function commonEnds({ manifest }: Version, parentLength: number): readonly [number, number] {
  const { steps } = manifest.delta;
  const [first, last] = [steps[0], steps.at(-1)];
  const prefix = first?.copyStart === 0 ? first.copyLength : 0;
  const isEnd = last?.insertLength === 0 && last.copyStart + last.copyLength === parentLength;
  return [prefix, isEnd ? last.copyLength : 0];
}

/** Finds the cells that the parent has, wherever its bytes went. */
function knownCells(version: Version, parent: Outlined | undefined) {
  const places = new Map<string, OutlineCell>();
  const copies: { readonly fresh: number; readonly old: number; readonly length: number }[] = [];
  let at = 0;
  for (const { copyStart, copyLength, insertLength } of version.manifest.delta.steps) {
    copies.push({ fresh: at, old: copyStart, length: copyLength });
    at += copyLength + insertLength;
  }
  for (const [index, { start, end }] of (parent?.ranges?.cells ?? []).entries()) {
    const cell = parent?.outline.cells[index];
    if (cell !== undefined) places.set(`${start} ${end}`, cell);
  }
  let next = 0;
  return ({ start, end }: Span): OutlineCell | undefined => {
    while (next < copies.length - 1 && (copies[next + 1]?.fresh ?? 0) <= start) next += 1;
    const copy = copies[next];
    if (copy === undefined || start < copy.fresh || end > copy.fresh + copy.length)
      return undefined;
    const away = copy.old - copy.fresh;
    return places.get(`${start + away} ${end + away}`);
  };
}
