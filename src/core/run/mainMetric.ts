import type { MetricSummary } from './run';
import { isSystemMetric } from './systemMetric';

/**
 * The metric that says most of a run: a figure on held-out data before one on training data, one that
 * is better high (accuracy, F1) before a loss, one with a known direction before any other. What tells
 * of the machine says nothing of a run.
 */
export function mainMetric(metrics: readonly MetricSummary[]): MetricSummary | undefined {
  let main: MetricSummary | undefined;
  let mainScore = Number.NEGATIVE_INFINITY;
  for (const metric of metrics) {
    const score = metricScore(metric);
    if (score > mainScore) {
      main = metric;
      mainScore = score;
    }
  }
  return main;
}

/** How much it says; −∞ of what tells of the machine. */
export function metricScore({ key, direction }: Pick<MetricSummary, 'key' | 'direction'>): number {
  if (isSystemMetric(key)) return Number.NEGATIVE_INFINITY;
  const words = key.toLowerCase();
  return (
    (/(^|[^a-z])(val|valid|validation|eval|dev)/.test(words) ? 4 : 0) +
    (/(^|[^a-z])test/.test(words) ? 3 : 0) +
    (direction === 'higher' ? 2 : direction === 'lower' ? 1 : -4)
  );
}
