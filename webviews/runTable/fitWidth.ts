import { clampWidth } from '../../src/core/table/tableState';

/** What a cell has at its sides. */
const paddingPx = 18;

/** The width that the name and the cells in sight of a column need. */
export function fitWidthPx(columnId: string): number {
  const cells = document.querySelectorAll<HTMLElement>(
    `.rows [data-column="${CSS.escape(columnId)}"], .cell-header[data-header="${CSS.escape(columnId)}"] .sort`,
  );
  let widest = 0;
  const range = document.createRange();
  for (const cell of cells) {
    range.selectNodeContents(cell);
    widest = Math.max(widest, range.getBoundingClientRect().width);
  }
  return clampWidth(Math.ceil(widest) + paddingPx);
}
