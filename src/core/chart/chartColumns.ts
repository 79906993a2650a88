import { bySection } from './automaticCards';
import type { Card, ChartLayout } from './chartLayout';

const minColumnPx = 380;
const gapPx = 12;
/** Points are read for widths in such leaps, so that dragging a border reads them seldom. */
const columnStepPx = 100;

export interface ChartColumns {
  readonly columns: number;
  /** About how wide one is, in CSS pixels. */
  readonly columnPx: number;
}

/**
 * How many charts stand side by side: as many as the user said or have room, but no place is left empty
 * where no section has so many.
 *
 * @param cards those that are shown.
 */
export function chartColumns(
  { columns: chosen, closedSections }: ChartLayout,
  cards: readonly Card[],
  widthPx: number,
): ChartColumns {
  const room = Math.max(1, Math.floor((widthPx + gapPx) / (minColumnPx + gapPx)));
  const most = Math.max(
    1,
    ...bySection(cards).map(([name, some]) => (closedSections.includes(name) ? 0 : some.length)),
  );
  const columns = Math.min(room, chosen === 'auto' ? most : chosen);
  return { columns, columnPx: Math.ceil(widthPx / columns / columnStepPx) * columnStepPx };
}
