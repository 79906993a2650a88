import { formatNumber } from '../format/formatNumber';
import { formatAge } from '../format/formatTime';
import { mainMetric } from '../run/mainMetric';
import type { Run } from '../run/run';

/** `same as 2 h ago (val_acc 0.93)`, of an earlier run that was the same. */
export function describeSame(earlier: Run, nowMs: number): string {
  const metric = mainMetric(earlier.metrics);
  const result = metric ? ` (${metric.key} ${formatNumber(metric.last)})` : '';
  return `same as ${formatAge(earlier.startedAtMs, nowMs)}${result}`;
}
