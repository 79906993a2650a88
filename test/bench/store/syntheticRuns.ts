import type { Change } from '../../../src/core/change/change';
import type { Param, RunId } from '../../../src/core/run/run';
import { createRandom, type Random } from './random';

/** One training as a script with numpy or PyTorch would print it. */
export interface SyntheticRun {
  readonly id: RunId;
  readonly startedAtMs: number;
  /** One a step, whole milliseconds since 1970; all metrics of a step are in one line. */
  readonly timesMs: Float64Array;
  readonly params: readonly Param[];
  /** One value a step. */
  readonly metrics: ReadonlyMap<string, Float64Array>;
}

/** What a param of the synthetic runs can be, where it is one of few; a table is filtered on these. */
export const paramChoices = {
  model: ['resnet18', 'resnet50', 'vit_b_16', 'convnext_tiny', 'mobilenet_v3'],
  optimizer: ['sgd', 'adam', 'adamw', 'lion'],
  batch_size: ['16', '32', '64', '128', '256'],
  data: ['v1', 'v2', 'v3', 'v4', 'v5'],
  augment: ['True', 'False'],
} as const;

export const metricKeys = [
  'train_loss',
  'val_loss',
  'train_acc',
  'val_acc',
  'val_f1',
  'val_auc',
  'grad_norm',
  'perplexity',
  'samples_per_s',
  'lr',
] as const;

const firstStartMs = Date.UTC(2025, 0, 1);

/** The run of this number, the same each time: ten params, and ten metrics of `stepCount` points. */
export function syntheticRun(index: number, stepCount: number): SyntheticRun {
  const random = createRandom(index + 1);
  const hex = () => random.bits().toString(16).padStart(8, '0');
  // SAFETY: an id may be any text; this is also what MLflow takes for one.
  const id = (hex() + hex() + hex() + hex()) as RunId;
  const startedAtMs = firstStartMs + index * 600_000 + Math.floor(random.uniform() * 600_000);
  const params = syntheticParams(random);
  const timesMs = cadence(random, startedAtMs, stepCount);
  const learningRate = Number(params.find(({ key }) => key === 'lr')?.value);
  return { id, startedAtMs, timesMs, params, metrics: curves(random, learningRate, stepCount) };
}

/** The change that starts the run, with its params. */
export function startChanges({ id, startedAtMs, params }: SyntheticRun): Change[] {
  return [
    {
      kind: 'runStarted',
      runId: id,
      experiment: 'train.py',
      source: { kind: 'terminal', commandLine: 'python train.py', script: 'train.py' },
      startedAtMs,
    },
    { kind: 'paramsAdded', runId: id, params },
  ];
}

/** The points of steps `from` to `to` of all metrics, as one commit of a recorder has them. */
export function pointChanges(run: SyntheticRun, from: number, to: number): Change[] {
  return Array.from(run.metrics, ([key, values]) => ({
    kind: 'pointsAppended',
    runId: run.id,
    key,
    steps: Float64Array.from(values.slice(from, to), (_, offset) => from + offset),
    values: values.slice(from, to),
    timesMs: run.timesMs.slice(from, to),
  }));
}

/** The shortest decimal that is this number as a float32, as numpy prints one: 0.1, not 0.100000001. */
export function asFloat32Prints(value: number): number {
  const single = Math.fround(value);
  for (let digits = 6; digits < 9; digits++) {
    const printed = Number(single.toPrecision(digits));
    if (Math.fround(printed) === single) return printed;
  }
  return Number(single.toPrecision(9));
}

function syntheticParams(random: Random): Param[] {
  const values: Record<string, string> = {
    model: random.oneOf(paramChoices.model),
    optimizer: random.oneOf(paramChoices.optimizer),
    batch_size: random.oneOf(paramChoices.batch_size),
    data: random.oneOf(paramChoices.data),
    augment: random.oneOf(paramChoices.augment),
    lr: String(Number((10 ** (-5 + 4 * random.uniform())).toPrecision(3))),
    weight_decay: random.oneOf(['0', '0.0001', '0.001', '0.01']),
    dropout: (random.uniform() * 0.5).toFixed(2),
    seed: String(random.bits() % 100_000),
    epochs: '100',
  };
  return Object.entries(values).map(([key, value]) => ({ key, value, origin: 'argv' }));
}

/** Steps of 0.2 to 60 s, each a few percent longer or shorter, with a hiccup here and there. */
function cadence(random: Random, startedAtMs: number, stepCount: number): Float64Array {
  const stepMs = 200 * 300 ** random.uniform();
  let atMs = startedAtMs + 3000 + 5000 * random.uniform();
  return Float64Array.from({ length: stepCount }, () => {
    const hiccup = random.uniform() < 0.03 ? 1 + random.uniform() : 1;
    atMs += stepMs * hiccup * Math.max(0.5, 1 + 0.03 * random.normal());
    return Math.round(atMs);
  });
}

/** Losses that fall, scores that rise, with the noise of real ones; accuracies are counts over a size. */
function curves(random: Random, learningRate: number, stepCount: number) {
  const trainSize = 50_000;
  const valSize = random.oneOf([10_000, 5000, 3925, 7390]);
  const startLoss = 1.5 + 3 * random.uniform();
  const floor = 0.02 + 0.5 * random.uniform();
  const pace = (3 + 10 * random.uniform()) / stepCount;
  const noise = 0.01 + 0.04 * random.uniform();
  const speed = 200 + 3000 * random.uniform();
  const columns = new Map<string, Float64Array>(
    metricKeys.map((key) => [key, new Float64Array(stepCount)]),
  );
  for (let step = 0; step < stepCount; step++) {
    const fall = Math.exp(-pace * step);
    const loss = (floor + startLoss * fall) * Math.exp(noise * random.normal());
    const valLoss = (floor * 1.2 + startLoss * fall) * Math.exp(2 * noise * random.normal());
    const score = (lossOf: number) => Math.min(1, Math.max(0, Math.exp(-0.6 * lossOf)));
    const valScore = score(valLoss);
    const values: Record<(typeof metricKeys)[number], number> = {
      train_loss: loss,
      val_loss: valLoss,
      train_acc: Math.round(score(loss) * trainSize) / trainSize,
      val_acc: Math.round(valScore * valSize) / valSize,
      val_f1: valScore * (0.97 + 0.01 * random.normal()),
      val_auc: 0.5 + 0.5 * valScore * (0.99 + 0.005 * random.normal()),
      grad_norm: Math.exp(0.5 * random.normal() + Math.log(1 + loss)),
      perplexity: Math.exp(loss),
      samples_per_s: speed * (1 + 0.02 * random.normal()),
      lr: (learningRate / 2) * (1 + Math.cos((Math.PI * step) / stepCount)),
    };
    for (const key of metricKeys) {
      const column = columns.get(key);
      if (column !== undefined) column[step] = asFloat32Prints(values[key]);
    }
  }
  return columns;
}
