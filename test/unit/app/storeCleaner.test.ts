import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createStoreCleaner } from '../../../src/app/storeCleaner';
import { makeFolder, openTestStore } from '../store/openTestStore';
import { edited, ended, runId, started } from '../store/sampleChanges';

async function openCleaner() {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  for (const id of ['r1', 'r2']) {
    await store.commit([started(id)]);
    await store.appendLog(runId(id), new Uint8Array(1000));
    await store.commit([ended(id)]);
  }
  await store.commit([edited('r1', { field: 'deletedAtMs', value: 5 })]);
  const hasLog = (id: string) => existsSync(join(folder, 'logs', `${id}.log`));
  return { store, cleaner: createStoreCleaner(store), hasLog };
}

test('what was chosen goes, and what it gave is told while it goes and after', async () => {
  const { store, cleaner, hasLog } = await openCleaner();
  expect((await cleaner.measure()).deletedRuns).toEqual({ count: 1, bytes: 1000 });
  const told: [string, number][] = [];
  const result = await cleaner.cleanUp(['deletedRuns'], {
    isCancelled: () => false,
    onStep: (part, freedBytes) => told.push([part, freedBytes]),
  });
  expect(result).toEqual({ freedBytes: 1000, notes: [], wasCancelled: false });
  expect(told).toEqual([
    ['deletedRuns', 0],
    ['unreferenced', 1000],
    ['snapshot', 1000],
  ]);
  expect((await store.listRuns({ includeDeleted: true })).map(({ id }) => id)).toEqual(['r2']);
  expect([hasLog('r1'), hasLog('r2')]).toEqual([false, true]);
});

test('it stops where it is cancelled', async () => {
  const { store, cleaner } = await openCleaner();
  const result = await cleaner.cleanUp(['deletedRuns'], {
    isCancelled: () => true,
    onStep: () => {},
  });
  expect(result).toEqual({ freedBytes: 0, notes: [], wasCancelled: true });
  expect(await store.listRuns({ includeDeleted: true })).toHaveLength(2);
});
