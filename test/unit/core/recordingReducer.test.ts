import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/core/change/change';
import type { Extraction } from '../../../src/core/extract/extraction';
import {
  type Outcome,
  type Recording,
  type RecordingEvent,
  reduceRecording,
  startRecording,
} from '../../../src/core/recording/recordingReducer';
import { seriesKey } from '../../../src/core/recording/seriesKey';
import type { CommandSource, RunId } from '../../../src/core/run/run';

const runId = 'run-1' as RunId;
const source: CommandSource = {
  kind: 'terminal',
  commandLine: 'python train.py --lr 0.1',
  script: 'train.py',
};
const argv = [{ key: 'lr', value: '0.1', origin: 'argv' }] as const;
const nothing: Extraction = { metrics: [], live: [], params: [], artifacts: [] };

function play(...events: readonly RecordingEvent[]): { recording: Recording; changes: Change[] } {
  let recording = startRecording(runId, source, 1000, argv);
  const changes: Change[] = [];
  for (const event of events) {
    const step = reduceRecording(recording, event);
    recording = step.recording;
    changes.push(...step.changes.filter((change) => change.kind !== 'pointsMoved'));
  }
  return { recording, changes };
}

const metric = (key: string, value: number, step?: number): RecordingEvent => ({
  kind: 'extracted',
  atMs: 2000,
  extraction: { ...nothing, metrics: [{ key, value, ...(step === undefined ? {} : { step }) }] },
});
const ended = (outcome: Outcome): RecordingEvent => ({ kind: 'ended', atMs: 3000, outcome });
const exit = (exitCode: number | undefined) => ended({ kind: 'exited', exitCode });

