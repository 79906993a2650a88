import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../../src/core/change/change';
import type { RunId } from '../../../src/core/run/run';
import { startStore } from '../../../src/store/storeClient';
import { repoRoot } from '../../../tools/vscodeHost/hostPaths';

/** A run as somebody trained it in the last weeks. */
export interface RecordedRun {
  readonly id: RunId;
  readonly name?: string;
  readonly startedAtMs: number;
  readonly lr: number;
  /** At its best epoch, which is not the last. */
  readonly bestAccuracy: number;
  readonly lastAccuracy: number;
  /** What it loses after its best epoch, so that who was best is another than who is at the end. */
  readonly fall: number;
  readonly script: 'before' | 'after';
}

export const runCount = 200;
const dayMs = 86_400_000;
const epochs = 8;

/** The line that the user of this story changed one day. */
export const changedLine = {
  before: 'hidden_layer_sizes=(args.hidden,), learning_rate_init=args.lr, random_state=args.seed',
  after: 'hidden_layer_sizes=(args.hidden, 64), learning_rate_init=args.lr, random_state=args.seed',
} as const;

/**
 * Two hundred runs, some each day of eight weeks up to `nowMs`. The best of all is an old one, the best of
 * last week has a large learning rate, and the best of last week with one below 0.01 is neither.
 */
export function weeksOfRuns(nowMs: number): readonly RecordedRun[] {
  const lastMonday = startOfWeek(nowMs) - 7 * dayMs;
  return Array.from({ length: runCount }, (_, index): RecordedRun => {
    const startedAtMs = nowMs - Math.round(((runCount - index) / runCount) * 56 * dayMs);
    const lr = [0.1, 0.03, 0.01, 0.003, 0.001, 0.0003][index % 6] ?? 0.01;
    const isLastWeek = startedAtMs >= lastMonday && startedAtMs < lastMonday + 7 * dayMs;
    const spread = ((index * 37) % 100) / 1000;
    // SAFETY: any text is an id.
    const id = createHash('sha256').update(`run ${index}`).digest('hex').slice(0, 32) as RunId;
    const usual = 0.8 + spread + (isLastWeek && lr >= 0.01 ? 0.05 : 0);
    const bestAccuracy = index === 61 ? 0.9987 : round(usual);
    const fall = [0.005, 0.07, 0.02, 0.04, 0.03][index % 5] ?? 0;
    return {
      ...{ id, startedAtMs, lr, script: index < 120 ? 'before' : 'after', bestAccuracy, fall },
      lastAccuracy: accuracyAt(epochs, bestAccuracy, fall),
      ...(index === 60 ? { name: 'baseline' } : {}),
    };
  });
}

/** Writes them into the record of a workspace, through the store as it ships. */
export async function recordWeeksOfRuns(
  workspace: string,
  runs: readonly RecordedRun[],
): Promise<void> {
  const source = readFileSync(join(workspace, 'train.py'), 'utf8');
  if (!source.includes(changedLine.before)) throw new Error('train.py is not as it was.');
  const store = startStore({
    folder: join(workspace, '.epochlog'),
    workerPath: join(repoRoot, 'dist', 'workers', 'storeWorker.js'),
    listener: { changed: () => undefined, problem: ({ message }) => console.error(message) },
  });
  const scripts = {
    before: await store.putBlob(new TextEncoder().encode(source)),
    after: await store.putBlob(
      new TextEncoder().encode(source.replace(changedLine.before, changedLine.after)),
    ),
  };
  await Promise.all(
    runs.map((run) =>
      store.commit([
        ...changesOf(run),
        { kind: 'codeStateRecorded', runId: run.id, codeState: { script: scripts[run.script] } },
      ]),
    ),
  );
  await store.close();
}

function changesOf({ id, name, startedAtMs, lr, bestAccuracy, fall }: RecordedRun): Change[] {
  const steps = Float64Array.from({ length: epochs }, (_, index) => index + 1);
  const timesMs = steps.map((step) => startedAtMs + step * 20_000);
  const accuracies = steps.map((step) => accuracyAt(step, bestAccuracy, fall));
  const losses = steps.map((step) => round(2.2 * Math.exp(-step / 3) + (1 - bestAccuracy)));
  const commandLine = `python train.py --lr ${lr}`;
  const points = { kind: 'pointsAppended', runId: id, steps, timesMs } as const;
  return [
    {
      ...{ kind: 'runStarted', runId: id, experiment: 'train.py', startedAtMs },
      source: { kind: 'terminal', commandLine, script: 'train.py' },
    },
    {
      ...{ kind: 'paramsAdded', runId: id },
      params: [
        { key: 'lr', value: String(lr), origin: 'argv' },
        { key: 'hidden', value: '256', origin: 'default' },
      ],
    },
    { ...points, key: 'val_acc', values: accuracies },
    { ...points, key: 'loss', values: losses },
    ...(name === undefined
      ? []
      : [{ kind: 'runEdited', runId: id, edit: { field: 'name', value: name } } as const]),
    {
      ...{ kind: 'runEnded', runId: id, status: 'finished', exitCode: 0 },
      endedAtMs: startedAtMs + 170_000,
    },
  ];
}

/** It rises, and falls after the best epoch, the last but one. */
function accuracyAt(epoch: number, bestAccuracy: number, fall: number): number {
  const before = Math.max(0, epochs - 1 - epoch);
  return round(bestAccuracy - 0.02 * before ** 1.2 - (epoch === epochs ? fall : 0));
}

/** Weeks begin on Monday, as in a search. */
function startOfWeek(atMs: number): number {
  const day = new Date(atMs);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - ((day.getDay() + 6) % 7));
  return day.getTime();
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
