import type { RunColumn } from './runColumn';

/** What of one axis is kept: numbers between two ends, both kept, or some texts. */
export type Brush =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'texts'; readonly texts: readonly string[] };

/** Which runs every brush keeps: 1 or 0 a run. A run without a value on a brushed axis is not kept. */
export function brushedRows(
  columns: readonly RunColumn[],
  brushes: readonly (Brush | undefined)[],
  runCount: number,
): Uint8Array {
  const kept = new Uint8Array(runCount).fill(1);
  for (const [at, column] of columns.entries()) {
    const brush = brushes[at];
    if (brush === undefined) continue;
    const keepsCode =
      brush.kind === 'texts' && column.kind === 'text'
        ? Uint8Array.from(column.texts, (text) => Number(brush.texts.includes(text)))
        : undefined;
    for (let row = 0; row < runCount; row++) {
      if (kept[row] === 0) continue;
      if (column.isPresent[row] !== 1) kept[row] = 0;
      else if (column.kind === 'number') {
        const value = column.numbers[row] ?? Number.NaN;
        const isKept = brush.kind === 'range' && value >= brush.from && value <= brush.to;
        if (!isKept) kept[row] = 0;
      } else if (keepsCode?.[column.codes[row] ?? 0] !== 1) kept[row] = 0;
    }
  }
  return kept;
}

/** A brush of numbers says nothing of texts, as where a run came whose value is no number. */
export function fitsColumn(brush: Brush, column: RunColumn): boolean {
  return (brush.kind === 'range') === (column.kind === 'number');
}

/** The places on an axis where a brush can end: each value once, ascending; of texts their places. */
export function brushStops(column: RunColumn): readonly number[] {
  if (column.kind === 'text') return column.texts.map((_, place) => place);
  const finite = column.numbers.filter(
    (value, row) => column.isPresent[row] === 1 && Number.isFinite(value),
  );
  finite.sort();
  return Array.from(finite.filter((value, at) => at === 0 || value !== finite[at - 1]));
}

/** The brush from one stop to another, in either order. */
export function brushBetween(column: RunColumn, a: number, b: number): Brush {
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  if (column.kind === 'number') return { kind: 'range', from, to };
  const [first, last] = [Math.ceil(from - 0.5), Math.floor(to + 0.5)];
  return {
    kind: 'texts',
    texts: column.texts.filter((_, place) => place >= first && place <= last),
  };
}

/** Its ends among the stops of the axis; undefined if it keeps none of them. */
export function brushEnds(
  column: RunColumn,
  brush: Brush,
  stops: readonly number[],
): { readonly low: number; readonly high: number } | undefined {
  const isKept = (stop: number) =>
    brush.kind === 'range'
      ? stop >= brush.from && stop <= brush.to
      : column.kind === 'text' && brush.texts.includes(column.texts[stop] ?? '');
  const low = stops.findIndex(isKept);
  return low < 0 ? undefined : { low, high: stops.findLastIndex(isKept) };
}

export type BrushKey = 'up' | 'down' | 'growUp' | 'growDown' | 'shrinkUp' | 'shrinkDown' | 'clear';

/**
 * What a key makes of a brush. `up` and `down` move it by one value, or put one at the end of the axis
 * where there is none; `growUp` and `growDown` move the one end outwards, `shrinkUp` and `shrinkDown`
 * the other end after it; a brush always keeps at least one value.
 */
export function moveBrush(
  column: RunColumn,
  brush: Brush | undefined,
  key: BrushKey,
): Brush | undefined {
  if (key === 'clear') return undefined;
  const stops = brushStops(column);
  const last = stops.length - 1;
  if (last < 0) return undefined;
  const between = (low: number, high: number) =>
    brushBetween(column, stops[low] ?? 0, stops[high] ?? 0);
  const ends = brush && brushEnds(column, brush, stops);
  if (ends === undefined) {
    const isUp = key === 'up' || key === 'growUp' || key === 'shrinkUp';
    return isUp ? between(0, 0) : between(last, last);
  }
  const { low, high } = ends;
  switch (key) {
    case 'up':
      return high < last ? between(low + 1, high + 1) : brush;
    case 'down':
      return low > 0 ? between(low - 1, high - 1) : brush;
    case 'growUp':
      return between(low, Math.min(last, high + 1));
    case 'growDown':
      return between(Math.max(0, low - 1), high);
    case 'shrinkUp':
      return between(Math.min(high, low + 1), high);
    case 'shrinkDown':
      return between(low, Math.max(low, high - 1));
  }
}

/** `lr between 0.001 and 0.01`, `opt is adam or sgd`. */
export function describeBrush(
  title: string,
  brush: Brush,
  format: (value: number) => string,
): string {
  if (brush.kind === 'texts') return `${title} is ${brush.texts.join(' or ') || 'nothing'}`;
  const { from, to } = brush;
  return from === to
    ? `${title} is ${format(from)}`
    : `${title} from ${format(from)} to ${format(to)}`;
}
