import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkStore } from '../../../src/store/export/checkStore';
import { eventually, makeFolder, openTestStore, wasmPath } from './openTestStore';
import { readAll } from './readAll';
import {
  checkpointId,
  edited,
  ended,
  points,
  runId,
  sampleContent,
  started,
  taken,
} from './sampleChanges';

const purged = (id: string) => ({ kind: 'runPurged', runId: runId(id) }) as const;

test('a run deleted for good is nowhere: not in lists, series, log or another window', async () => {
  const folder = makeFolder();
  const [one, two] = [await openTestStore(folder), await openTestStore(folder)];
  await one.commit([started('r1'), started('r2'), points('r1', 'loss', [2, 1])]);
  await one.commit([
    { kind: 'paramsAdded', runId: runId('r1'), params: [{ key: 'a', value: '1', origin: 'argv' }] },
    edited('r1', { field: 'tag', key: 'best', value: '' }),
    ended('r1'),
    ended('r2'),
  ]);
  await one.appendLog(runId('r1'), sampleContent);
  await eventually(async () => expect((await two.getRun(runId('r1')))?.status).toBe('finished'));
  await two.commit([purged('r1')]);
  // Said by one that did not know yet.
  await one.commit([edited('r1', { field: 'name', value: 'again' }), points('r1', 'loss', [9])]);

  await eventually(async () => expect(await one.getRun(runId('r1'))).toBeUndefined());
  for (const store of [one, two]) {
    expect((await store.listRuns({ includeDeleted: true })).map(({ id }) => id)).toEqual(['r2']);
    expect((await store.readSeries(runId('r1'), 'loss')).values).toHaveLength(0);
    expect(await store.readLog(runId('r1'))).toHaveLength(0);
  }
  expect(existsSync(join(folder, 'logs', 'r1.log'))).toBe(false);
  await eventually(async () => expect(await readAll(two)).toEqual(await readAll(one)));
  const live = await readAll(one);
  for (const store of [one, two]) await store.close();
  expect(await readAll(await openTestStore(folder))).toEqual(live);
  expect((await checkStore(folder, wasmPath)).damage).toEqual([]);
});

test('a checkpoint deleted for good goes from its notebook, which is told of', async () => {
  const store = await openTestStore(makeFolder());
  await store.putBlob(sampleContent);
  await store.commit([taken('c1'), taken('c2')]);
  const purge = { kind: 'checkpointPurged', checkpointId: checkpointId('c1') } as const;
  await store.commit([purge]);
  expect(store.changes.at(-1)).toEqual({ runIds: [], checkpointIds: ['c1'], viewIds: [] });
  expect((await store.listCheckpoints({ includeDeleted: true })).map(({ id }) => id)).toEqual([
    'c2',
  ]);
  await store.commit([taken('c1'), purge]);
  expect(await store.getCheckpoint(checkpointId('c1'))).toBeUndefined();
});

test('the next snapshot no longer has the space of what was deleted for good', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  let state = 1;
  // Values that no packing makes small, so many that the empty tables count little.
  const values = Array.from({ length: 120_000 }, () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  });
  await store.commit([started('small'), started('large'), points('large', 'loss', values)]);
  await store.commit([ended('small'), ended('large')]);
  await store.cleanUp('snapshot');
  const beforeBytes = statSync(join(folder, 'store.db')).size;
  await store.commit([edited('large', { field: 'deletedAtMs', value: 5 })]);
  const usage = await store.spaceUsage();
  expect(usage.deletedRuns.count).toBe(1);
  expect(usage.deletedRuns.bytes / beforeBytes).toBeGreaterThan(0.8);
  expect(await store.cleanUp('deletedRuns')).toMatchObject({ isDone: true });
  await store.cleanUp('snapshot');
  expect(statSync(join(folder, 'store.db')).size).toBeLessThan(beforeBytes / 4);
  expect((await store.listRuns({ includeDeleted: true })).map(({ id }) => id)).toEqual(['small']);
});
