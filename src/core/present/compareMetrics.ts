import { formatDelta, formatNumber } from '../format/formatNumber';
import { mainMetric } from '../run/mainMetric';
import type { MetricSummary, Run } from '../run/run';
import { isSystemMetric } from '../run/systemMetric';

/** A metric of two runs, by its last values. */
export interface MetricComparison {
  readonly key: string;
  readonly old: number;
  readonly new: number;
  /** Undefined where the metric has no direction that is known, or nothing changed. */
  readonly verdict?: 'better' | 'worse';
}

const maxMetrics = 3;

/** The metrics that both runs have and that differ, the main one first; at most three. */
export function compareMetrics(
  old: Pick<Run, 'metrics'>,
  fresh: Pick<Run, 'metrics'>,
): MetricComparison[] {
  const before = new Map(old.metrics.map((metric) => [metric.key, metric]));
  const main = mainMetric(fresh.metrics)?.key;
  return fresh.metrics
    .flatMap((metric) => {
      const other = before.get(metric.key);
      const tells = other !== undefined && !isSystemMetric(metric.key);
      return !tells || Object.is(other.last, metric.last) ? [] : [compareMetric(other, metric)];
    })
    .toSorted((a, b) => Number(b.key === main) - Number(a.key === main))
    .slice(0, maxMetrics);
}

function compareMetric(old: MetricSummary, fresh: MetricSummary): MetricComparison {
  const { key, direction } = fresh;
  const rises = fresh.last > old.last;
  const isKnown = direction !== undefined && (rises || fresh.last < old.last);
  return {
    key,
    old: old.last,
    new: fresh.last,
    ...(isKnown ? { verdict: rises === (direction === 'higher') ? 'better' : 'worse' } : {}),
  };
}

/** `val_acc 0.91 → 0.93 (+0.02, better)` */
export function describeMetricComparison(comparison: MetricComparison): string {
  const { key, old, new: fresh, verdict } = comparison;
  const delta = fresh - old;
  const notes = [
    Number.isFinite(delta) ? formatDelta(Number(delta.toPrecision(12))) : undefined,
    verdict,
  ].filter((note) => note !== undefined);
  const values = `${key} ${formatNumber(old)} → ${formatNumber(fresh)}`;
  return notes.length === 0 ? values : `${values} (${notes.join(', ')})`;
}
