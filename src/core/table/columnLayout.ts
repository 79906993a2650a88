import { columnGroup, columnLabel, figureLabel, type TableColumn } from './tableColumn';
import type { TableState } from './tableState';

export interface PlacedColumn {
  readonly column: TableColumn;
  /** From the left of its part: of the pinned ones, or of those that scroll. */
  readonly leftPx: number;
  readonly widthPx: number;
  readonly isPinned: boolean;
  /** Its place among all columns, from 0. */
  readonly index: number;
}

export interface ColumnLayout {
  readonly columns: readonly PlacedColumn[];
  readonly pinned: readonly PlacedColumn[];
  readonly scrolled: readonly PlacedColumn[];
  readonly pinnedWidthPx: number;
  readonly scrolledWidthPx: number;
}

/** What a difference from the baseline, or the deviation of a group, takes beside a figure. */
const besideWidthPx = 72;

/**
 * @param columns pinned ones first.
 * @param isWide whether something stands beside the figures.
 */
export function layoutColumns(
  columns: readonly TableColumn[],
  { pinned, widthsPx }: Pick<TableState, 'pinned' | 'widthsPx'>,
  isWide = false,
): ColumnLayout {
  const pins = new Set(pinned);
  const lefts = { pinned: 0, scrolled: 0 };
  const placed = columns.map((column, index): PlacedColumn => {
    const isPinned = pins.has(column.id);
    const own = Object.hasOwn(widthsPx, column.id) ? widthsPx[column.id] : undefined;
    const widthPx = own ?? usualWidthPx(column, isWide);
    const part = isPinned ? 'pinned' : 'scrolled';
    const leftPx = lefts[part];
    lefts[part] += widthPx;
    return { column, leftPx, widthPx, isPinned, index };
  });
  return {
    columns: placed,
    pinned: placed.filter(({ isPinned }) => isPinned),
    scrolled: placed.filter(({ isPinned }) => !isPinned),
    pinnedWidthPx: lefts.pinned,
    scrolledWidthPx: lefts.scrolled,
  };
}

const usualWidths: Readonly<Record<string, number>> = {
  starred: 32,
  status: 112,
  name: 260,
  start_time: 104,
  end_time: 104,
  duration: 104,
  experiment: 150,
  tags: 150,
  note: 200,
  command: 300,
  script: 160,
  notebook: 180,
  run_id: 200,
  cpu: 220,
  gpus: 200,
};

export function usualWidthPx(column: TableColumn, isWide = false): number {
  const known = Object.hasOwn(usualWidths, column.id) ? usualWidths[column.id] : undefined;
  if (known !== undefined) return known;
  if (column.kind === 'curve') return 132;
  const label = columnLabel(column).length + (figureLabel(column)?.length ?? -2) + 2;
  const group = columnGroup(column);
  const isMetric = group === 'metric' || group === 'system';
  return (
    Math.max(92, Math.min(190, Math.round(label * 7.2) + 32)) +
    (isMetric && isWide ? besideWidthPx : 0)
  );
}

/** The columns that scroll and are seen: from `start` up to, not including, `end`. */
export function columnWindow(
  columns: readonly PlacedColumn[],
  fromPx: number,
  toPx: number,
): { readonly start: number; readonly end: number } {
  const start = firstAfter(columns, fromPx);
  let end = start;
  while (end < columns.length && (columns[end]?.leftPx ?? 0) < toPx) end++;
  return { start, end };
}

/** The first column that ends after a place. */
function firstAfter(columns: readonly PlacedColumn[], px: number): number {
  let low = 0;
  let high = columns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const column = columns[middle];
    if (column !== undefined && column.leftPx + column.widthPx <= px) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The ids with one moved before another; to the end if that is undefined. */
export function moveColumn(
  ids: readonly string[],
  moved: string,
  before: string | undefined,
): readonly string[] {
  if (moved === before || !ids.includes(moved)) return ids;
  const others = ids.filter((id) => id !== moved);
  const at = before === undefined ? others.length : others.indexOf(before);
  return others.toSpliced(at < 0 ? others.length : at, 0, moved);
}
