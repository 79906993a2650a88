/** How wide the bins of a histogram are. */
export type BinRule = 'freedmanDiaconis' | 'sturges' | 'single' | 'fixed';

export interface Histogram {
  /** One more than there are bins; a bin holds what is at least its first edge and below its second, the last both. */
  readonly edges: Float64Array;
  readonly counts: Uint32Array;
  readonly rule: BinRule;
  /** What no bin can hold: NaN and infinite values, on a log axis also those not above 0. */
  readonly leftOut: number;
}

const maxBins = 200;

export interface HistogramOptions {
  /** Bins of equal width on a log axis. */
  readonly isLog?: boolean;
  /** In place of a rule. */
  readonly binCount?: number;
}

/**
 * Counts values in bins of equal width. The width is that of Freedman and Diaconis, 2 · IQR · n^(−1/3)
 * ("On the histogram as a density estimator: L2 theory", 1981); where half of the values are the same,
 * so that the IQR is 0, there are ⌈log2 n⌉ + 1 bins (Sturges, "The choice of a class interval", 1926).
 * Never more than 200. Undefined if there is nothing to count.
 */
export function toHistogram(
  values: ArrayLike<number>,
  { isLog = false, binCount }: HistogramOptions = {},
): Histogram | undefined {
  const kept = Float64Array.from(values).filter(
    (value) => Number.isFinite(value) && !(isLog && value <= 0),
  );
  if (kept.length === 0) return undefined;
  const leftOut = values.length - kept.length;
  const places = isLog ? kept.map(Math.log10) : kept;
  places.sort();
  const [min, max] = [places[0] ?? 0, places.at(-1) ?? 0];
  const back = (place: number) => (isLog ? 10 ** place : place);
  if (min === max || !Number.isFinite(max - min)) {
    const edges = Float64Array.of(back(min), back(max));
    return { edges, counts: Uint32Array.of(kept.length), rule: 'single', leftOut };
  }
  const { bins, rule } = chooseBins(places, max - min, binCount);
  const edges = Float64Array.from({ length: bins + 1 }, (_, at) =>
    back(at === bins ? max : min + ((max - min) * at) / bins),
  );
  // Its ends are values themselves, which a logarithm and back could miss.
  edges[0] = back(min);
  const counts = new Uint32Array(bins);
  const edgePlaces = Float64Array.from({ length: bins + 1 }, (_, at) =>
    at === bins ? max : min + ((max - min) * at) / bins,
  );
  let bin = 0;
  for (const place of places) {
    while (bin < bins - 1 && place >= (edgePlaces[bin + 1] ?? max)) bin++;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges, counts, rule, leftOut };
}

function chooseBins(
  sorted: Float64Array,
  span: number,
  binCount: number | undefined,
): { readonly bins: number; readonly rule: BinRule } {
  const limited = (bins: number) => Math.max(1, Math.min(maxBins, Math.ceil(bins)));
  if (binCount !== undefined) return { bins: limited(binCount), rule: 'fixed' };
  const iqr = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const width = 2 * iqr * sorted.length ** (-1 / 3);
  return width > 0
    ? { bins: limited(span / width), rule: 'freedmanDiaconis' }
    : { bins: limited(Math.log2(sorted.length) + 1), rule: 'sturges' };
}

/** By linear interpolation between the two nearest (type 7 of Hyndman and Fan, as numpy does). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** How the bins were chosen, for the reader of the chart. */
export function describeBins({ rule, counts }: Histogram): string {
  const bins = `${counts.length} ${counts.length === 1 ? 'bin' : 'bins'}`;
  switch (rule) {
    case 'freedmanDiaconis':
      return `${bins} by the rule of Freedman and Diaconis (1981): width 2 · IQR · n^(−1/3)`;
    case 'sturges':
      return `${bins} by the rule of Sturges (1926), as the IQR is 0`;
    case 'fixed':
      return `${bins}, as chosen`;
    case 'single':
      return 'All values are the same';
  }
}
