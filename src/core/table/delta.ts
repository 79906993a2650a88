import { formatDelta } from '../format/formatNumber';
import { isBetter, type MetricDirection } from '../run/metricDirection';

/** How a figure differs from that of the baseline. */
export interface Delta {
  /** `+0.01`, `−0.2`, `±0`. */
  readonly text: string;
  /** Undefined where nothing changed, or nobody knows which values are better. */
  readonly verdict?: 'better' | 'worse';
}

/** Sums in another order differ by this part of their size. */
const floatNoise = 1e-13;

/** Undefined where there is nothing to count, as against a training that diverged. */
export function deltaOf(
  value: number,
  base: number,
  direction: MetricDirection | undefined,
): Delta | undefined {
  // Without the digits that only the binary form of a difference has.
  const difference = Number((value - base).toPrecision(12));
  if (!Number.isFinite(difference)) return undefined;
  const noise = floatNoise * Math.max(Math.abs(value), Math.abs(base));
  const delta = Math.abs(difference) <= noise ? 0 : difference;
  const text = formatDelta(delta);
  if (delta === 0 || direction === undefined) return { text };
  return { text, verdict: isBetter(direction, value, base) ? 'better' : 'worse' };
}

/** Which is shown beside a difference; no arrow, as those say elsewhere which way a number went. */
export const verdictMarks = { better: '✓', worse: '✗' } as const;
