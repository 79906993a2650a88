import { describe, expect, test } from 'vitest';
import { defaultLineView } from '../../../src/core/chart/lineView';
import type { RunId } from '../../../src/core/run/run';
import { describeLines } from '../../../webviews/charts/cards/line/describeLines';

function notesOf(ys: readonly number[], pointCount: number, isLogY = false, groupBy?: string) {
  const values = Float64Array.from(ys);
  const xs = values.map((_, index) => index + 1);
  const series = {
    steps: xs,
    values,
    timesMs: xs,
    indices: Uint32Array.from(ys.keys()),
    pointCount,
  };
  const style = { color: 'red', dash: [] };
  // SAFETY: ids are texts.
  const runId = 'a' as RunId;
  const run = { runId, name: 'a', status: 'finished', experiment: 'a' } as const;
  return describeLines({
    model: { lines: [{ id: 'a', name: 'a', style, xs, ys: values }], bands: [], binned: 0 },
    read: [{ run: { ...run, startedAtMs: 0, pointCount }, key: 'loss', series }],
    axes: { isLogX: false, isLogY },
    view: groupBy === undefined ? defaultLineView : { ...defaultLineView, groupBy },
    xAxis: 'step',
  });
}

describe('What is said of points that are on no line', () => {
  test('is how many there are', () => {
    expect(notesOf([1, Number.NaN, Number.POSITIVE_INFINITY], 3)).toEqual([
      '1 point is NaN (×)',
      '1 point is infinite (▲ ▼)',
    ]);
    expect(notesOf([1, 0, -1], 3, true)).toEqual(['2 points are at or below 0: not on a log axis']);
  });

  test('is how many there are at least, of lines that were thinned', () => {
    expect(notesOf([1, Number.NaN, Number.POSITIVE_INFINITY], 300)).toEqual([
      'at least 1 point is NaN (×)',
      'at least 1 point is infinite (▲ ▼)',
    ]);
    expect(notesOf([1, 0, -1], 300, true)).toEqual([
      'at least 2 points are at or below 0: not on a log axis',
    ]);
    expect(notesOf([1, Number.NaN], 300, false, 'params.lr')[0]).toBe(
      'at least 1 point is NaN (×)',
    );
  });
});
