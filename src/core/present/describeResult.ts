import { formatDelta, formatNumber } from '../format/formatNumber';
import { mainMetric } from '../run/mainMetric';
import { isBetter } from '../run/metricDirection';
import type { Run } from '../run/run';
import { statusWords } from './describeRun';

/** The last result of a piece of code and its change against the run before: `val_acc 0.97 ▲ +0.01`. */
export function describeResult(run: Run, before: Run | undefined): string {
  const metric = mainMetric(run.metrics);
  if (!metric)
    return run.status === 'running'
      ? 'running…'
      : `last run ${statusWords[run.status].toLowerCase()}`;
  const value = `${metric.key} ${formatNumber(metric.last)}`;
  const other = before?.metrics.find(({ key }) => key === metric.key);
  if (!other) return value;
  if (metric.last === other.last || Object.is(metric.last, other.last)) {
    return `${value} (unchanged)`;
  }
  const delta = metric.last - other.last;
  // Against a training that diverged there is nothing to count.
  if (Number.isNaN(delta)) return value;
  const { direction } = metric;
  const word = !direction
    ? ''
    : isBetter(direction, metric.last, other.last)
      ? ' better'
      : ' worse';
  return `${value} ${delta > 0 ? '▲' : '▼'} ${formatDelta(delta)}${word}`;
}
