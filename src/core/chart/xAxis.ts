import type { Series } from '../series/series';
import type { SeriesPart } from '../series/seriesBatch';

/** What charts are drawn over: the time of day, or the time since the run's first point. */
export type XAxisKind = 'step' | 'epoch' | 'relativeTime' | 'wallTime';

export const xAxisKinds: readonly XAxisKind[] = ['step', 'epoch', 'relativeTime', 'wallTime'];

/**
 * Where the points of a series lie along the axis: steps; epochs; seconds since `startMs`; or
 * milliseconds since 1970. NaN where a point has no place.
 *
 * @param epochs the run's own series of epochs; without it nothing has a place along that axis.
 */
export function xsOf(
  series: SeriesPart,
  kind: XAxisKind,
  startMs: number,
  epochs?: Series,
): Float64Array {
  switch (kind) {
    case 'step':
      return stepsOf(series);
    case 'wallTime':
      return series.timesMs;
    case 'relativeTime':
      return series.timesMs.map((timeMs) => (timeMs - startMs) / 1000);
    case 'epoch':
      return epochs === undefined ? series.steps.map(() => Number.NaN) : epochsOf(series, epochs);
  }
}

/** A loop, as a hundred thousand calls would take longer than drawing what they look at. */
function hasNaN(column: Float64Array): boolean {
  for (let index = 0; index < column.length; index++) {
    if (Number.isNaN(column[index])) return true;
  }
  return false;
}

/** The steps as given; where one is missing, the position in the whole series. */
function stepsOf({ steps, indices }: SeriesPart): Float64Array {
  if (!hasNaN(steps)) return steps;
  return steps.map((step, index) => (Number.isNaN(step) ? (indices[index] as number) : step));
}

/**
 * The epoch at each point: of the epoch that was logged at its step (at its time, where there are no
 * steps), in between on the straight line, before the first and after the last as there.
 */
function epochsOf(series: Series, epochs: Series): Float64Array {
  const bySteps = !hasNaN(series.steps) && !hasNaN(epochs.steps);
  const places = bySteps ? series.steps : series.timesMs;
  const known = sortedPairs(bySteps ? epochs.steps : epochs.timesMs, epochs.values);
  return places.map((place) => interpolate(known.xs, known.ys, place));
}

function sortedPairs(
  xs: Float64Array,
  ys: Float64Array,
): { readonly xs: Float64Array; readonly ys: Float64Array } {
  const order = Array.from(xs.keys()).filter(
    (index) => Number.isFinite(xs[index]) && Number.isFinite(ys[index]),
  );
  order.sort((a, b) => (xs[a] ?? 0) - (xs[b] ?? 0));
  const pick = (column: Float64Array) =>
    Float64Array.from(order, (index) => column[index] ?? Number.NaN);
  return { xs: pick(xs), ys: pick(ys) };
}

/** The value at `x` of the line through points in order of `xs`; at either end that of the last one. */
export function interpolate(xs: Float64Array, ys: Float64Array, x: number): number {
  const after = firstAtLeast(xs, x);
  const y1 = ys[after];
  const y0 = ys[after - 1];
  if (y1 === undefined || y0 === undefined) return y1 ?? y0 ?? Number.NaN;
  const x0 = xs[after - 1] ?? x;
  const x1 = xs[after] ?? x;
  return x1 === x ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** The first index whose value is `x` or more, of values in ascending order; their count if there is none. */
export function firstAtLeast(xs: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((xs[middle] ?? Number.POSITIVE_INFINITY) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The key of the metric that counts a run's epochs, if one does. */
export function epochKey(keys: Iterable<string>): string | undefined {
  let found: string | undefined;
  for (const key of keys) {
    if (key.toLowerCase() === 'epoch') return key;
    if (/(^|[/._])epoch$/i.test(key)) found ??= key;
  }
  return found;
}
