import type { Series } from './series';

/**
 * Thins a series to what a screen can show: the points are cut into `buckets` runs of equal length,
 * and of each the first, minimum, maximum and last are kept, so that a spike of one point is drawn.
 * A NaN is kept where its bucket starts or ends with one, or holds nothing else.
 *
 * @returns the same object where it is small enough already, else at most `4 × buckets` points.
 */
export function thinSeries(series: Series, buckets: number): Series {
  const count = series.values.length;
  if (count <= 4 * buckets) return series;
  const kept = new Uint32Array(4 * buckets);
  let keptCount = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * count) / buckets);
    const end = Math.floor(((bucket + 1) * count) / buckets);
    keptCount = keepExtremes(series.values, start, end, kept, keptCount);
  }
  const pick = (column: Float64Array) => {
    const picked = new Float64Array(keptCount);
    for (let index = 0; index < keptCount; index++) {
      picked[index] = column[kept[index] as number] as number;
    }
    return picked;
  };
  return {
    steps: pick(series.steps),
    values: pick(series.values),
    timesMs: pick(series.timesMs),
  };
}

/**
 * Adds the positions of first, minimum, maximum and last in `[start, end)` to `kept`, in order, each once.
 *
 * @returns how many are kept now.
 */
function keepExtremes(
  values: Float64Array,
  start: number,
  end: number,
  kept: Uint32Array,
  keptCount: number,
): number {
  let lowest = start;
  let highest = start;
  let low = values[start] as number;
  let high = low;
  for (let index = start; index < end; index++) {
    const value = values[index] as number;
    // The negated comparisons let a number take the place of a NaN.
    if (!(value >= low) && !Number.isNaN(value)) {
      lowest = index;
      low = value;
    }
    if (!(value <= high) && !Number.isNaN(value)) {
      highest = index;
      high = value;
    }
  }
  let next = keptCount;
  kept[next++] = start;
  for (const index of [Math.min(lowest, highest), Math.max(lowest, highest), end - 1]) {
    if (index > (kept[next - 1] as number)) kept[next++] = index;
  }
  return next;
}
