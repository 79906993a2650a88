import { concatBytes } from './skeleton';

/** How to come from one text to the next: what is copied of the old one, and what is new between. */
export interface ByteDelta {
  /** In the order of the new text: first the copied bytes, then the inserted ones. */
  readonly steps: readonly DeltaStep[];
  /** All inserted bytes, one after the other. */
  readonly inserted: Uint8Array;
}

export interface DeltaStep {
  readonly copyStart: number;
  readonly copyLength: number;
  readonly insertLength: number;
}

/** Pieces that are equal in so many places are looked for in no more. */
const maxPlaces = 16;
/** A piece may end inside a line from this length on. */
const minPieceBytes = 48;
/** A shorter copy costs more than its bytes. */
const minCopyBytes = 8;

/** Finds lines, and pieces of long lines, in the old text wherever they have moved. */
export function diffBytes(old: Uint8Array, fresh: Uint8Array): ByteDelta {
  const prefix = lineStart(fresh, commonPrefix(old, fresh));
  const suffix = commonSuffix(old, fresh, prefix);
  const copies = matchPieces(old, fresh, prefix, suffix);
  const steps: { copyStart: number; copyLength: number; insertLength: number }[] = [];
  const inserted: Uint8Array[] = [];
  let at = 0;
  const push = (copy: Copy, nextStart: number) => {
    const end = copy.freshStart + copy.length;
    inserted.push(fresh.subarray(end, nextStart));
    steps.push({
      copyStart: copy.oldStart,
      copyLength: copy.length,
      insertLength: nextStart - end,
    });
    at = nextStart;
  };
  let current: Copy = { oldStart: 0, freshStart: 0, length: prefix };
  for (const next of [
    ...copies,
    { oldStart: old.length - suffix, freshStart: fresh.length - suffix, length: suffix },
  ]) {
    const grown = growForward(old, fresh, current, next.freshStart);
    const before = growBackward(old, fresh, next, grown.freshStart + grown.length);
    if (before.length < minCopyBytes) {
      current = grown;
      continue;
    }
    if (grown.length > 0 || before.freshStart > at) push(grown, before.freshStart);
    current = before;
  }
  push(current, fresh.length);
  return { steps, inserted: concatBytes(inserted) };
}

/**
 * @param expectedLength of the new text: nothing is made of a delta that says otherwise.
 * @throws RangeError if the delta is not one of this text.
 */
export function applyBytes(
  old: Uint8Array,
  { steps, inserted }: ByteDelta,
  expectedLength: number,
): Uint8Array {
  const length = steps.reduce((sum, step) => sum + step.copyLength + step.insertLength, 0);
  if (length !== expectedLength) throw new RangeError('of another length');
  const fresh = new Uint8Array(length);
  let at = 0;
  let taken = 0;
  for (const { copyStart, copyLength, insertLength } of steps) {
    if (copyStart < 0 || copyStart + copyLength > old.length) throw new RangeError('no such bytes');
    fresh.set(old.subarray(copyStart, copyStart + copyLength), at);
    at += copyLength;
    fresh.set(inserted.subarray(taken, taken + insertLength), at);
    at += insertLength;
    taken += insertLength;
  }
  if (taken !== inserted.length) throw new RangeError('bytes are left over');
  return fresh;
}

interface Copy {
  readonly oldStart: number;
  readonly freshStart: number;
  readonly length: number;
}

interface Pieces {
  /** Where each begins; one more at the end. */
  readonly starts: readonly number[];
  readonly hashes: readonly number[];
}

/** What the middle of the new text has of the middle of the old one. */
function matchPieces(
  old: Uint8Array,
  fresh: Uint8Array,
  prefix: number,
  suffix: number,
): readonly Copy[] {
  const oldPieces = cutPieces(old, prefix, old.length - suffix);
  const freshPieces = cutPieces(fresh, prefix, fresh.length - suffix);
  if (oldPieces.hashes.length === 0) return [];
  const places = new Map<number, number[]>();
  for (const [index, hash] of oldPieces.hashes.entries()) {
    const found = places.get(hash);
    if (found === undefined) places.set(hash, [index]);
    else if (found.length < maxPlaces) found.push(index);
  }
  const copies: Copy[] = [];
  let expected = 0;
  for (let index = 0; index < freshPieces.hashes.length; ) {
    const hash = freshPieces.hashes[index] ?? 0;
    let [best, bestCount] = [0, 0];
    const candidates = places.get(hash) ?? [];
    for (const place of oldPieces.hashes[expected] === hash
      ? [expected, ...candidates]
      : candidates) {
      const count = equalPieces(oldPieces, place, freshPieces, index, old, fresh);
      if (count > bestCount) [best, bestCount] = [place, count];
    }
    if (bestCount === 0) {
      index += 1;
      continue;
    }
    const freshStart = freshPieces.starts[index] ?? 0;
    copies.push({
      oldStart: oldPieces.starts[best] ?? 0,
      freshStart,
      length: (freshPieces.starts[index + bestCount] ?? 0) - freshStart,
    });
    index += bestCount;
    expected = best + bestCount;
  }
  return copies;
}

