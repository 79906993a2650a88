import { metricDirection } from '../../../src/core/run/metricDirection';
import type { MetricSummary, Run, RunId } from '../../../src/core/run/run';

/** A run as the store gives it; what a test is about is given. */
export function makeRun(fields: Partial<Run> = {}): Run {
  return {
    id: 'r1' as RunId,
    experiment: 'train.py',
    status: 'finished',
    source: { kind: 'terminal', commandLine: 'python train.py', script: 'train.py' },
    startedAtMs: 0,
    endedAtMs: 5000,
    params: [],
    metrics: [],
    tags: {},
    starred: false,
    logBytes: 0,
    ...fields,
  };
}

/** The summary of a metric with one value, unless more is given. */
export function makeMetric(
  key: string,
  last: number,
  fields: Partial<MetricSummary> = {},
): MetricSummary {
  const direction = metricDirection(key);
  return {
    key,
    ...(direction === undefined ? {} : { direction }),
    ...{ first: last, last, min: last, max: last, best: last, count: 1, lastAtMs: 0 },
    ...fields,
  };
}
