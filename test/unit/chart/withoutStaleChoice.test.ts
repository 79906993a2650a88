import { describe, expect, test } from 'vitest';
import type { BarsSpec, ChartSpec, HistogramSpec } from '../../../src/core/chart/chartSpec';
import { withoutStaleChoice } from '../../../src/core/chart/withoutStaleChoice';

const bars: BarsSpec = { kind: 'bars', value: 'best(metrics.loss)', groupBy: 'params.seed' };
const { groupBy: _groupBy, ...ofRuns } = bars;
const histogram: HistogramSpec = { kind: 'histogram', value: 'params.lr', scale: 'log' };
const { scale: _scale, ...automatic } = histogram;
const bin = { from: 0, to: 1 };

describe('what is chosen goes with what it is chosen by', () => {
  test.each<readonly [ChartSpec, ChartSpec]>([
    [bars, { ...bars, groupBy: 'params.layers' }],
    [bars, ofRuns],
    [bars, { ...bars, value: 'duration' }],
  ])('of bars: %j as %j', (before, after) => {
    expect(withoutStaleChoice(choose(before, '1'), choose(after, '1'))).toEqual(after);
  });

  test.each<readonly [ChartSpec, ChartSpec]>([
    [histogram, { ...histogram, value: 'duration' }],
    [histogram, { ...histogram, of: 'points' }],
    [histogram, automatic],
  ])('of a histogram: %j as %j', (before, after) => {
    expect(withoutStaleChoice(choose(before, bin), choose(after, bin))).toEqual(after);
  });
});

test.each<readonly [ChartSpec, ChartSpec]>([
  [choose(bars, '1'), { ...choose(bars, '1'), title: 'Seeds' }],
  [choose(bars, '1'), { ...bars, chosen: '1', order: 'name' }],
  [choose(histogram, bin), { ...choose(histogram, bin), title: 'Rates' }],
])('%j is still chosen as %j', (before, after) => {
  expect(withoutStaleChoice(before, after)).toEqual(after);
});

test('runs that are chosen by their ids stay chosen on other axes', () => {
  const scatter: ChartSpec = { kind: 'scatter', x: 'params.lr', y: 'duration', chosen: ['a'] };
  const other: ChartSpec = { ...scatter, x: 'params.seed' };
  expect(withoutStaleChoice(scatter, other)).toEqual(other);
});

// SAFETY: each is called with what its kind chooses by.
function choose(spec: ChartSpec, chosen: unknown): ChartSpec {
  return { ...spec, chosen } as ChartSpec;
}
