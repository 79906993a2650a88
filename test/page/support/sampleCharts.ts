import type { ChartedSeries, ChartsData } from '../../../src/protocol/chartsPage';
import { newestAtMs, toRunId } from './sampleRuns';

/** A curve that falls from `first` and levels off, with a little noise; the same each time. */
export function sampleSeries(
  runIndex: number,
  key: string,
  count: number,
  valueAt?: (index: number) => number,
): ChartedSeries {
  const rises = key.includes('acc');
  const speed = 4 / (count * (1 + 0.35 * runIndex));
  const values = Float64Array.from({ length: count }, (_, index) => {
    if (valueAt !== undefined) return valueAt(index);
    const noise = 0.02 * Math.sin(index * 1.7 + runIndex * 3) * Math.exp(-index / count);
    const left = Math.exp(-index * speed);
    return rises
      ? 0.97 - 0.01 * runIndex - 0.7 * left + noise
      : 0.08 + 0.03 * runIndex + 2.2 * left + noise;
  });
  return {
    runId: toRunId(runIndex),
    steps: Float64Array.from({ length: count }, (_, index) => index + 1),
    values,
    timesMs: Float64Array.from(
      { length: count },
      (_, index) => newestAtMs - runIndex * 3_600_000 + index * (600 + 150 * runIndex),
    ),
    pointCount: count,
  };
}

export function sampleCharts(
  runCount: number,
  keys: readonly string[],
  pointCount: number,
): ChartsData {
  const runs = Array.from({ length: runCount }, (_, index) => index);
  return {
    followsNewest: false,
    runs: runs.map((index) => ({
      runId: toRunId(index),
      name: `train.py · lr=${[0.1, 0.01, 0.001, 0.0003][index % 4]} seed=${index}`,
      status: index === 0 ? 'running' : 'finished',
    })),
    charts: keys.map((key) => ({
      key,
      series: runs.map((index) => sampleSeries(index, key, pointCount)),
    })),
  };
}
