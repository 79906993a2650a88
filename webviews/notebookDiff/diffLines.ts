import type { SourceHunk } from '../../src/core/notebook/diffNotebooks';
import { type WordSpan, wordSpans } from '../../src/core/notebook/wordSpans';
import { hunkLines, type SourceLine } from '../shared/sourceLine';

/** A line of two texts: both sides where they are equal or one took the place of the other. */
export interface DiffLine {
  readonly old?: SourceLine;
  readonly new?: SourceLine;
  /** Index of the hunk; undefined for a line that both have. */
  readonly hunk?: number;
  /** Of the one side of a line that stands alone in one column: what differs from its other side. */
  readonly spans?: readonly WordSpan[];
}

/** Two texts line by line. One side may be missing as a whole; then its lines are not told as new. */
export function toDiffLines(
  oldText: string | undefined,
  newText: string | undefined,
  hunks: readonly SourceHunk[],
): readonly DiffLine[] {
  if (oldText === undefined || newText === undefined) {
    const text = newText ?? oldText ?? '';
    const side = newText === undefined ? 'old' : 'new';
    return toLines(text).map((line, i) => ({ [side]: { number: i + 1, text: line }, hunk: 0 }));
  }
  const oldLines = oldText.split('\n');
  const newLines = newText.split('\n');
  const lines: DiffLine[] = [];
  let [oldAt, newAt] = [0, 0];
  const addSame = (until: number) => {
    for (; oldAt < until; oldAt += 1, newAt += 1) {
      lines.push({
        old: { number: oldAt + 1, text: oldLines[oldAt] ?? '' },
        new: { number: newAt + 1, text: newLines[newAt] ?? '' },
      });
    }
  };
  for (const [index, hunk] of hunks.entries()) {
    addSame(hunk.oldStart);
    for (const pair of hunkLines(hunk)) lines.push({ ...pair, hunk: index });
    oldAt = hunk.oldStart + hunk.oldLines.length;
    newAt = hunk.newStart + hunk.newLines.length;
  }
  // Where both end with a line end, nothing is behind it.
  const endsAlike = oldText.endsWith('\n') && newText.endsWith('\n');
  addSame(oldLines.length - (endsAlike ? 1 : 0));
  return lines;
}

/** A last line end begins no line that is worth a row. */
function toLines(text: string): readonly string[] {
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** In one column the old lines of a hunk stand above its new ones. */
export function toInline(lines: readonly DiffLine[]): readonly DiffLine[] {
  const inline: DiffLine[] = [];
  let at = 0;
  while (at < lines.length) {
    const hunk = lines[at]?.hunk;
    let end = at + 1;
    if (hunk !== undefined) while (end < lines.length && lines[end]?.hunk === hunk) end += 1;
    const part = lines.slice(at, end);
    if (hunk === undefined) inline.push(...part);
    else {
      // One hunk is some lines; a text that one side lacks has no words to tell apart.
      const spans = part.map(({ old, new: fresh }) =>
        old && fresh ? wordSpans(old.text, fresh.text) : undefined,
      );
      for (const side of ['old', 'new'] as const) {
        for (const [i, line] of part.entries()) {
          const text = line[side];
          const words = spans[i]?.[side];
          if (text === undefined) continue;
          inline.push({ [side]: text, hunk, ...(words === undefined ? {} : { spans: words }) });
        }
      }
    }
    at = end;
  }
  return inline;
}

/** A stretch of lines that are shown, or of unchanged ones that are folded. */
export interface LineBlock {
  readonly kind: 'lines' | 'fold';
  readonly from: number;
  readonly to: number;
}

/**
 * Folds long stretches of unchanged lines, keeping `context` of them beside each change.
 *
 * @param opened lines that are shown all the same.
 */
export function foldLines(
  lines: readonly DiffLine[],
  context: number,
  opened: ReadonlySet<number>,
): readonly LineBlock[] {
  const isShown = new Uint8Array(lines.length);
  for (const [at, { hunk }] of lines.entries()) {
    if (opened.has(at)) isShown[at] = 1;
    if (hunk === undefined) continue;
    isShown.fill(1, Math.max(0, at - context), at + context + 1);
  }
  const blocks: LineBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    const shown = isShown[at] === 1;
    let end = at + 1;
    while (end < lines.length && (isShown[end] === 1) === shown) end += 1;
    // A fold of one or two lines would take as much room as they do.
    const kind = shown || end - at <= 2 ? 'lines' : 'fold';
    const last = blocks.at(-1);
    if (kind === 'lines' && last?.kind === 'lines') blocks.splice(-1, 1, { ...last, to: end });
    else blocks.push({ kind, from: at, to: end });
    at = end;
  }
  return blocks;
}
