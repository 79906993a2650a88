import { join } from 'node:path';
import type { RunId } from '../../../src/core/run/run';
import { metricKeys, type SyntheticRun, syntheticRun } from './syntheticRuns';

/** What decides on the runs; a store is built again if one of these files changes. */
export const largeRunSources = ['largeRuns.ts', 'syntheticRuns.ts', 'random.ts'].map((file) =>
  join(__dirname, file),
);

export const largeRunCount = 10_000;
const stepCount = 100;
export const largePointCount = largeRunCount * metricKeys.length * stepCount;

export const longRunCount = 10;
export const longStepCount = 100_000;
/** The only metric of a long run. */
export const longKey = 'train_loss';

/** One of the runs of the store of ten million points. */
export function largeRun(index: number): SyntheticRun {
  return syntheticRun(index, stepCount);
}

/** One of the runs that are beside them, each with one series of 100,000 points. */
export function longRun(index: number): SyntheticRun {
  const run = syntheticRun(largeRunCount + index, longStepCount);
  return { ...run, metrics: new Map([...run.metrics].filter(([key]) => key === longKey)) };
}

/** Without making its points. */
export function longRunId(index: number): RunId {
  return syntheticRun(largeRunCount + index, 0).id;
}
