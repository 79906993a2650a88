import type { CellDiff, OutputDiff, SourceHunk } from '../diffNotebooks';
import type { NotebookOutput } from '../notebook';
import { shownText } from '../shownText';

export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly parts: 'all' | 'sources' | 'outputs';
}

/** Where a text stands in the diff. */
export interface FindMatch {
  /** Index of the row. */
  readonly row: number;
  /** `source`, or the output by its place in the row, from 0. */
  readonly part: 'source' | number;
  readonly side: 'old' | 'new';
  /** From 1. */
  readonly line: number;
  /** Which of the matches of that line, from 0. */
  readonly nth: number;
}

export interface FindResult {
  readonly matches: readonly FindMatch[];
  /** There are more than are listed. */
  readonly more: boolean;
}

const maxMatches = 5_000;

/**
 * Every place of a text in sources and outputs, in the order in which the page shows them; what both
 * sides share counts once. Costs one pass over the notebooks.
 */
export function findInDiff(cells: readonly CellDiff[], query: FindQuery): FindResult {
  const matches: FindMatch[] = [];
  if (query.text === '') return { matches, more: false };
  const pattern = new RegExp(
    query.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    query.matchCase ? 'g' : 'gi',
  );
  for (const [row, cell] of cells.entries()) {
    if (query.parts !== 'outputs') findInSource(cell, row);
    if (query.parts !== 'sources') {
      for (const [part, output] of cell.outputs.entries()) findInOutput(output, row, part);
    }
    if (matches.length > maxMatches) break;
  }
  return { matches: matches.slice(0, maxMatches), more: matches.length > maxMatches };

  function findInSource(cell: CellDiff, row: number): void {
    const { old, new: fresh } = cell;
    const sides: FindMatch[] = [];
    if (old !== undefined && (fresh === undefined || cell.hunks.length > 0)) {
      sides.push(...find(old.source, row, 'source', 'old', fresh ? cell.hunks : undefined));
    }
    if (fresh !== undefined) sides.push(...find(fresh.source, row, 'source', 'new'));
    matches.push(...sides);
  }

  function findInOutput({ kind, old, new: fresh }: OutputDiff, row: number, part: number): void {
    if (old !== undefined && (fresh === undefined || kind === 'changed')) {
      matches.push(...find(textOf(old), row, part, 'old'));
    }
    if (fresh !== undefined) matches.push(...find(textOf(fresh), row, part, 'new'));
  }

  /** @param within the old lines that count, all if left out. */
  function find(
    text: string,
    row: number,
    part: FindMatch['part'],
    side: FindMatch['side'],
    within?: readonly SourceHunk[],
  ): FindMatch[] {
    const found: FindMatch[] = [];
    let [line, from, nth] = [1, 0, 0];
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      let moved = false;
      for (let at = text.indexOf('\n', from); at !== -1 && at < match.index; ) {
        line += 1;
        from = at + 1;
        moved = true;
        at = text.indexOf('\n', from);
      }
      nth = moved || found.length === 0 ? 0 : nth + 1;
      const counts =
        within === undefined ||
        within.some(
          ({ oldStart, oldLines }) => line > oldStart && line <= oldStart + oldLines.length,
        );
      if (counts) found.push({ row, part, side, line, nth });
      if (found.length + matches.length > maxMatches) break;
    }
    return found;
  }
}

/** The text that a page shows of an output. */
function textOf(output: NotebookOutput): string {
  if (output.kind === 'stream') return shownText(output.text ?? '');
  if (output.kind === 'error') {
    return output.traceback
      ? shownText(output.traceback)
      : [output.ename, output.evalue].filter(Boolean).join(': ');
  }
  return shownText(output.data['text/plain'] ?? output.data['text/html'] ?? '');
}
