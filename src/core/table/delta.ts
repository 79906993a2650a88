import { formatDelta } from '../format/formatNumber';
import { isBetter, type MetricDirection } from '../run/metricDirection';

/** How a figure differs from that of the baseline. */
export interface Delta {
  /** `+0.01`, `−0.2`, `±0`. */
  readonly text: string;
  /** Undefined where nothing changed, or nobody knows which values are better. */
  readonly verdict?: 'better' | 'worse';
}

/** Undefined where there is nothing to count, as against a training that diverged. */
export function deltaOf(
  value: number,
  base: number,
  direction: MetricDirection | undefined,
): Delta | undefined {
  // Without the digits that only the binary form of a difference has.
  const delta = Number((value - base).toPrecision(12));
  if (!Number.isFinite(delta)) return undefined;
  const text = formatDelta(delta);
  if (delta === 0 || direction === undefined) return { text };
  return { text, verdict: isBetter(direction, value, base) ? 'better' : 'worse' };
}

/** Which is shown beside a figure: up is better, whichever way the number went. */
export const verdictMarks = { better: '▲', worse: '▼' } as const;