function equalPieces(
  oldPieces: Pieces,
  place: number,
  freshPieces: Pieces,
  index: number,
  old: Uint8Array,
  fresh: Uint8Array,
): number {
  let count = 0;
  for (;;) {
    const [a, b] = [place + count, index + count];
    if (a >= oldPieces.hashes.length || b >= freshPieces.hashes.length) return count;
    if (oldPieces.hashes[a] !== freshPieces.hashes[b]) return count;
    const [oldStart, freshStart] = [oldPieces.starts[a] ?? 0, freshPieces.starts[b] ?? 0];
    const length = (freshPieces.starts[b + 1] ?? 0) - freshStart;
    if ((oldPieces.starts[a + 1] ?? 0) - oldStart !== length) return count;
    for (let i = 0; i < length; i += 1) {
      if (old[oldStart + i] !== fresh[freshStart + i]) return count;
    }
    count += 1;
  }
}

/** Lines; a long one also ends behind `}` and behind an escaped line end, so that minified files have pieces. */
function cutPieces(bytes: Uint8Array, start: number, end: number): Pieces {
  const starts: number[] = [start];
  const hashes: number[] = [];
  let pieceStart = start;
  let hash = 0x811c9dc5;
  let previous = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    hash = Math.imul(hash ^ byte, 0x01000193);
    const isCut =
      byte === 0x0a ||
      (at + 1 - pieceStart >= minPieceBytes &&
        (byte === 0x7d || (byte === 0x6e && previous === 0x5c)));
    previous = byte;
    if (!isCut) continue;
    hashes.push(hash);
    starts.push(at + 1);
    pieceStart = at + 1;
    hash = 0x811c9dc5;
  }
  if (pieceStart < end) {
    hashes.push(hash);
    starts.push(end);
  }
  return { starts, hashes };
}

function growForward(old: Uint8Array, fresh: Uint8Array, copy: Copy, freshEnd: number): Copy {
  let { length } = copy;
  while (
    copy.freshStart + length < freshEnd &&
    copy.oldStart + length < old.length &&
    old[copy.oldStart + length] === fresh[copy.freshStart + length]
  ) {
    length += 1;
  }
  return { ...copy, length };
}

function growBackward(old: Uint8Array, fresh: Uint8Array, copy: Copy, freshMin: number): Copy {
  // What the one before took already is not taken twice.
  const cut = Math.max(0, freshMin - copy.freshStart);
  let by = 0;
  while (
    cut === 0 &&
    copy.freshStart - by > freshMin &&
    copy.oldStart - by > 0 &&
    old[copy.oldStart - by - 1] === fresh[copy.freshStart - by - 1]
  ) {
    by += 1;
  }
  return {
    oldStart: copy.oldStart + cut - by,
    freshStart: copy.freshStart + cut - by,
    length: Math.max(0, copy.length - cut + by),
  };
}

function commonPrefix(a: Uint8Array, b: Uint8Array): number {
  const max = Math.min(a.length, b.length);
  let at = 0;
  while (at < max && a[at] === b[at]) at += 1;
  return at;
}

function commonSuffix(a: Uint8Array, b: Uint8Array, prefix: number): number {
  const max = Math.min(a.length, b.length) - prefix;
  let count = 0;
  while (count < max && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1;
  // From a line's start on, so that the pieces before it are cut alike on both sides.
  if (count === max) return count;
  const start = b.length - count;
  const newline = b.indexOf(0x0a, start);
  return newline < 0 ? 0 : b.length - newline - 1;
}

function lineStart(bytes: Uint8Array, at: number): number {
  return at === 0 || at === bytes.length ? at : bytes.lastIndexOf(0x0a, at - 1) + 1;
}
