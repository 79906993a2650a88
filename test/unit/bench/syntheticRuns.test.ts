import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  asFloat32Prints,
  metricKeys,
  pointChanges,
  syntheticRun,
} from '../../bench/store/syntheticRuns';
import { tableQueries } from '../../bench/store/tableQueries';

test('a value is the shortest decimal of its float32', () => {
  const values = [0.1, 1 / 3, 0.000025, 16_777_217].map(Math.fround);
  expect(values.map(asFloat32Prints)).toEqual([0.1, 0.33333334, 0.000025, 16_777_216]);
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (single) => {
      // A zero has no sign when printed.
      expect(Math.fround(asFloat32Prints(single))).toBe(single + 0);
    }),
  );
});

test('a run is the same each time, and another than the next', () => {
  expect(syntheticRun(3, 20)).toEqual(syntheticRun(3, 20));
  expect(syntheticRun(3, 0).id).toBe(syntheticRun(3, 20).id);
  expect(syntheticRun(4, 20).id).not.toBe(syntheticRun(3, 20).id);
});

test('commits hold all points of a run once, in order', () => {
  const run = syntheticRun(0, 10);
  const changes = [...pointChanges(run, 0, 4), ...pointChanges(run, 4, 10)];
  for (const key of metricKeys) {
    const parts = changes.filter(
      (change) => change.kind === 'pointsAppended' && change.key === key,
    );
    const column = (name: 'steps' | 'values' | 'timesMs') =>
      parts.flatMap((part) => (part.kind === 'pointsAppended' ? [...part[name]] : []));
    expect(column('steps')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(column('values')).toEqual([...(run.metrics.get(key) ?? [])]);
    expect(column('timesMs')).toEqual([...run.timesMs]);
  }
});

test('no question is asked twice', () => {
  const texts = tableQueries.map((query) => JSON.stringify(query));
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts.length).toBeGreaterThan(400);
});
