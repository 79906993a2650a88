import type { SourceHunk } from '../../src/core/notebook/diffNotebooks';
import { hunkLines, type SourceLine } from './sourceLine';

/** One row of two texts side by side. */
export type SourceRow =
  | { readonly kind: 'same'; readonly old: SourceLine; readonly new: SourceLine }
  /** A line replaced, removed or added. */
  | { readonly kind: 'changed'; readonly old?: SourceLine; readonly new?: SourceLine }
  /** Lines that are the same and not shown; `rows` has them where they are known. */
  | { readonly kind: 'fold'; readonly count: number; readonly rows: readonly SourceRow[] };

/** Both texts in full, row by row. */
export function alignSource(
  oldSource: string,
  newSource: string,
  hunks: readonly SourceHunk[],
): readonly SourceRow[] {
  const oldLines = oldSource.split('\n');
  const newLines = newSource.split('\n');
  const rows: SourceRow[] = [];
  let oldAt = 0;
  let newAt = 0;
  const addSame = (until: number) => {
    for (; oldAt < until; oldAt++, newAt++) {
      rows.push({
        kind: 'same',
        old: { number: oldAt + 1, text: oldLines[oldAt] ?? '' },
        new: { number: newAt + 1, text: newLines[newAt] ?? '' },
      });
    }
  };
  for (const hunk of hunks) {
    addSame(hunk.oldStart);
    rows.push(...changedRows(hunk));
    oldAt = hunk.oldStart + hunk.oldLines.length;
    newAt = hunk.newStart + hunk.newLines.length;
  }
  addSame(oldLines.length);
  return rows;
}

/** The hunks alone, with a fold for what lies before and between them. */
export function hunkRows(hunks: readonly SourceHunk[]): readonly SourceRow[] {
  let oldAt = 0;
  return hunks.flatMap((hunk) => {
    const count = hunk.oldStart - oldAt;
    oldAt = hunk.oldStart + hunk.oldLines.length;
    const fold: readonly SourceRow[] = count > 0 ? [{ kind: 'fold', count, rows: [] }] : [];
    return [...fold, ...changedRows(hunk)];
  });
}

function changedRows(hunk: SourceHunk): readonly SourceRow[] {
  return hunkLines(hunk).map((lines) => ({ kind: 'changed', ...lines }));
}

/** Folds long stretches of same rows, keeping `context` of them beside each change. */
export function foldRows(rows: readonly SourceRow[], context: number): readonly SourceRow[] {
  const folded: SourceRow[] = [];
  let at = 0;
  while (at < rows.length) {
    let end = at;
    while (end < rows.length && rows[end]?.kind === 'same') end++;
    const from = at === 0 ? 0 : at + context;
    const to = end === rows.length ? end : end - context;
    // A fold of one or two lines would take as much room as they do.
    if (to - from > 2) {
      folded.push(...rows.slice(at, from));
      folded.push({ kind: 'fold', count: to - from, rows: rows.slice(from, to) });
      folded.push(...rows.slice(to, end));
    } else folded.push(...rows.slice(at, end));
    for (at = end; at < rows.length && rows[at]?.kind !== 'same'; at++) {
      folded.push(...rows.slice(at, at + 1));
    }
  }
  return folded;
}
