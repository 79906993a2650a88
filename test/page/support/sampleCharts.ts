import { defaultLayout } from '../../../src/core/chart/chartLayout';
import { defaultLineView } from '../../../src/core/chart/lineView';
import type { RunId } from '../../../src/core/run/run';
import { packLines } from '../../../src/core/series/packedLines';
import type { SeriesPart } from '../../../src/core/series/seriesBatch';
import type { ChartsData, ChartsHost, ChartsState } from '../../../src/protocol/chartsPage';
import { newestAtMs, toRunId } from './sampleRuns';

export const chartsState: ChartsState = {
  runIds: [],
  search: '',
  lines: defaultLineView,
  layout: defaultLayout,
  filter: '',
  hiddenRuns: [],
  pinnedRuns: [],
  stylePlaces: [],
};

/** A curve that falls from `first` and levels off, with a little noise; the same each time. */
export function sampleSeries(
  runIndex: number,
  key: string,
  count: number,
  valueAt?: (index: number) => number,
): SeriesPart {
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
    steps: Float64Array.from({ length: count }, (_, index) => index + 1),
    values,
    timesMs: Float64Array.from(
      { length: count },
      (_, index) => startOf(runIndex) + index * (600 + 150 * runIndex),
    ),
    indices: Uint32Array.from({ length: count }, (_, index) => index),
    pointCount: count,
  };
}

const startOf = (runIndex: number) => newestAtMs - runIndex * 3_600_000;

export function sampleCharts(
  runCount: number,
  keys: readonly string[],
  pointCount: number,
): ChartsData {
  return {
    followsNewest: false,
    chosenIds: Array.from({ length: runCount }, (_, index) => toRunId(index)),
    search: '',
    leftOut: 0,
    runs: Array.from({ length: runCount }, (_, index) => ({
      runId: toRunId(index),
      name: `train.py · lr=${[0.1, 0.01, 0.001, 0.0003][index % 4]} seed=${index}`,
      status: index === 0 ? 'running' : 'finished',
      experiment: 'train.py',
      startedAtMs: startOf(index),
      pointCount: pointCount * keys.length,
    })),
    metrics: keys.map((key) => ({ key, runCount })),
    groupFields: ['experiment', 'status', 'params.lr'],
  };
}

/** Answers what the page asks of lines: those of the sample, or those that are given. */
export function answerLines(
  seriesOf: (runIndex: number, key: string) => SeriesPart,
): ChartsHost['readLines'] {
  return async ({ wanted }) =>
    packLines(
      wanted.flatMap(({ key, runIds }) => runIds.map((runId) => seriesOf(indexOf(runId), key))),
    );
}

/** A host that has some runs of the sample, each with all metrics. */
export function chartsHost(
  runCount: number,
  keys: readonly string[],
  pointCount: number,
): Pick<ChartsHost, 'readCharts' | 'readLines'> {
  return {
    readCharts: async () => sampleCharts(runCount, keys, pointCount),
    readLines: answerLines((index, key) => sampleSeries(index, key, pointCount)),
  };
}

function indexOf(runId: RunId): number {
  return Number(/\d+$/.exec(runId)?.[0]);
}
