/** The rows to draw: from `start` up to, not including, `end`. */
export interface RowWindow {
  readonly start: number;
  readonly end: number;
}

/** Rows drawn above and below what is seen, so that a fast scroll shows no gap. */
export const overscanRows = 8;
/** Windows move in steps of this many rows, so that most scroll events change nothing. */
const step = 4;

export function rowWindow(
  scrollTopPx: number,
  heightPx: number,
  rowHeightPx: number,
  rowCount: number,
): RowWindow {
  const first = Math.floor(Math.max(0, scrollTopPx) / rowHeightPx / step) * step;
  const start = Math.max(0, Math.min(first, rowCount) - overscanRows);
  const seen = Math.ceil(heightPx / rowHeightPx);
  return { start, end: Math.min(rowCount, first + seen + step + overscanRows) };
}

/** Where to scroll so that the row is wholly seen; the same place if it is already. */
export function scrollToRow(
  index: number,
  scrollTopPx: number,
  heightPx: number,
  rowHeightPx: number,
): number {
  const top = index * rowHeightPx;
  if (top < scrollTopPx) return top;
  return Math.max(scrollTopPx, top + rowHeightPx - heightPx);
}
