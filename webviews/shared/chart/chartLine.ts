import { type LinePath, toLinePath } from '../../../src/core/chart/linePath';
import type { LineStyle } from './runStyles';

/** One line of a chart, as columns in the order in which its points came. */
export interface ChartLine {
  /** Stays the same while points come. */
  readonly id: string;
  readonly name: string;
  /** Where there is little room. */
  readonly shortName?: string;
  readonly style: LineStyle;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** The values before they were smoothed: drawn faint behind. */
  readonly raw?: Float64Array;
}

/** An area between two values, behind the lines. Columns are as long as each other. */
export interface ChartBand {
  readonly id: string;
  readonly style: LineStyle;
  /** Ascending. */
  readonly xs: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface Axes {
  readonly isLogX: boolean;
  readonly isLogY: boolean;
}

const paths = new WeakMap<Float64Array, Map<string, LinePath>>();

/** How a column of values runs; found once for the same columns. */
export function pathOf(xs: Float64Array, ys: Float64Array, axes: Axes): LinePath {
  const key = `${axes.isLogX}${axes.isLogY}`;
  let known = paths.get(ys);
  if (known === undefined) {
    known = new Map();
    paths.set(ys, known);
  }
  let path = known.get(key);
  if (path === undefined) {
    path = toLinePath(xs, ys, { x: axes.isLogX, y: axes.isLogY });
    known.set(key, path);
  }
  return path;
}

/** The drawn path of a line. */
export function pathOfLine(line: ChartLine, axes: Axes): LinePath {
  return pathOf(line.xs, line.ys, axes);
}
