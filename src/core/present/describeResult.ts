import { formatDelta, formatNumber } from '../format/formatNumber';
import { mainMetric } from '../run/mainMetric';
import { isBetter, type MetricDirection } from '../run/metricDirection';
import type { Run } from '../run/run';
import { statusWords } from './describeRun';

/** The last result of a piece of code and its change against the run before: `val_acc 0.97 ▲ +0.01`. */
export function describeResult(run: Run, before: Run | undefined): string {
  const metric = mainMetric(run.metrics);
  if (!metric)
    return run.status === 'running'
      ? 'running…'
      : `last run ${statusWords[run.status].toLowerCase()}`;
  const other = before?.metrics.find(({ key }) => key === metric.key);
  const { key, last, direction } = metric;
  return describeMetricChange({
    ...{ key, value: last },
    ...(other ? { before: other.last } : {}),
    ...(direction ? { direction } : {}),
  });
}

/** A metric beside its value of before: `val_acc 0.97 ▲ +0.01 better`. */
export function describeMetricChange(metric: {
  readonly key: string;
  readonly value: number;
  readonly before?: number;
  readonly direction?: MetricDirection;
}): string {
  const { key, value, before, direction } = metric;
  const text = `${key} ${formatNumber(value)}`;
  if (before === undefined) return text;
  if (value === before || Object.is(value, before)) return `${text} (unchanged)`;
  const delta = value - before;
  // Against a training that diverged there is nothing to count.
  if (Number.isNaN(delta)) return text;
  const word = !direction ? '' : isBetter(direction, value, before) ? ' better' : ' worse';
  return `${text} ${delta > 0 ? '▲' : '▼'} ${formatDelta(delta)}${word}`;
}