describe('a recording', () => {
  it('takes what the script says of its params until something stands on disk', () => {
    const read = {
      kind: 'paramsRead',
      params: [{ key: 'a', value: '1', origin: 'default' }],
    } as const;
    const early = play(read, { kind: 'isTraining' }).changes;
    expect(early).toContainEqual({ kind: 'paramsAdded', runId, params: read.params });
    const late = play({ kind: 'isTraining' }, read).changes;
    expect(late.filter(({ kind }) => kind === 'paramsAdded')).toEqual([
      { kind: 'paramsAdded', runId, params: argv },
    ]);
  });

  it('leaves no trace if nothing says that it trains', () => {
    const printed = { ...nothing, params: [{ key: 'a', value: '1', origin: 'printed' as const }] };
    const { recording, changes } = play(
      { kind: 'extracted', atMs: 1, extraction: printed },
      exit(0),
    );
    expect(changes).toEqual([]);
    expect(recording.phase).toBe('ended');
  });

  it('becomes a run with its first metric, and keeps the params known by then', () => {
    const printed = {
      ...nothing,
      params: [{ key: 'seed', value: '7', origin: 'printed' as const }],
    };
    const { changes } = play(
      { kind: 'extracted', atMs: 1, extraction: printed },
      metric('loss', 0.5, 1),
    );
    expect(changes.map(({ kind }) => kind)).toEqual([
      'runStarted',
      'paramsAdded',
      'pointsAppended',
    ]);
    expect(changes[0]).toMatchObject({ runId, experiment: 'train.py', startedAtMs: 1000, source });
    expect(changes[1]).toMatchObject({ params: [...argv, { key: 'seed', value: '7' }] });
    expect(changes[2]).toMatchObject({
      key: 'loss',
      steps: Float64Array.of(1),
      values: Float64Array.of(0.5),
      timesMs: Float64Array.of(2000),
    });
  });

  it('becomes a run when something else says that it trains, and is kept though it fails', () => {
    const { changes } = play({ kind: 'isTraining' }, exit(1));
    expect(changes.map(({ kind }) => kind)).toEqual(['runStarted', 'paramsAdded', 'runEnded']);
    expect(changes[2]).toMatchObject({ status: 'failed', exitCode: 1, endedAtMs: 3000 });
  });

  it('starts once', () => {
    const { changes } = play({ kind: 'isTraining' }, metric('loss', 1), { kind: 'isTraining' });
    expect(changes.filter(({ kind }) => kind === 'runStarted')).toHaveLength(1);
  });

  it('writes one change for all points of a series, and keeps training apart from validation', () => {
    const { changes } = play({
      kind: 'extracted',
      atMs: 5,
      extraction: {
        ...nothing,
        metrics: [
          { key: 'loss', value: 3, epoch: 1, context: 'train' },
          { key: 'loss', value: 4, epoch: 1, context: 'val' },
          { key: 'loss', value: Number.NaN, context: 'train' },
        ],
      },
    });
    const points = changes.filter((change) => change.kind === 'pointsAppended');
    expect(points.map(({ key }) => key)).toEqual(['train/loss', 'val/loss']);
    expect([...(points[0]?.values ?? [])]).toEqual([3, Number.NaN]);
    expect([...(points[0]?.steps ?? [])]).toEqual([1, Number.NaN]);
    expect(seriesKey({ key: 'acc' })).toBe('acc');
    expect(seriesKey({ key: 'val_acc', context: 'val' })).toBe('val_acc');
    expect(seriesKey({ key: 'validation loss', context: 'val' })).toBe('validation loss');
    expect(seriesKey({ key: 'eval_loss', context: 'val' })).toBe('eval_loss');
    expect(seriesKey({ key: 'interval', context: 'val' })).toBe('val/interval');
  });

  const bar = (atMs: number, value: number, where: { step?: number; epoch?: number }) =>
    ({
      kind: 'extracted',
      atMs,
      extraction: { ...nothing, live: [{ key: 'loss', value, ...where }] },
    }) as const;
  const stepsOf = (changes: readonly Change[]) =>
    changes.flatMap((change) => (change.kind === 'pointsAppended' ? [...change.steps] : []));

  it('shows the live values of an epoch and stores none of them before its end', () => {
    const { recording, changes } = play(bar(1, 0.3, { epoch: 1 }));
    expect(recording).toMatchObject({ phase: 'recording', live: [{ key: 'loss', value: 0.3 }] });
    expect(changes.map(({ kind }) => kind)).toEqual(['runStarted', 'paramsAdded']);
  });

  it('makes points of a bar that is the whole training, twice a second and each step once', () => {
    const { changes } = play(
      bar(0, 0.9, { step: 0 }),
      bar(100, 0.8, { step: 10 }),
      bar(600, 0.7, { step: 60 }),
      bar(1200, 0.7, { step: 60 }),
      bar(1800, 0.6, { step: 100 }),
      // The bar's last frame, which was sampled a moment ago.
      {
        kind: 'extracted',
        atMs: 1900,
        extraction: { ...nothing, metrics: [{ key: 'loss', value: 0.6, step: 100 }] },
      },
      metric('loss', 0.5, 101),
    );
    expect(stepsOf(changes)).toEqual([0, 60, 100, 101]);
  });

  it.each<[string, Outcome, string]>([
    ['exit code 0', { kind: 'exited', exitCode: 0 }, 'finished'],
    ['another exit code', { kind: 'exited', exitCode: 2 }, 'failed'],
    ['Ctrl+C', { kind: 'exited', exitCode: 130 }, 'killed'],
    ['SIGKILL', { kind: 'exited', exitCode: 137 }, 'killed'],
    ['SIGTERM', { kind: 'exited', exitCode: 143 }, 'killed'],
    ['an unknown exit code', { kind: 'exited', exitCode: undefined }, 'interrupted'],
    ['a closed terminal', { kind: 'closed' }, 'killed'],
    ['a reloaded window', { kind: 'lost' }, 'interrupted'],
    ['a cell that succeeded', { kind: 'cell', success: true }, 'finished'],
    ['a cell that raised', { kind: 'cell', success: false }, 'failed'],
    ['an interrupted cell', { kind: 'cell', success: undefined }, 'killed'],
  ])('ends with %s', (_name, outcome, status) => {
    expect(play(metric('loss', 1), ended(outcome)).changes.at(-1)).toMatchObject({
      kind: 'runEnded',
      status,
    });
  });

  it('changes nothing after its end', () => {
    const { changes } = play(exit(0), metric('loss', 1), { kind: 'isTraining' }, exit(0));
    expect(changes).toEqual([]);
  });
});
