import { join } from 'node:path';
import type { Change } from '../../../src/core/change/change';
import type { Param } from '../../../src/core/run/run';
import { createRandom, type Random } from '../store/random';
import { asFloat32Prints, type SyntheticRun, syntheticRun } from '../store/syntheticRuns';

/** What decides on the runs; a record is built again if one of these files changes. */
export const dashboardRunSources = [
  join(__dirname, 'dashboardRuns.ts'),
  join(__dirname, '..', 'store', 'syntheticRuns.ts'),
  join(__dirname, '..', 'store', 'random.ts'),
];

export const sweepRunCount = 10_000;
/** Of each metric of a run of the sweep. */
const sweepStepCount = 10;

/** Runs with one long series each, for charts of many points. */
export const curveSets = {
  'curves-10k': { runCount: 100, pointCount: 10_000 },
  'curves-100k': { runCount: 10, pointCount: 100_000 },
  'curves-1k': { runCount: 1000, pointCount: 1000 },
} as const;
export type CurveSet = keyof typeof curveSets;

/** The only metric of a curve. */
export const curveKey = 'train_loss';

/** How many params, metrics and columns of the run itself the table has to show. */
export const columnCount = 60;

const moreParams: Readonly<Record<string, readonly [string, ...string[]]>> = {
  hidden_size: ['128', '256', '512', '1024'],
  layers: ['2', '4', '6', '12', '24'],
  heads: ['4', '8', '16'],
  warmup: ['0', '100', '500', '2000'],
  clip: ['0.5', '1.0', '5.0'],
  scheduler: ['cosine', 'linear', 'constant', 'step'],
  label_smoothing: ['0', '0.05', '0.1'],
  mixup: ['0', '0.2', '0.4'],
  crop: ['192', '224', '256', '288'],
  momentum: ['0', '0.9', '0.95', '0.99'],
};

const moreMetrics = Array.from({ length: 10 }, (_, index) => [
  `class_${index}_f1`,
  `layer_${index}_norm`,
]).flat();

/** A run of the sweep: 20 params and 30 metrics, the same each time. */
export function sweepRun(index: number): SyntheticRun {
  const run = syntheticRun(index, sweepStepCount);
  const random = createRandom(1_000_003 + index);
  const params = Object.entries(moreParams).map(
    ([key, values]): Param => ({ key, value: random.oneOf(values), origin: 'argv' }),
  );
  const metrics = new Map(run.metrics);
  for (const key of moreMetrics) metrics.set(key, falling(random, sweepStepCount));
  return { ...run, params: [...run.params, ...params], metrics };
}

/** A run of one of the sets of curves. */
export function curveRun(set: CurveSet, index: number): SyntheticRun {
  const { pointCount } = curveSets[set];
  const number = 100_000 * (Object.keys(curveSets).indexOf(set) + 1) + index;
  const { id } = syntheticRun(number, 0);
  // Before the sweep, whose rows are those that a table shows first.
  const startedAtMs = Date.UTC(2024, 0, 1) + number * 60_000;
  const random = createRandom(number);
  return {
    id,
    startedAtMs,
    timesMs: Float64Array.from({ length: pointCount }, (_, step) => startedAtMs + 250 * (step + 1)),
    params: [{ key: 'seed', value: String(index), origin: 'argv' }],
    metrics: new Map([[curveKey, falling(random, pointCount)]]),
  };
}

/** That a run began, under the name of its experiment, with its params. */
export function beginChanges(
  { id, startedAtMs, params }: SyntheticRun,
  experiment: string,
): Change[] {
  const script = `${experiment}.py`;
  const commandLine = `python ${script}`;
  const source = { kind: 'terminal', commandLine, script } as const;
  return [
    { kind: 'runStarted', runId: id, experiment, source, startedAtMs },
    { kind: 'paramsAdded', runId: id, params },
  ];
}

/** A curve that falls and levels off, with noise, and here and there a spike of one step. */
function falling(random: Random, count: number): Float64Array {
  const start = 1 + 3 * random.uniform();
  const floor = 0.02 + 0.3 * random.uniform();
  const pace = (3 + 10 * random.uniform()) / count;
  const noise = 0.02 + 0.05 * random.uniform();
  return Float64Array.from({ length: count }, (_, step) => {
    const level = floor + start * Math.exp(-pace * step);
    const spike = random.uniform() < 1e-4 ? 4 : 1;
    return asFloat32Prints(level * spike * Math.exp(noise * random.normal()));
  });
}
