import type { DiffRow } from '../../src/core/notebook/view/diffRows';
import type { DiffParts } from '../../src/protocol/notebookDiffPage';

/** What of the diff the user wants to see. */
export interface Filter {
  readonly hideUnchanged: boolean;
  readonly parts: DiffParts;
  readonly showNoise: boolean;
}

/** Whether there is anything to see in a row of the diff. */
export function isChange(
  row: DiffRow,
  { parts, showNoise }: Omit<Filter, 'hideUnchanged'>,
): boolean {
  const source = row.sourceChanged || row.metadataChanged || row.kind === 'moved';
  const oneSided = row.kind === 'added' || row.kind === 'removed';
  if (showNoise && row.minorChanged) return true;
  if (parts === 'sources') return oneSided || source === true;
  if (parts === 'outputs') {
    return row.outputsChanged === true || (oneSided && (row.outputs?.length ?? 0) > 0);
  }
  return oneSided || source === true || row.outputsChanged === true;
}

/** What a row of the diff is, in words: `Changed`, `Moved from 3, outputs changed`. */
export function cellTitle(row: DiffRow, showNoise = false): string {
  if (row.kind === 'added') {
    return row.splitFrom === undefined ? 'Added' : `Split off from old cell ${row.splitFrom + 1}`;
  }
  if (row.kind === 'removed') {
    return row.mergedInto === undefined ? 'Removed' : `Merged into new cell ${row.mergedInto + 1}`;
  }
  const moved = row.kind === 'moved' ? `moved from ${(row.oldIndex ?? 0) + 1}` : '';
  const parts = [
    moved,
    row.sourceChanged ? (moved === '' ? 'changed' : 'source changed') : '',
    row.metadataChanged ? 'metadata changed' : '',
    row.outputsChanged ? 'outputs changed' : '',
  ].filter(Boolean);
  if (parts.length === 0) return showNoise && row.minorChanged ? 'Same but for noise' : 'Same';
  return capitalise(parts.join(', '));
}

/** Where a row is on both sides: `cell 3`, `old cell 4`, `cell 5 → 4`. */
export function places({ oldIndex, newIndex }: DiffRow): string {
  if (oldIndex === undefined) return `cell ${(newIndex ?? 0) + 1}`;
  if (newIndex === undefined) return `old cell ${oldIndex + 1}`;
  return oldIndex === newIndex ? `cell ${newIndex + 1}` : `cell ${oldIndex + 1} → ${newIndex + 1}`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Stays with a row while the notebook is edited, as far as its cells do. */
export function rowKey({ oldIndex, newIndex }: DiffRow): string {
  return `${oldIndex ?? ''}.${newIndex ?? ''}`;
}

/** What the page shows one below the other. */
export type Block =
  | { readonly kind: 'cell'; readonly key: string; readonly index: number; readonly row: DiffRow }
  /** Unchanged rows folded into one line: from `from` up to, not including, `to`. */
  | { readonly kind: 'fold'; readonly key: string; readonly from: number; readonly to: number }
  /** The old place of a cell that was moved; `index` is its row. */
  | { readonly kind: 'ghost'; readonly key: string; readonly index: number; readonly row: DiffRow };

/** @param opened rows that are shown although nothing changed in them. */
export function toBlocks(
  rows: readonly DiffRow[],
  filter: Filter,
  opened: ReadonlySet<number>,
): readonly Block[] {
  const blocks: Block[] = [];
  const ghosts = rows
    .flatMap((row, index) => (row.kind === 'moved' ? [{ row, index }] : []))
    .sort((a, b) => (a.row.oldIndex ?? 0) - (b.row.oldIndex ?? 0));
  let ghostAt = 0;
  let foldFrom: number | undefined;
  const endFold = (to: number) => {
    if (foldFrom === undefined) return;
    blocks.push({ kind: 'fold', key: `fold${foldFrom}`, from: foldFrom, to });
    foldFrom = undefined;
  };
  const pushGhosts = (before: number, to: number) => {
    for (; (ghosts[ghostAt]?.row.oldIndex ?? before) < before; ghostAt += 1) {
      const ghost = ghosts[ghostAt];
      if (ghost === undefined || filter.parts === 'outputs') continue;
      endFold(to);
      blocks.push({ kind: 'ghost', key: `ghost${rowKey(ghost.row)}`, ...ghost });
    }
  };
  for (const [index, row] of rows.entries()) {
    if (row.kind !== 'moved' && row.oldIndex !== undefined) pushGhosts(row.oldIndex, index);
    if (filter.hideUnchanged && !opened.has(index) && !isChange(row, filter)) {
      foldFrom ??= index;
      continue;
    }
    endFold(index);
    blocks.push({ kind: 'cell', key: rowKey(row), index, row });
  }
  endFold(rows.length);
  pushGhosts(Number.POSITIVE_INFINITY, rows.length);
  return blocks;
}

/** The next row with a change after `from` (before it where `by` is −1), going round at the ends. */
export function nextChange(
  changes: readonly number[],
  from: number | undefined,
  by: 1 | -1,
): number | undefined {
  if (by === 1) return changes.find((row) => row > (from ?? -1)) ?? changes[0];
  return changes.findLast((row) => row < (from ?? Number.POSITIVE_INFINITY)) ?? changes.at(-1);
}

const lineHeightPx = 17.55;
const headHeightPx = 42;
const outputHeadPx = 25;
const imageHeightPx = 320;
const maxDrawnLines = 300;

/** About how high a block will be, so that the scroll bar is right before it is drawn. */
export function estimateHeightPx(block: Block, { parts }: Pick<Filter, 'parts'>): number {
  if (block.kind !== 'cell') return 34;
  const { lines, outputs = [] } = block.row;
  const source = parts === 'outputs' ? 0 : Math.min(lines, maxDrawnLines) * lineHeightPx;
  const shown = parts === 'sources' ? [] : outputs;
  return shown.reduce((sum, output) => {
    const isImage = output.media.some((media) => media.startsWith('image/'));
    const text = Math.min(output.lines, maxDrawnLines) * lineHeightPx;
    return sum + outputHeadPx + (isImage ? imageHeightPx : text);
  }, headHeightPx + source);
}
