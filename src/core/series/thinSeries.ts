import type { Series } from './series';

/** Positions of points, in order. */
export type Positions = Uint32Array;

/** So many points a bucket can leave: four where all are finite. */
export const maxKeptOfBucket = 11;

/**
 * Thins a series to what a screen can show: the points are cut into `buckets` runs of equal length, and of
 * each the first, minimum, maximum and last are kept, so that a spike of one point is drawn. Where there
 * are infinities, the first of each sign is kept beside the extremes of the finite values, as an axis
 * cannot show both. Where a NaN lies between two points that are kept, one is kept, so that no line is
 * drawn across a gap.
 *
 * @returns the same object where it is small enough already; else at most `4 × buckets` points if all are
 * finite, and `maxKeptOfBucket × buckets` in the worst case.
 */
export function thinSeries(series: Series, buckets: number): Series {
  const count = series.values.length;
  if (count <= 4 * buckets) return series;
  const kept = thinPositions(series.values, 0, count, buckets);
  return {
    steps: pick(series.steps, kept),
    values: pick(series.values, kept),
    timesMs: pick(series.timesMs, kept),
  };
}

/** Which of the points from `from` up to `to` stay, as `thinSeries` says; of few all. */
export function thinPositions(
  values: Float64Array,
  from: number,
  to: number,
  buckets: number,
): Positions {
  const count = to - from;
  if (count <= 4 * buckets) {
    const all = new Uint32Array(count);
    for (let index = 0; index < count; index++) all[index] = from + index;
    return all;
  }
  const kept = new Uint32Array(Math.min(count, maxKeptOfBucket * buckets));
  let keptCount = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = from + Math.floor((bucket * count) / buckets);
    const end = from + Math.floor(((bucket + 1) * count) / buckets);
    keptCount = keepOfBucket(values, start, end, kept, keptCount);
  }
  return kept.slice(0, keptCount);
}

export function pick(column: Float64Array, positions: Positions): Float64Array {
  const picked = new Float64Array(positions.length);
  for (let index = 0; index < positions.length; index++) {
    picked[index] = column[positions[index] as number] as number;
  }
  return picked;
}

/** Adds positions in `[start, end)` to `kept`, in order, each once. @returns how many are kept now. */
function keepOfBucket(
  values: Float64Array,
  start: number,
  end: number,
  kept: Positions,
  keptCount: number,
): number {
  let lowest = -1;
  let highest = -1;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let allFinite = true;
  for (let index = start; index < end; index++) {
    const value = values[index] as number;
    if (value < low) {
      lowest = index;
      low = value;
    }
    if (value > high) {
      highest = index;
      high = value;
    }
    // True of a NaN and of the infinities alone.
    if (value - value !== 0) allFinite = false;
  }
  if (!allFinite) return keepWithGaps(values, start, end, kept, keptCount);
  let next = keptCount;
  kept[next++] = start;
  for (const index of [Math.min(lowest, highest), Math.max(lowest, highest), end - 1]) {
    if (index > (kept[next - 1] as number)) kept[next++] = index;
  }
  return next;
}

/** The same of a bucket with a value that is not finite. */
function keepWithGaps(
  values: Float64Array,
  start: number,
  end: number,
  kept: Positions,
  keptCount: number,
): number {
  const wanted = [start, end - 1, ...findExtremes(values, start, end)].sort((a, b) => a - b);
  let next = keptCount;
  for (const index of wanted) {
    const before = next > keptCount ? (kept[next - 1] as number) : -1;
    if (index === before) continue;
    const gap = before < 0 ? -1 : findGap(values, before, index);
    if (gap >= 0) kept[next++] = gap;
    kept[next++] = index;
  }
  return next;
}

/** Of the finite values the lowest and the highest, and of each infinity the first. */
function findExtremes(values: Float64Array, start: number, end: number): number[] {
  let lowest = -1;
  let highest = -1;
  let up = -1;
  let down = -1;
  for (let index = start; index < end; index++) {
    const value = values[index] as number;
    if (Number.isNaN(value)) continue;
    if (value === Number.POSITIVE_INFINITY) {
      if (up < 0) up = index;
    } else if (value === Number.NEGATIVE_INFINITY) {
      if (down < 0) down = index;
    } else {
      if (lowest < 0 || value < (values[lowest] as number)) lowest = index;
      if (highest < 0 || value > (values[highest] as number)) highest = index;
    }
  }
  return [lowest, highest, up, down].filter((index) => index >= 0);
}

/** The first NaN between two positions that are none themselves; -1 if there is none. */
function findGap(values: Float64Array, before: number, after: number): number {
  if (Number.isNaN(values[before]) || Number.isNaN(values[after])) return -1;
  for (let index = before + 1; index < after; index++) {
    if (Number.isNaN(values[index])) return index;
  }
  return -1;
}
