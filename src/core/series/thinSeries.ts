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
  const kept: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * count) / buckets);
    const end = Math.floor(((bucket + 1) * count) / buckets);
    kept.push(...extremesOf(series.values, start, end));
  }
  return {
    steps: Float64Array.from(kept, (index) => series.steps[index] ?? Number.NaN),
    values: Float64Array.from(kept, (index) => series.values[index] ?? Number.NaN),
    timesMs: Float64Array.from(kept, (index) => series.timesMs[index] ?? Number.NaN),
  };
}

/** Positions of first, minimum, maximum and last in `[start, end)`, in order, each once. */
function extremesOf(values: Float64Array, start: number, end: number): number[] {
  let lowest = start;
  let highest = start;
  for (let index = start; index < end; index++) {
    const value = values[index] ?? Number.NaN;
    // The negated comparisons let a number take the place of a NaN.
    if (!(value >= (values[lowest] ?? Number.NaN)) && !Number.isNaN(value)) lowest = index;
    if (!(value <= (values[highest] ?? Number.NaN)) && !Number.isNaN(value)) highest = index;
  }
  return [...new Set([start, lowest, highest, end - 1])].sort((a, b) => a - b);
}
