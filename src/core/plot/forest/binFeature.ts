import type { RunColumn } from '../runColumn';

/** One param as the trees see it: each run's bin. */
export interface BinnedFeature {
  readonly bins: Uint8Array;
  readonly binCount: number;
  /** Whether neighbouring bins are neighbours; else a split may part them in any way. */
  readonly isOrdered: boolean;
}

/** So many tell all values of a param apart that anybody tries, and are fast to count. */
const maxBins = 64;

/**
 * Sorts the values of a param into at most 64 bins: each value has its own where there are so few, else
 * all bins hold about as many runs. Runs without the param have a bin of their own.
 */
export function binFeature(column: RunColumn): BinnedFeature {
  const hasAbsent = column.isPresent.includes(0);
  const count = column.isPresent.length;
  const first = hasAbsent ? 1 : 0;
  const bins = new Uint8Array(count);
  if (column.kind === 'text') {
    const used = rankOfCodes(column.codes, column.isPresent);
    for (let row = 0; row < count; row++) {
      if (column.isPresent[row] !== 1) continue;
      bins[row] = Math.min(maxBins - 1, first + (used.get(column.codes[row] ?? 0) ?? 0));
    }
    return { bins, binCount: Math.min(maxBins, first + used.size), isOrdered: false };
  }
  const upper = upperBounds(column.numbers, maxBins - first);
  for (let row = 0; row < count; row++) {
    if (column.isPresent[row] !== 1) continue;
    bins[row] = first + lowerBound(upper, column.numbers[row] ?? Number.NaN);
  }
  return { bins, binCount: first + upper.length, isOrdered: true };
}

/** The most frequent first, so that what shares the last bin is rare. */
function rankOfCodes(codes: Int32Array, isPresent: Uint8Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (let row = 0; row < codes.length; row++) {
    if (isPresent[row] !== 1) continue;
    const code = codes[row] ?? 0;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const ordered = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return new Map(ordered.map(([code], rank) => [code, rank]));
}

/** The greatest value of each bin, ascending. */
function upperBounds(numbers: Float64Array, limit: number): Float64Array {
  const sorted = numbers.filter((value) => !Number.isNaN(value)).sort();
  const distinct = sorted.filter((value, at) => at === 0 || value !== sorted[at - 1]);
  if (distinct.length <= limit) return distinct;
  const bounds = Float64Array.from(
    { length: limit },
    (_, bin) => sorted[Math.ceil(((bin + 1) * sorted.length) / limit) - 1] ?? 0,
  );
  return bounds.filter((value, at) => at === 0 || value !== bounds[at - 1]);
}

/** The first bin whose greatest value is not below; NaN falls into the last one. */
function lowerBound(bounds: Float64Array, value: number): number {
  let [low, high] = [0, bounds.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] ?? 0) >= value) high = middle;
    else low = middle + 1;
  }
  return Math.max(0, low);
}
