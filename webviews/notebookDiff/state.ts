import type { CellDiff } from '../../src/core/notebook/diffNotebooks';

/** Whether there is anything to see in a row of the diff. */
export function isChange(cell: CellDiff): boolean {
  return cell.kind !== 'same' || cell.outputsChanged || cell.metadataChanged;
}

/** What a row of the diff is, in words: `Changed`, `Moved from 3, outputs changed`. */
export function cellTitle(cell: CellDiff): string {
  if (cell.kind === 'added') return 'Added';
  if (cell.kind === 'removed') return 'Removed';
  const moved = cell.kind === 'moved' ? `moved from ${(cell.oldIndex ?? 0) + 1}` : '';
  const parts = [
    moved,
    cell.sourceChanged ? (moved === '' ? 'changed' : 'source changed') : '',
    cell.metadataChanged ? 'metadata changed' : '',
    cell.outputsChanged ? 'outputs changed' : '',
  ].filter(Boolean);
  return parts.length === 0 ? 'Same' : capitalise(parts.join(', '));
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the page shows one below the other: a cell, or a run of unchanged ones folded into one line. */
export type Block =
  | { readonly kind: 'cell'; readonly row: number; readonly cell: CellDiff }
  | { readonly kind: 'fold'; readonly row: number; readonly count: number };

/**
 * The rows of the diff as blocks.
 *
 * @param opened first rows of the folds that the user opened.
 */
export function toBlocks(
  rows: readonly CellDiff[],
  hideUnchanged: boolean,
  opened: ReadonlySet<number>,
): readonly Block[] {
  const blocks: Block[] = [];
  let row = 0;
  while (row < rows.length) {
    let end = row;
    while (hideUnchanged && end < rows.length && !isChangeAt(rows, end)) end++;
    if (end > row && !opened.has(row)) blocks.push({ kind: 'fold', row, count: end - row });
    else if (end > row) {
      for (let at = row; at < end; at++) pushCell(blocks, rows, at);
    }
    if (end === row) pushCell(blocks, rows, end++);
    row = end;
  }
  return blocks;
}

function isChangeAt(rows: readonly CellDiff[], row: number): boolean {
  const cell = rows[row];
  return cell !== undefined && isChange(cell);
}

function pushCell(blocks: Block[], rows: readonly CellDiff[], row: number): void {
  const cell = rows[row];
  if (cell !== undefined) blocks.push({ kind: 'cell', row, cell });
}

/** The next row with a change after `from` (before it where `by` is −1), going round at the ends. */
export function nextChange(
  rows: readonly CellDiff[],
  from: number | undefined,
  by: 1 | -1,
): number | undefined {
  const changes = rows.flatMap((cell, row) => (isChange(cell) ? [row] : []));
  if (by === 1) return changes.find((row) => row > (from ?? -1)) ?? changes[0];
  return changes.findLast((row) => row < (from ?? rows.length)) ?? changes.at(-1);
}

/** How high a line of a source or an output is. */
const lineHeightPx = 17.55;
const outputHeadPx = 23;
const imageHeightPx = 320;

/** About how high the body of a cell will be, so that the scroll bar is right before it is drawn. */
export function estimateHeightPx(cell: CellDiff): number {
  const lines = (text: string | undefined) => (text === undefined ? 0 : text.split('\n').length);
  const source = Math.max(lines(cell.old?.source), lines(cell.new?.source));
  const outputs = cell.outputs.reduce((sum, { old, new: added }) => {
    const output = added ?? old;
    const image = Object.keys(output?.data ?? {}).some((media) => media.startsWith('image/'));
    const text = (output?.text ?? output?.data['text/plain'])?.trimEnd();
    return sum + outputHeadPx + (image ? imageHeightPx : Math.min(300, lines(text)) * lineHeightPx);
  }, 0);
  return Math.min(source, 300) * lineHeightPx + outputs;
}
