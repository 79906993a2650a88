import { expect, test } from 'vitest';
import type { RunId } from '../../../src/core/run/run';
import { chartsOfView, newCharts, parseChartsState } from '../../../src/protocol/chartsState';

// SAFETY: any text is as good an id as another.
const [one, two] = ['r1', 'r2'] as [RunId, RunId];
const view = {
  ...newCharts([one]),
  ...{ search: 'starred', filter: 'acc', hiddenRuns: [one], pinnedRuns: [one], stylePlaces: [one] },
};

test('charts of some runs open as a view is laid out, but of these runs', () => {
  expect(chartsOfView(view, [two])).toEqual({ ...newCharts([two]), filter: 'acc' });
});

test('charts of no runs in particular open with those of the view', () => {
  expect(chartsOfView(view, [])).toEqual({ ...parseChartsState(view), stylePlaces: [] });
  expect(chartsOfView('nonsense', [])).toEqual(newCharts([]));
});
