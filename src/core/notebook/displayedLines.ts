import type { CellDiff } from './diffNotebooks';

/**
 * How many source lines a diff has a reader look at: those removed and added, of whole cells and of
 * hunks, and one for each cell that moved.
 */
export function displayedLines(
  rows: readonly Pick<CellDiff, 'kind' | 'old' | 'new' | 'hunks'>[],
): number {
  return rows.reduce((total, { kind, old, new: fresh, hunks }) => {
    if (kind === 'added' || kind === 'removed') {
      return total + countLines((kind === 'added' ? fresh : old)?.source ?? '');
    }
    const inHunks = hunks.reduce(
      (sum, hunk) => sum + hunk.oldLines.length + hunk.newLines.length,
      0,
    );
    return total + inHunks + (kind === 'moved' ? 1 : 0);
  }, 0);
}

function countLines(source: string): number {
  return source === '' ? 0 : source.split('\n').length;
}
