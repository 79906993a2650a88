import { type Axes, type ChartBand, type ChartLine, pathOf } from './chartLine';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** From the first to the last place of all lines; undefined where nothing has a place. */
export function xRangeOf(
  lines: readonly ChartLine[],
  bands: readonly ChartBand[],
  isLog: boolean,
): Range | undefined {
  const range = startRange();
  for (const { xs } of [...lines, ...bands]) {
    let { min, max } = range;
    for (let index = 0; index < xs.length; index++) {
      const x = xs[index] as number;
      if (isLog && !(x > 0)) continue;
      if (x < min) min = x;
      if (x > max && x !== Number.POSITIVE_INFINITY) max = x;
    }
    Object.assign(range, { min, max });
  }
  return range.min <= range.max ? range : undefined;
}

/** The least and the greatest value that is drawn between two places, those behind smoothed lines too. */
export function yRangeOf(
  lines: readonly ChartLine[],
  bands: readonly ChartBand[],
  axes: Axes,
  within: Range,
): Range | undefined {
  const range = startRange();
  const add = (xs: Float64Array, ys: Float64Array) => {
    const { drawn, values } = pathOf(xs, ys, axes);
    let { min, max } = range;
    const isWhole = (xs[0] ?? 0) >= within.min && (xs.at(-1) ?? 0) <= within.max;
    if (values !== undefined && isWhole) {
      Object.assign(range, { min: Math.min(min, values.min), max: Math.max(max, values.max) });
      return;
    }
    for (let place = 0; place < drawn.length; place++) {
      const index = drawn[place] as number;
      const x = xs[index] as number;
      if (x < within.min || x > within.max) continue;
      const y = ys[index] as number;
      if (y < min) min = y;
      if (y > max) max = y;
    }
    Object.assign(range, { min, max });
  };
  for (const { xs, ys, raw } of lines) {
    add(xs, ys);
    if (raw !== undefined) add(xs, raw);
  }
  for (const { xs, low, high } of bands) {
    add(xs, low);
    add(xs, high);
  }
  return range.min <= range.max ? range : undefined;
}

/** What an axis shows of a range: a little more, so that no line lies on its edge. */
export function padRange(range: Range | undefined, isLog: boolean, share: number): Range {
  if (range === undefined) return isLog ? { min: 1, max: 10 } : { min: 0, max: 1 };
  const { min, max } = range;
  if (isLog) {
    const factor = min === max ? 2 : (max / min) ** share;
    return {
      min: Math.max(min / factor, Number.MIN_VALUE),
      max: Math.min(max * factor, Number.MAX_VALUE),
    };
  }
  const pad = min === max ? Math.abs(min) * 0.1 || 1 : (max - min) * share;
  return {
    min: Math.max(min - pad, -Number.MAX_VALUE),
    max: Math.min(max + pad, Number.MAX_VALUE),
  };
}

/** Zooms by a factor around a place, or moves by a share of the length, on a linear or a log axis. */
export function zoomRange(range: Range, at: number, factor: number, isLog: boolean): Range {
  const to = isLog ? Math.log : (x: number) => x;
  const from = isLog ? Math.exp : (x: number) => x;
  const middle = to(at);
  return {
    min: from(middle - (middle - to(range.min)) * factor),
    max: from(middle + (to(range.max) - middle) * factor),
  };
}

export function panRange(range: Range, share: number, isLog: boolean): Range {
  if (isLog) {
    const factor = (range.max / range.min) ** share;
    return { min: range.min * factor, max: range.max * factor };
  }
  const by = (range.max - range.min) * share;
  return { min: range.min + by, max: range.max + by };
}

function startRange(): { min: number; max: number } {
  return { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
}
