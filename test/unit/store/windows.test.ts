import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually, makeFolder, openTestStore } from './openTestStore';
import { readAll } from './readAll';
import {
  checkpointId,
  edited,
  points,
  runId,
  sampleContent,
  started,
  taken,
} from './sampleChanges';

test('two windows see what the other does and are told of it', async () => {
  const folder = makeFolder();
  const [one, two] = [await openTestStore(folder), await openTestStore(folder)];
  await one.commit([started('r1'), points('r1', 'loss', [3, 2])]);
  await eventually(async () => expect((await two.getRun(runId('r1')))?.metrics[0]?.count).toBe(2));
  expect(two.changes).toEqual([{ runIds: ['r1'], checkpointIds: [], viewIds: [] }]);

  await two.putBlob(sampleContent);
  await two.commit([edited('r1', { field: 'note', value: 'seen' }), taken('c1')]);
  await eventually(async () => expect(await one.getCheckpoint(checkpointId('c1'))).toBeDefined());
  expect((await one.getRun(runId('r1')))?.note).toBe('seen');
  expect(one.changes.at(-1)).toEqual({ runIds: ['r1'], checkpointIds: ['c1'], viewIds: [] });
  expect(await readAll(one)).toEqual(await readAll(two));
});

test('windows that write the same things at once come to the same state, and keep it', async () => {
  const folder = makeFolder();
  const stores = [
    await openTestStore(folder),
    await openTestStore(folder),
    await openTestStore(folder),
  ];
  await stores[0]?.commit([started('r1')]);
  await Promise.all(
    stores.flatMap((store, window) =>
      Array.from({ length: 40 }, (_, step) =>
        store.commit([
          points('r1', 'loss', [step + window / 10], step),
          edited('r1', { field: 'name', value: `window ${window} step ${step}` }),
          edited('r1', { field: 'tag', key: 'last', value: `${window}/${step}` }),
          {
            kind: 'paramsAdded',
            runId: runId('r1'),
            params: [{ key: `p${step % 5}`, value: `${window}`, origin: 'printed' }],
          },
        ]),
      ),
    ),
  );
  const states = await eventually(async () => {
    const all = await Promise.all(stores.map(readAll));
    for (const state of all) expect(state.runs[0]?.metrics[0]?.count).toBe(120);
    return all;
  });
  for (const state of states.slice(1)) expect(state).toEqual(states[0]);

  for (const store of stores) await store.close();
  const reopened = await readAll(await openTestStore(folder));
  expect({ ...reopened.runs[0], status: 'running', endedAtMs: undefined }).toEqual({
    ...states[0]?.runs[0],
    endedAtMs: undefined,
  });
  expect(reopened.series).toEqual(states[0]?.series);
});

test('a journal goes once two snapshots contain it, its writer is gone and it had time to be read', async () => {
  const folder = makeFolder();
  const journals = () => readdirSync(join(folder, 'journal'));
  const session = async (id: string) => {
    const store = await openTestStore(folder);
    await store.commit([started(id), { ...points(id, 'loss', [1]) }]);
    await store.commit([{ kind: 'runEnded', runId: runId(id), status: 'finished', endedAtMs: 1 }]);
    await store.close();
  };
  await session('r1');
  const [first] = journals();
  await session('r2');
  expect(journals()).toHaveLength(2);
  const twoHoursAgo = new Date(Date.now() - 7_200_000);
  utimesSync(join(folder, 'journal', first ?? ''), twoHoursAgo, twoHoursAgo);
  await session('r3');
  expect(journals()).toHaveLength(2);
  expect(journals()).not.toContain(first);
  expect(await (await openTestStore(folder)).listRuns()).toHaveLength(3);
});
