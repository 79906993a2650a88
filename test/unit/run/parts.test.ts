import { expect, test } from 'vitest';
import { describeRun } from '../../../src/core/present/describeRun';
import { groupParts, summarizeParts, topRuns, withPartsMean } from '../../../src/core/run/parts';
import type { Run, RunId } from '../../../src/core/run/run';
import { makeMetric, makeRun } from './runs';

const whole = makeRun({ id: 'w' as RunId });
const part = (index: number, fields: Partial<Run> = {}): Run =>
  makeRun({ id: `w-${index}` as RunId, parentId: whole.id, startedAtMs: 1000, ...fields });
const withMetric = (index: number, key: string, value: number) =>
  part(index, { metrics: [makeMetric(key, value), makeMetric('loss', 1)] });

test('parts come oldest first, by their number where they began together', () => {
  const parts = [part(10), part(2), part(1, { startedAtMs: 2000 })];
  const ids = groupParts([...parts, whole]).get(whole.id);
  expect(ids?.map(({ id }) => id)).toEqual(['w-2', 'w-10', 'w-1']);
  expect(topRuns([...parts, whole])).toEqual([whole]);
});

test('the mean and the deviation are those of a sample', () => {
  const parts = [0.9, 0.92, 0.97].map((value, at) => withMetric(at, 'val_acc', value));
  const summary = summarizeParts(parts);
  expect(summary).toMatchObject({ key: 'val_acc', count: 3 });
  // statistics.mean and statistics.stdev of Python.
  expect(summary?.mean).toBeCloseTo(0.93, 12);
  expect(summary?.deviation).toBeCloseTo(0.036055512754639904, 12);
  expect(describeRun(whole, 0, parts)).toBe('val_acc 0.93 ± 0.03606 · 3 parts · 5.0 s');
});

test('parts that diverged are left out, and one alone has no deviation', () => {
  const parts = [withMetric(1, 'val_acc', Number.NaN), withMetric(2, 'val_acc', 0.5)];
  expect(summarizeParts(parts)).toEqual({
    ...{ key: 'val_acc', mean: 0.5, count: 1 },
    deviation: undefined,
  });
  expect(describeRun(whole, 0, parts)).toBe('val_acc 0.5 · 2 parts · 5.0 s');
  expect(summarizeParts([part(1)])).toBeUndefined();
  expect(describeRun(whole, 0, [part(1)])).toBe('1 part · 5.0 s');
});

test('the metric is the one that most parts have as their main one', () => {
  const parts = [withMetric(1, 'f1', 0.1), withMetric(2, 'val_acc', 0.2), withMetric(3, 'f1', 0.3)];
  expect(summarizeParts(parts)?.key).toBe('f1');
});

test('a run without points of its own stands for its parts', () => {
  const parts = [withMetric(1, 'f1', 0.1), withMetric(2, 'f1', 0.3)];
  expect(withPartsMean(whole, parts).metrics).toMatchObject([{ key: 'f1', last: 0.2 }]);
  const own = makeRun({ metrics: [makeMetric('loss', 1)] });
  expect(withPartsMean(own, parts)).toBe(own);
});
