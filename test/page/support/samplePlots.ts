import { chartedMetrics } from '../../../src/app/chartReader';
import { createPlotReader } from '../../../src/app/plotReader';
import { createPlotService } from '../../../src/app/plotService';
import { defaultLayout } from '../../../src/core/chart/chartLayout';
import type { ChartSpec } from '../../../src/core/chart/chartSpec';
import type { Remote } from '../../../src/core/rpc';
import type { MetricSummary, Param, Run } from '../../../src/core/run/run';
import { runName } from '../../../src/core/run/runName';
import type { ChartsHost, ChartsState } from '../../../src/protocol/chartsPage';
import { chartsState } from './sampleCharts';
import { mediaHost } from './sampleMedia';
import { sampleRun } from './sampleRuns';

const optimizers = ['adam', 'sgd', 'lion'] as const;

/** A sweep with a truth: accuracy peaks at lr 0.01, `adam` is better, width and seed do nothing. */
export function sweepRun(index: number): Run {
  const noise = (seed: number) => {
    const x = Math.sin((index + 1) * 12.9898 + seed * 78.233) * 43758.5453;
    return x - Math.floor(x);
  };
  const lr = 10 ** -(1 + Math.floor(noise(1) * 4));
  const opt = optimizers[Math.floor(noise(2) * 3)] ?? 'adam';
  const accuracy =
    0.95 - 0.08 * Math.abs(Math.log10(lr) + 2) - (opt === 'adam' ? 0 : 0.03) + 0.01 * noise(3);
  const params: readonly Param[] = [
    { key: 'lr', value: String(Number(lr.toPrecision(3))), origin: 'argv' },
    { key: 'optimizer', value: opt, origin: 'argv' },
    { key: 'width', value: String(64 << Math.floor(noise(4) * 3)), origin: 'argv' },
    { key: 'seed', value: String(index), origin: 'argv' },
    { key: 'epochs', value: '30', origin: 'default' },
  ];
  return {
    ...sampleRun(index),
    status: 'finished',
    source: { kind: 'terminal', commandLine: 'python train.py', script: 'train.py' },
    params,
    metrics: [summary('val_acc', accuracy), summary('val_loss', 1 - accuracy + 0.02 * noise(5))],
  };
}

function summary(key: string, value: number): MetricSummary {
  const direction = key.includes('loss') ? 'lower' : 'higher';
  const figures = { first: 0.5, last: value, min: Math.min(0.5, value), max: Math.max(0.5, value) };
  return { key, ...figures, best: value, direction, count: 30, lastStep: 30, lastAtMs: 0 };
}

export function sweepRuns(count: number): readonly Run[] {
  return Array.from({ length: count }, (_, index) => sweepRun(index));
}

/** The state of a page with charts of these kinds alone. */
export function plotsState(...specs: readonly ChartSpec[]): ChartsState {
  const automatic = ['val_acc', 'val_loss'].map((key) => `line:${key}`);
  return {
    ...chartsState,
    layout: {
      ...defaultLayout,
      hidden: automatic,
      own: specs.map((spec, at) => ({ id: `own-${at}`, spec })),
    },
  };
}

/** A host that answers for these runs by the product's own code. */
export function plotsHost(runs: readonly Run[]): Partial<ChartsHost> {
  const service = createPlotService();
  const plots = createPlotReader({
    store: {
      readFigures: async (runIds, fields) =>
        fields.map(() => new Float64Array(runIds.length).fill(Number.NaN)),
    },
    // SAFETY: called as over a wire, but in this process.
    service: { paramsImportance: async (...args) => service.paramsImportance(...args) } as Remote<
      typeof service
    >,
    now: () => 0,
  });
  return {
    ...mediaHost(runs),
    readCharts: async () => ({
      followsNewest: false,
      chosenIds: [],
      search: '',
      leftOut: 0,
      runs: runs.map((run) => ({
        ...{ runId: run.id, name: runName(run), status: run.status, experiment: run.experiment },
        ...{ startedAtMs: run.startedAtMs, pointCount: 60 },
      })),
      metrics: chartedMetrics(runs),
      groupFields: ['experiment', 'status', 'params.lr'],
    }),
    readFieldChoices: () => plots.fieldChoices(runs),
    readColumns: async (fields) => ({
      runIds: runs.map(({ id }) => id),
      columns: await plots.columns(runs, fields),
    }),
    readImportance: (value, runIds) =>
      plots.importance(
        runs.filter(({ id }) => runIds.includes(id)),
        value,
      ),
  };
}
