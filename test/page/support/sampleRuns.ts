import type { MetricSummary, Run, RunId, RunStatus } from '../../../src/core/run/run';

/** When the newest sample run began. */
export const newestAtMs = Date.UTC(2026, 2, 14, 9, 30);

export function toRunId(index: number): RunId {
  // SAFETY: the only place where the tests make ids.
  return `run-${index}` as RunId;
}

/** The same numbers each time, spread over 0..1. */
function pseudoRandom(seed: number): number {
  const x = Math.sin(seed * 12.9898 + 78.233) * 43758.5453;
  return x - Math.floor(x);
}

const statuses: readonly RunStatus[] = ['finished', 'failed', 'killed', 'interrupted'];

/** The n-th sample run, counted from the newest; every fifth is of a notebook. */
export function sampleRun(index: number): Run {
  const lr = [0.1, 0.01, 0.001, 0.0003][index % 4] ?? 0.1;
  const accuracy = 0.9 + 0.09 * pseudoRandom(index);
  const startedAtMs = newestAtMs - index * 3_600_000;
  const running = index === 0;
  const status = running ? 'running' : (statuses[index % 7] ?? 'finished');
  const inNotebook = index % 5 === 4;
  return {
    id: toRunId(index),
    experiment: inNotebook ? 'notebooks/explore.ipynb' : 'train.py',
    status,
    source: inNotebook
      ? {
          kind: 'notebook',
          notebook: 'notebooks/explore.ipynb',
          cellIndex: 3,
          cellSource: 'model.fit(x, y)',
        }
      : {
          kind: 'terminal',
          commandLine: `python train.py --lr ${lr} --hidden ${64 << (index % 3)}`,
          script: 'train.py',
        },
    startedAtMs,
    ...(running ? {} : { endedAtMs: startedAtMs + 20_000 + 400_000 * pseudoRandom(index + 5) }),
    ...(running ? {} : { exitCode: status === 'failed' ? 1 : 0 }),
    params: [
      { key: 'lr', value: String(lr), origin: inNotebook ? 'cell' : 'argv' },
      { key: 'hidden', value: String(64 << (index % 3)), origin: 'argv' },
      { key: 'epochs', value: '30', origin: 'default' },
    ],
    metrics: [
      summary('loss', 2.3, 0.35 - 0.3 * pseudoRandom(index + 1), 0.05, 2.3),
      summary('val_loss', 2.2, 0.4 - 0.3 * pseudoRandom(index + 2), 0.08, 2.2),
      summary('val_acc', 0.4, accuracy, 0.4, accuracy + 0.002),
    ],
    tags: index % 6 === 2 ? { baseline: '', data: 'v2' } : {},
    ...(index % 9 === 3 ? { note: 'With the shifted copies of each digit' } : {}),
    starred: index % 8 === 1,
    codeState: { commit: '3f2c8d1e9a7b', branch: 'main', dirty: index % 2 === 0 },
    logBytes: 4096,
  };
}

function summary(
  key: string,
  first: number,
  last: number,
  min: number,
  max: number,
): MetricSummary {
  return {
    key,
    first,
    last,
    min: Math.min(min, last),
    max: Math.max(max, last),
    direction: key.includes('loss') ? 'lower' : 'higher',
    best: key.includes('loss') ? Math.min(min, last) : Math.max(max, last),
    bestStep: 27,
    count: 30,
    lastStep: 30,
    lastAtMs: newestAtMs,
  };
}

export function sampleRuns(count: number): Run[] {
  return Array.from({ length: count }, (_, index) => sampleRun(index));
}
