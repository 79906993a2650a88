import { describe, expect, it, test } from 'vitest';
import type { Checkpoint } from '../../../src/core/checkpoint/checkpoint';
import { checkpointTitle, describeCheckpoint } from '../../../src/core/present/describeCheckpoint';
import { describeMetric, describeRun } from '../../../src/core/present/describeRun';
import { makeMetric, makeRun } from '../run/runs';
import { taken } from '../store/sampleChanges';

describe('describeRun', () => {
  const metrics = [makeMetric('loss', 0.1), makeMetric('val_acc', 0.97)];

  it.each([
    ['a finished run', makeRun({ metrics }), 'val_acc 0.97 · 5.0 s'],
    ['one without a metric', makeRun(), '5.0 s'],
    ['one that failed', makeRun({ metrics, status: 'failed' }), 'val_acc 0.97 · failed · 5.0 s'],
    ['one of an unknown end', makeRun({ status: 'interrupted' }), 'interrupted'],
    [
      'one with a star and tags',
      makeRun({ starred: true, tags: { best: '', data: 'v2' } }),
      '★ · 5.0 s · #best · #data=v2',
    ],
  ])('%s', (_name, run, text) => {
    expect(describeRun(run, 99_000)).toBe(text);
  });

  it('counts how long a run has taken by now', () => {
    const { endedAtMs: _, ...running } = makeRun({ status: 'running' });
    expect(describeRun(running, 65_000)).toBe('running · 1 min 5 s');
  });
});

test.each([
  [
    'the best where it is not the last',
    { best: 0.98, bestStep: 12 },
    '0.9722 (best 0.98 at step 12)',
  ],
  ['a best without a step', { best: 0.98 }, '0.9722 (best 0.98)'],
  ['the last alone where it is the best', { bestStep: 20 }, '0.9722'],
])('a metric shows %s', (_name, fields, text) => {
  expect(describeMetric(makeMetric('acc', 0.97222, fields))).toBe(text);
});

test('a metric that is NaN throughout shows it once', () => {
  expect(describeMetric(makeMetric('loss', Number.NaN))).toBe('NaN');
});

describe('describeCheckpoint', () => {
  const summary = { changed: 0, added: 0, removed: 0, moved: 0, outputsChanged: 0 };
  const checkpoint = (fields: Partial<Checkpoint> = {}): Checkpoint => ({
    ...taken('c1').checkpoint,
    tags: {},
    starred: false,
    ...fields,
  });

  it.each<[string, Partial<Checkpoint>, string]>([
    ['the first', {}, 'first, 7 cells'],
    ['the first with one cell', { cellCount: 1 }, 'first, 1 cell'],
    ['what changed', { changes: { ...summary, changed: 2, added: 1 } }, '2 cells changed, 1 added'],
    ['outputs alone', { changes: { ...summary, outputsChanged: 1 } }, '1 output differs'],
    ['nothing', { changes: summary }, 'No changes'],
    ['a damaged one', { problem: 'Damaged', cellCount: 0 }, 'not a readable notebook'],
    [
      'a star and a tag',
      { starred: true, tags: { good: '' }, changes: { ...summary, moved: 1 } },
      '★ · 1 cell moved · #good',
    ],
  ])('%s', (_name, fields, text) => {
    expect(describeCheckpoint(checkpoint(fields))).toBe(text);
  });

  it('is titled by its notebook and its time', () => {
    const takenAtMs = new Date(2026, 10, 20, 14, 5, 9).getTime();
    expect(checkpointTitle({ notebook: 'nb/explore.ipynb', takenAtMs })).toBe(
      'explore.ipynb · 2026-11-20 14:05:09',
    );
  });
});
