import type { Span } from './findSpans';
import type { Skeleton } from './skeleton';

/** Where the cells of a notebook lie in its skeleton. */
export interface CellRanges {
  /** Behind the `[` of the list of cells. */
  readonly start: number;
  readonly cells: readonly Span[];
  /** At its `]`. */
  readonly end: number;
}

/** Undefined if the skeleton is not that of a notebook with one list of cells, as before nbformat 4. */
export function findCellRanges(skeleton: Skeleton): CellRanges | undefined {
  let depth = 0;
  let ranges: CellRanges | undefined;
  let key = '';
  let isKey = false;
  for (let at = 0; at < skeleton.length; ) {
    const byte = skeleton[at];
    if (byte === 0x22) {
      const end = skipString(skeleton, at);
      isKey = depth === 1 && end - at === '"cells"'.length;
      if (isKey) key = String.fromCharCode(...skeleton.subarray(at, end));
      at = end;
    } else if (byte === 0x5b && depth === 1 && isKey && key === '"cells"') {
      if (ranges !== undefined) return undefined;
      ranges = readCells(skeleton, at + 1, undefined);
      if (ranges === undefined) return undefined;
      at = ranges.end + 1;
    } else {
      if (byte === 0x7b || byte === 0x5b) depth += 1;
      if (byte === 0x7d || byte === 0x5d) depth -= 1;
      if (byte !== 0x3a && !isSpace(byte)) isKey = false;
      at = byte === 0 ? skipReference(skeleton, at) : at + 1;
    }
  }
  return ranges;
}

/**
 * The same from what is known of the text that it came from.
 *
 * @param prefix so many bytes at its beginning are those of the text before.
 * @param suffix so many at its end.
 */
export function followCellRanges(
  skeleton: Skeleton,
  before: CellRanges,
  beforeLength: number,
  prefix: number,
  suffix: number,
): CellRanges | undefined {
  if (prefix < before.start || before.end < beforeLength - suffix) return findCellRanges(skeleton);
  const shift = skeleton.length - beforeLength;
  const kept = before.cells.filter(({ end }) => end < prefix);
  const last = before.cells.filter(({ start }) => start > beforeLength - suffix);
  const moved = last.map(({ start, end }) => ({ start: start + shift, end: end + shift }));
  const from = kept.at(-1)?.end ?? before.start;
  const found = readCells(skeleton, from, moved[0]?.start);
  if (found === undefined) return findCellRanges(skeleton);
  return {
    start: before.start,
    cells: [...kept, ...found.cells, ...moved],
    end: moved.length > 0 ? before.end + shift : found.end,
  };
}

/** Objects of a list up to its end, or up to one that begins at `until`; undefined if there is another thing. */
function readCells(
  skeleton: Skeleton,
  start: number,
  until: number | undefined,
): CellRanges | undefined {
  const cells: Span[] = [];
  for (let at = start; at < skeleton.length; ) {
    const byte = skeleton[at];
    if (at === until || (byte === 0x5d && until === undefined)) return { start, cells, end: at };
    if (byte === 0x7b) {
      const end = skipObject(skeleton, at);
      if (end < 0 || (until !== undefined && end > until)) return undefined;
      cells.push({ start: at, end });
      at = end;
    } else if (byte === 0x2c || isSpace(byte)) {
      at += 1;
    } else {
      return undefined;
    }
  }
  return undefined;
}

/** Its end; -1 if it has none. */
function skipObject(skeleton: Skeleton, start: number): number {
  let depth = 0;
  for (let at = start; at < skeleton.length; ) {
    const byte = skeleton[at];
    if (byte === 0x22) {
      at = skipString(skeleton, at);
      continue;
    }
    if (byte === 0) {
      at = skipReference(skeleton, at);
      continue;
    }
    at += 1;
    if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function skipString(skeleton: Skeleton, start: number): number {
  for (let at = start + 1; at < skeleton.length; at += 1) {
    const byte = skeleton[at];
    if (byte === 0x22) return at + 1;
    if (byte === 0x5c) at += 1;
  }
  return skeleton.length;
}

/** A zero byte, and LEB128. */
function skipReference(skeleton: Skeleton, start: number): number {
  let at = start + 1;
  while (at < skeleton.length && (skeleton[at] ?? 0) >= 0x80) at += 1;
  return at + 1;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
