import { diffWordsWithSpace } from 'diff';
import type { SourceHunk } from './diffNotebooks';

/** A piece of a line; the pieces of one side, joined, are that line exactly. Never empty. */
export interface WordSpan {
  readonly text: string;
  readonly changed: boolean;
}

export interface WordSpans {
  readonly old: readonly WordSpan[];
  readonly new: readonly WordSpan[];
}

/** Edits beyond which the words of a line are not looked at one by one. */
const maxEditLength = 200;
/** Longer lines are told apart by how they begin and end. */
const maxWordChars = 5_000;

/**
 * What differs within a replaced line, whitespace included. Bounded: where the words of the lines
 * would take too long, one span is what lies between their common beginning and end.
 */
export function wordSpans(oldLine: string, newLine: string): WordSpans {
  const isShort = oldLine.length + newLine.length <= maxWordChars;
  const changes = isShort ? diffWordsWithSpace(oldLine, newLine, { maxEditLength }) : undefined;
  if (changes === undefined) return spansByEnds(oldLine, newLine);
  const old: WordSpan[] = [];
  const fresh: WordSpan[] = [];
  for (const { added, removed, value } of changes) {
    if (value === '') continue;
    const span: WordSpan = { text: value, changed: added || removed };
    if (!added) old.push(span);
    if (!removed) fresh.push(span);
  }
  return { old, new: fresh };
}

function spansByEnds(oldLine: string, newLine: string): WordSpans {
  const shorter = Math.min(oldLine.length, newLine.length);
  let start = 0;
  while (start < shorter && oldLine[start] === newLine[start]) start += 1;
  let end = 0;
  while (end < shorter - start && oldLine.at(-1 - end) === newLine.at(-1 - end)) end += 1;
  // Marks must not cut a surrogate pair in two.
  if (start > 0 && isHighSurrogate(oldLine.charCodeAt(start - 1))) start -= 1;
  if (end > 0 && isHighSurrogate(oldLine.charCodeAt(oldLine.length - end - 1))) end -= 1;
  const cut = (line: string): WordSpan[] =>
    [
      { text: line.slice(0, start), changed: false },
      { text: line.slice(start, line.length - end), changed: true },
      { text: line.slice(line.length - end), changed: false },
    ].filter(({ text }) => text !== '');
  return { old: cut(oldLine), new: cut(newLine) };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** Lines of one hunk, by their place in it, that stand side by side; one side alone where the other has none. */
export interface LinePair {
  readonly old?: number;
  readonly new?: number;
}

/** Comparisons of two lines that one hunk may cost; beyond them lines meet by position. */
const maxComparisons = 2_500;
/** Below it two lines have nothing to do with each other. */
const minLikeness = 0.4;

/**
 * Which line of a hunk became which, in order on both sides: the pairing that shares most
 * characters. Every line of both sides is listed exactly once.
 */
export function pairHunkLines({ oldLines, newLines }: SourceHunk): LinePair[] {
  const [rows, columns] = [oldLines.length, newLines.length];
  if (rows * columns > maxComparisons) return pairByPosition(rows, columns);
  const likeness = (i: number, j: number) => lineLikeness(oldLines[i] ?? '', newLines[j] ?? '');
  const scores = new Float64Array(rows * columns);
  const totals = new Float64Array((rows + 1) * (columns + 1));
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const found = likeness(i, j);
      const score = found >= minLikeness ? found : 0;
      scores[i * columns + j] = score;
      const at = i * (columns + 1) + j;
      totals[at] = Math.max(
        totals[at + 1] ?? 0,
        totals[at + columns + 1] ?? 0,
        score > 0 ? score + (totals[at + columns + 2] ?? 0) : 0,
      );
    }
  }
  const pairs: LinePair[] = [];
  let [i, j] = [0, 0];
  while (i < rows && j < columns) {
    const at = i * (columns + 1) + j;
    const score = scores[i * columns + j] ?? 0;
    if (score > 0 && totals[at] === score + (totals[at + columns + 2] ?? 0)) {
      pairs.push({ old: i, new: j });
      i += 1;
      j += 1;
    } else if (totals[at] === totals[at + columns + 1]) {
      pairs.push({ old: i });
      i += 1;
    } else {
      pairs.push({ new: j });
      j += 1;
    }
  }
  for (; i < rows; i += 1) pairs.push({ old: i });
  for (; j < columns; j += 1) pairs.push({ new: j });
  return pairs;
}

function pairByPosition(rows: number, columns: number): LinePair[] {
  return Array.from({ length: Math.max(rows, columns) }, (_, i) => ({
    ...(i < rows ? { old: i } : {}),
    ...(i < columns ? { new: i } : {}),
  }));
}

/** Words that two lines share, by the words of both; indentation does not count. */
function lineLikeness(a: string, b: string): number {
  if (a.trim() === b.trim()) return 1;
  const [aWords, bWords] = [wordsOf(a), wordsOf(b)];
  if (aWords.length + bWords.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const word of aWords) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of bWords) {
    const left = counts.get(word) ?? 0;
    if (left > 0) shared += 1;
    counts.set(word, left - 1);
  }
  return (2 * shared) / (aWords.length + bWords.length);
}

function wordsOf(line: string): readonly string[] {
  return line.slice(0, maxWordChars).match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];
}
