/** How the line of one run is drawn: no two of a page's first 42 runs are drawn the same. */
export interface LineStyle {
  /** A CSS colour. */
  readonly color: string;
  /** Lengths of line and gap in CSS pixels; empty for a whole line. */
  readonly dash: readonly number[];
}

/**
 * Colours that people who do not see all colours tell apart. On dark backgrounds those of M. Okabe and
 * K. Ito, "Color Universal Design" (2008), without its black; on light ones "muted" of P. Tol, "Colour
 * Schemes" (SRON/EPS/TN/09-002, 2021), without the two that are too pale for a line, its olive and its teal
 * a little darker: each has a contrast of 3 to what it is drawn on.
 */
const darkColors = ['#56B4E9', '#E69F00', '#009E73', '#CC79A7', '#F0E442', '#D55E00', '#0072B2'];
const lightColors = ['#332288', '#CC6677', '#117733', '#AA4499', '#949433', '#882255', '#3B9E8E'];

export function lineColors(isDark: boolean): readonly string[] {
  return isDark ? darkColors : lightColors;
}

const dashes: readonly (readonly number[])[] = [
  [],
  [7, 4],
  [2, 3],
  [10, 3, 2, 3],
  [14, 5],
  [4, 2, 1, 2, 1, 2],
];

/**
 * How the n-th run is drawn. Colour and dashes both change with every run, and as there are seven of the
 * one and six of the other, no pair comes twice within 42 runs.
 */
export function lineStyle(index: number, isDark: boolean): LineStyle {
  const colors = lineColors(isDark);
  return {
    color: colors[index % colors.length] ?? 'currentColor',
    dash: dashes[index % dashes.length] ?? [],
  };
}

/** With more lines neither colours nor dashes tell them apart, but pointing at one does. */
export const mostStyles = 42;

/**
 * Gives each run a place among the styles that stays its own while others come and go: those who have
 * one keep it, a new one takes the first that is free.
 *
 * @param kept run ids by place, as returned before; an empty text where a place is free.
 */
export function keepPlaces(kept: readonly string[], ids: readonly string[]): readonly string[] {
  const here = new Set(ids);
  const places = kept.map((id) => (here.has(id) ? id : ''));
  const placed = new Set(places);
  let free = 0;
  for (const id of ids) {
    if (placed.has(id)) continue;
    while (free < places.length && places[free] !== '') free++;
    places[free] = id;
    placed.add(id);
  }
  while (places.at(-1) === '') places.pop();
  const isSame = places.length === kept.length && places.every((id, at) => id === kept[at]);
  return isSame ? kept : places;
}
