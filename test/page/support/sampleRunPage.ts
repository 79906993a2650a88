import { nothingPinned } from '../../../src/core/run/pinnedKeys';
import type { MetricSummary, Run, RunFile } from '../../../src/core/run/run';
import { runName } from '../../../src/core/run/runName';
import type { RunPageData, RunPageHost, RunSeries } from '../../../src/protocol/runPage';
import { newestAtMs, sampleRun, toRunId } from './sampleRuns';

/** A run with something in each section. */
export function typicalRun(more: Partial<Run> = {}): Run {
  const run = sampleRun(1);
  return {
    ...run,
    metrics: [
      ...run.metrics,
      machineMetric('system/cpu_percent', 180, 395),
      machineMetric('system/memory_mb', 1240, 1890),
    ],
    environment: {
      os: 'Linux 6.1.0 x86_64',
      hostName: 'lab-3',
      cpu: { model: 'Xeon 8480', cores: 16 },
      memoryBytes: 128e9,
      gpus: [{ name: 'NVIDIA H100 80GB HBM3', memoryBytes: 80e9, driver: '550.54' }],
      python: {
        executable: '/home/ana/venv/bin/python',
        version: '3.11.7',
        prefix: '/home/ana/venv',
        packageCount: 3,
      },
    },
    tags: { data: 'v2', candidate: '' },
    note: 'Second try with **shifted** digits.\n\n- warm-up of 3 epochs\n- `lr` halved at 20',
    ...more,
  };
}

function machineMetric(key: string, last: number, max: number): MetricSummary {
  return { key, first: 10, last, min: 10, max, best: last, count: 40, lastAtMs: newestAtMs };
}

export function pageData(run: Run, more: Partial<RunPageData> = {}): RunPageData {
  return {
    runId: run.id,
    run,
    name: runName(run),
    parts: [],
    newer: { runId: toRunId(0), name: 'train.py · lr=0.1' },
    older: { runId: toRunId(2), name: 'train.py · lr=0.001' },
    sinceBefore: {
      to: { runId: toRunId(2), name: 'train.py · lr=0.001' },
      metric: { key: 'val_acc', old: 0.91, new: 0.93, verdict: 'better' },
    },
    isBaseline: false,
    canRunAgain: true,
    pinned: nothingPinned,
    ...more,
  };
}

export function sampleSeries(key: string, count = 60): RunSeries {
  const steps = Float64Array.from({ length: count }, (_, step) => step + 1);
  const values = steps.map((step) =>
    key.includes('loss') ? 2.3 * Math.exp(-step / 15) : 1 - 0.6 * Math.exp(-step / 12),
  );
  const timesMs = steps.map((step) => newestAtMs + step * 1000);
  const indices = Uint32Array.from(steps.keys());
  return { key, steps, values, timesMs, indices, pointCount: count };
}

const hash = (seed: string) => seed.repeat(64).slice(0, 64) as NonNullable<RunFile['hash']>;

export const sampleFiles: readonly RunFile[] = [
  {
    role: 'output',
    path: 'out/model.pt',
    type: 'model',
    sizeBytes: 12_400_000,
    modifiedAtMs: newestAtMs,
    hash: hash('a1b2'),
    isKept: false,
  },
  {
    role: 'output',
    path: 'out/confusion.png',
    type: 'figure',
    sizeBytes: 24_000,
    modifiedAtMs: newestAtMs,
    hash: hash('c3d4'),
    isKept: true,
  },
  {
    role: 'input',
    path: 'data/digits.csv',
    type: 'data',
    sizeBytes: 1_800_000,
    modifiedAtMs: newestAtMs,
    hash: hash('e5f6'),
    isKept: false,
  },
  {
    role: 'code',
    path: 'model.py',
    type: 'code',
    sizeBytes: 900,
    modifiedAtMs: newestAtMs,
    hash: hash('0789'),
    isKept: true,
  },
];

/** The host of a run's page, without VS Code. */
export function runPageHost(data: RunPageData, more: Partial<RunPageHost> = {}) {
  const answers: Partial<RunPageHost> = {
    readRun: async () => data,
    keepOpen: async () => {},
    readSeries: async (keys) => keys.map((key) => sampleSeries(key)),
    readFiles: async () => sampleFiles,
    readCode: async () => ({
      source: {
        text: 'import torch\n\ndef train(lr=0.01):\n    for epoch in range(30):\n        step(lr)  # once\n',
        leftOutChars: 0,
      },
      diff: {
        text: 'diff --git a/train.py b/train.py\n--- a/train.py\n+++ b/train.py\n@@ -1,2 +1,2 @@\n import torch\n-lr = 0.1\n+lr = 0.01\n',
        leftOutChars: 0,
      },
      modules: sampleFiles.filter(({ role }) => role === 'code'),
    }),
    readPackages: async () => [
      { name: 'numpy', version: '1.26.4' },
      { name: 'torch', version: '2.5.1' },
      { name: 'tqdm', version: '4.67.0' },
    ],
    ...more,
  };
  return answers;
}
