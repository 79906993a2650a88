import { type Brush, brushBetween, brushStops } from '../../../../src/core/plot/brush';
import type { ColumnAxis } from '../../../../src/core/plot/columnAxis';
import type { RunColumn } from '../../../../src/core/plot/runColumn';

/** One axis with what lies on it. */
export interface ParallelAxis {
  /** As in a search. */
  readonly field: string;
  readonly axis: ColumnAxis;
  readonly isInverted: boolean;
  /** Some of its values are above 0. */
  readonly canBeLog: boolean;
  readonly column: RunColumn;
  /** Where each run lies, 0 below to 1 above; −1 of one that has no value. */
  readonly units: Float32Array;
}

export const titlePx = 34;
const sidePx = 44;
/** Below the axis, where runs without a value pass. */
const nonePx = 24;
/** With less between two axes their texts would lie over each other. */
export const minGapPx = 86;

export function unitsOf(axis: ColumnAxis, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, row) => {
    const unit = axis.unitAt(row);
    return Number.isNaN(unit) ? -1 : unit;
  });
}

export function axisX(at: number, count: number, widthPx: number): number {
  return count < 2 ? widthPx / 2 : sidePx + (at * (widthPx - 2 * sidePx)) / (count - 1);
}

export function unitY(unit: number, heightPx: number): number {
  const bottom = heightPx - nonePx;
  return unit < 0 ? heightPx - 8 : bottom - unit * (bottom - titlePx);
}

/** Nearer to an end than this, a pointer means the end: the last value must not be a matter of a pixel. */
const snapPx = 4;

/** The place on an axis, 0 to 1, of a height in the chart. */
export function unitAtY(y: number, heightPx: number): number {
  const bottom = heightPx - nonePx;
  if (y <= titlePx + snapPx) return 1;
  if (y >= bottom - snapPx) return 0;
  return Math.max(0, Math.min(1, (bottom - y) / (bottom - titlePx)));
}

/** The brush between two places of an axis; at the ends of the axis it takes in the last value. */
export function brushAt({ axis, column, isInverted }: ParallelAxis, a: number, b: number): Brush {
  const stops = brushStops(column);
  const [below, above] = isInverted ? [-1, 0] : [0, -1];
  const valueAt = (unit: number) =>
    column.kind === 'number' && unit <= 0
      ? (stops.at(below) ?? 0)
      : column.kind === 'number' && unit >= 1
        ? (stops.at(above) ?? 0)
        : axis.fromUnit(unit);
  return brushBetween(column, valueAt(a), valueAt(b));
}

/** The parts of the axis that a brush keeps, each from below to above, in units. */
export function brushSpans({ axis, column }: ParallelAxis, brush: Brush) {
  if (brush.kind === 'range') {
    const ends = [axis.toUnit(brush.from), axis.toUnit(brush.to)];
    return [{ from: Math.min(...ends), to: Math.max(...ends) }];
  }
  if (column.kind !== 'text') return [];
  const half = 0.5 / Math.max(1, column.texts.length);
  return column.texts.flatMap((text, place) => {
    const unit = axis.toUnit(place);
    return brush.texts.includes(text) ? [{ from: unit - half, to: unit + half }] : [];
  });
}

/** The run whose line passes nearest to a place, of those that are kept, within a few pixels. */
export function nearestRun(
  axes: readonly ParallelAxis[],
  rows: readonly number[],
  place: { readonly x: number; readonly y: number },
  widthPx: number,
  heightPx: number,
): number | undefined {
  const right = axes.findIndex((_, at) => axisX(at, axes.length, widthPx) >= place.x);
  if (right < 1) return undefined;
  const [from, to] = [axes[right - 1], axes[right]];
  if (from === undefined || to === undefined) return undefined;
  const x0 = axisX(right - 1, axes.length, widthPx);
  const share = (place.x - x0) / (axisX(right, axes.length, widthPx) - x0);
  let nearest: number | undefined;
  let least = 8;
  for (const row of rows) {
    const y0 = unitY(from.units[row] ?? -1, heightPx);
    const y1 = unitY(to.units[row] ?? -1, heightPx);
    const distance = Math.abs(y0 + (y1 - y0) * share - place.y);
    if (distance < least) [nearest, least] = [row, distance];
  }
  return nearest;
}
