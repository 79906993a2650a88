import type { CodeComparison } from '../../../src/core/compare/codeComparison';
import { compareLogs } from '../../../src/core/compare/compareLogs';
import type { BlobHash, Run, RunFile } from '../../../src/core/run/run';
import type { CompareHost } from '../../../src/protocol/comparePage';
import { sampleRun } from './sampleRuns';

/** Runs of a known loss. */
export function sampleCompared(count = 3): readonly Run[] {
  const losses = [0.5, 0.25, 0.6];
  return Array.from({ length: count }, (_, at) => {
    const run = sampleRun(at + 1);
    const metrics = run.metrics.map((metric) =>
      metric.key === 'loss' ? { ...metric, last: losses[at] ?? at } : metric,
    );
    return { ...run, metrics, source: { ...sampleRun(1).source }, experiment: 'train.py' };
  });
}

/** A script of one changed line, a module that one run alone imports, and what was not kept. */
export const sampleCode: CodeComparison = {
  parts: [
    {
      ...{ kind: 'script', title: 'train.py', change: 'changed', linesLeftOut: 0 },
      hunks: [
        {
          ...{ oldStart: 12, oldLines: ['    dropout = 0.5'] },
          ...{ newStart: 12, newLines: ['    dropout = 0.25'] },
        },
      ],
    },
    {
      ...{ kind: 'module', title: 'models/head.py', change: 'added', linesLeftOut: 0 },
      hunks: [
        {
          ...{ oldStart: 0, oldLines: [] },
          ...{ newStart: 0, newLines: ['def head(x):', '    return x.mean()'] },
        },
      ],
    },
    {
      ...{ kind: 'patch', title: 'Uncommitted changes', change: 'unknown', linesLeftOut: 0 },
      hunks: [],
      problem: 'The uncommitted changes of one run were too large to be kept.',
    },
  ],
  same: ['models/net.py', 'data.py'],
  partsLeftOut: 0,
};

function file(role: RunFile['role'], path: string, hash: string, sizeBytes: number): RunFile {
  return {
    ...{ role, path, type: role === 'output' ? 'model' : 'data', sizeBytes, isKept: false },
    modifiedAtMs: Date.UTC(2026, 2, 13),
    // SAFETY: what stands for a hash in these tests.
    hash: hash.repeat(8) as BlobHash,
  };
}

export const sampleFiles: readonly (readonly RunFile[])[] = [
  [
    file('input', 'data/train.csv', 'a1b2c3d4', 1_200_000),
    file('output', 'out/model.pt', '11111111', 9e6),
  ],
  [
    file('input', 'data/train.csv', 'a1b2c3d4', 1_200_000),
    file('output', 'out/model.pt', '22222222', 9e6),
  ],
  [file('input', 'data/train.csv', 'ffff0000', 1_300_000)],
];

export const sampleLogs = {
  ...compareLogs(
    'loading data\r\nepoch 1 loss=0.50 (12.1s)\r\nsaved out/model.pt\r\nelapsed: 12.4\r\n',
    'loading data\r\nepoch 1 loss=0.25 (11.0s)\r\nsaved out/model.pt\r\nelapsed: 11.2\r\n',
  ),
  bytesLeftOut: 0,
};

/** A host that has all of it, but for what is given. */
export function compareHost(
  read: () => readonly Run[] = () => sampleCompared(),
  more: Partial<CompareHost> = {},
): Partial<CompareHost> {
  return {
    readRuns: async () => ({ runs: read() }),
    readPackages: async (ids) => [
      { name: 'torch', versions: ids.map((_id, at) => ['2.1.0', '2.2.0', ''][at % 3] ?? '') },
    ],
    readFigures: async (ids, keys, _figure, figureNumber) =>
      keys.map((_key, at) => Float64Array.from(ids, (_id, run) => at + run / figureNumber)),
    readFiles: async (ids) => ids.map((_id, at) => sampleFiles[at % 3] ?? []),
    readCode: async () => sampleCode,
    readLogs: async () => sampleLogs,
    ...more,
  };
}
