import { describe, expect, test } from 'vitest';
import { defaultLayout } from '../../../src/core/chart/chartLayout';
import { firstLinesRequest } from '../../../src/core/chart/firstLines';
import { defaultLineView } from '../../../src/core/chart/lineView';
import type { RunId } from '../../../src/core/run/run';

const runIds = ['a', 'b', 'c'] as RunId[];
const metrics = ['loss', 'accuracy', 'train/loss'].map((key) => ({ key }));
const view = { widthPx: 1300, lines: defaultLineView, layout: defaultLayout, hiddenRuns: [] };

describe('What a page asks for first', () => {
  test('is the lines of the first cards', () => {
    expect(firstLinesRequest(metrics, runIds, view)).toEqual({
      wanted: [
        { key: 'loss', runIds },
        { key: 'accuracy', runIds },
      ],
      // Two cards side by side, of 650 px each, in leaps of 100 px.
      buckets: 350,
    });
  });

  test('is as fine as one chart is wide that stands alone', () => {
    expect(firstLinesRequest(metrics.slice(0, 1), runIds, view)?.buckets).toBe(650);
  });

  test('leaves out hidden runs, hidden cards and closed sections', () => {
    const layout = { ...defaultLayout, hidden: ['line:loss'], closedSections: ['train'] };
    const request = firstLinesRequest(metrics, runIds, {
      ...view,
      layout,
      hiddenRuns: ['b' as RunId],
    });
    expect(request?.wanted).toEqual([{ key: 'accuracy', runIds: ['a', 'c'] }]);
  });

  test('is nothing where there is nothing to draw', () => {
    expect(firstLinesRequest([], runIds, view)).toBeUndefined();
    expect(firstLinesRequest(metrics, [], view)).toBeUndefined();
    expect(firstLinesRequest(metrics, runIds, { ...view, hiddenRuns: runIds })).toBeUndefined();
  });

  test('has all points that can be had where lines are smoothed', () => {
    const lines = { ...defaultLineView, smoothing: 0.6 };
    expect(firstLinesRequest(metrics, runIds, { ...view, lines })?.buckets).toBeGreaterThan(30_000);
  });
});
