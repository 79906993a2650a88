import { expect, test } from 'vitest';
import type { DirectionRule } from '../../../src/core/run/directionTable';
import type { Store } from '../../../src/store/store';
import { makeFolder, openTestStore } from './openTestStore';
import { ended, points, runId, started } from './sampleChanges';

const high: readonly DirectionRule[] = [{ metric: 'my_thing', direction: 'higher' }];
const low: readonly DirectionRule[] = [{ metric: 'my_*', direction: 'lower' }];
const rising = ['r1', 'my_thing', [2, 9, 1, 4]] as const;

async function metricOf(store: Store, id = 'r1') {
  const run = await store.getRun(runId(id));
  const { direction, best, bestStep, last } = run?.metrics[0] ?? {};
  return { direction, best, bestStep, last };
}

test('what a user says of a metric counts for what is there already, and can be taken back', async () => {
  const store = await openTestStore(makeFolder());
  await store.commit([started('r1'), points(...rising), ended('r1')]);
  const unknown = { direction: undefined, best: 4, bestStep: 3, last: 4 };
  expect(await metricOf(store)).toEqual(unknown);
  await store.setDirections(high);
  expect(await metricOf(store)).toEqual({ direction: 'higher', best: 9, bestStep: 1, last: 4 });
  await store.setDirections(low);
  expect(await metricOf(store)).toEqual({ direction: 'lower', best: 1, bestStep: 2, last: 4 });
  await store.setDirections([]);
  expect(await metricOf(store)).toEqual(unknown);
});

test('it is told as a change of every run, once', async () => {
  const store = await openTestStore(makeFolder());
  await store.commit([started('r1'), points(...rising), started('r2')]);
  const before = store.changes.length;
  await store.setDirections(high);
  await store.setDirections([...high]);
  expect(store.changes.slice(before)).toEqual([
    { runIds: ['r1', 'r2'], checkpointIds: [], viewIds: [] },
  ]);
});

test('runs are ordered by it', async () => {
  const store = await openTestStore(makeFolder());
  await store.commit([
    ...[started('a'), points('a', 'my_thing', [5, 1, 3])],
    ...[started('b'), points('b', 'my_thing', [2, 2, 4])],
    ...[started('c'), points('c', 'my_thing', [9, 3, 2])],
  ]);
  const ids = async () => {
    const orderBy = { metric: 'my_thing', figure: 'best', direction: 'asc' } as const;
    return (await store.listRuns({ orderBy })).map(({ id }) => id).join('');
  };
  expect(await ids()).toBe('cab');
  await store.setDirections(high);
  expect(await ids()).toBe('bac');
  await store.setDirections(low);
  expect(await ids()).toBe('abc');
});

test('what is stored is the same whatever a window thinks of it', async () => {
  const folder = makeFolder();
  const one = await openTestStore(folder);
  const other = await openTestStore(folder);
  await one.setDirections(high);
  await other.setDirections(low);
  await one.commit([started('r1'), points(...rising)]);
  await one.commit([points('r1', 'my_thing', [9, 1], 4), ended('r1')]);
  await other.close();
  await one.close();
  const third = await openTestStore(folder);
  await third.setDirections(low);
  expect(await metricOf(third)).toMatchObject({ best: 1, bestStep: 2 });
  await third.setDirections(high);
  expect(await metricOf(third)).toMatchObject({ best: 9, bestStep: 1 });
});
