import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeDisk } from '../../../src/store/disk/disk';
import { tryLock } from '../../../src/store/disk/folderLock';
import { eventually, makeFolder, openTestStore, type TestStore } from './openTestStore';
import { readAll } from './readAll';
import { edited, ended, points, runId, sampleContent, started, taken } from './sampleChanges';

/** A store with a snapshot and a journal, open in the window that is returned. */
async function openFilled(folder: string): Promise<TestStore> {
  const first = await openTestStore(folder);
  await first.commit([started('r1'), points('r1', 'loss', [3, 2]), ended('r1')]);
  await first.close();
  const store = await openTestStore(folder, { retryMs: 1 });
  await store.putBlob(sampleContent);
  await store.commit([started('r2', 2000), points('r2', 'loss', [1]), taken('c1')]);
  return store;
}

const told = (store: TestStore) => store.problems.map(({ message }) => message);

test.each([
  ['deleted', (folder: string) => rmSync(folder, { recursive: true })],
  ['moved', (folder: string) => renameSync(folder, `${folder}-elsewhere`)],
  [
    'replaced by a copy of before',
    (folder: string) => {
      rmSync(folder, { recursive: true });
      cpSync(`${folder}-before`, folder, { recursive: true });
    },
  ],
])(
  'a store whose folder was %s while it was open is made anew with all that is known',
  async (_, lose) => {
    const parent = makeFolder();
    const folder = join(parent, '.epochlog');
    const store = await openFilled(folder);
    cpSync(folder, `${folder}-before`, { recursive: true });
    await store.commit([edited('r2', { field: 'name', value: 'second' })]);
    lose(folder);
    await Promise.all([
      store.commit([points('r2', 'loss', [0.5], 1)]),
      store.commit([started('r3', 3000)]),
    ]);
    const shown = await readAll(store);
    expect(shown.runs.map(({ id }) => id)).toEqual(['r3', 'r2', 'r1']);
    expect(told(store)).toEqual([
      expect.stringMatching(/was deleted, moved or replaced while it was open/),
    ]);
    // As after a crash: nothing more is written, and its leases are there.
    const other = await openTestStore(folder);
    expect(await readAll(other)).toEqual(shown);
    await other.close();
    await store.close();
    const later = await openTestStore(folder);
    expect((await later.getRun(runId('r2')))?.name).toBe('second');
    expect([...(await later.readSeries(runId('r2'), 'loss')).values]).toEqual([1, 0.5]);
    expect((await later.getRun(runId('r1')))?.status).toBe('finished');
  },
);

test('a window that only looked until then also brings all it knows', async () => {
  const folder = join(makeFolder(), '.epochlog');
  await (await openFilled(folder)).close();
  const store = await openTestStore(folder);
  const shown = await readAll(store);
  rmSync(folder, { recursive: true });
  await store.commit([edited('r1', { field: 'starred', value: true })]);
  await store.close();
  const later = await readAll(await openTestStore(folder));
  expect(later.runs.map(({ id }) => id)).toEqual(shown.runs.map(({ id }) => id));
  expect(later.series).toEqual(shown.series);
});

test('two windows whose folder was deleted meet again in the new one', async () => {
  const folder = join(makeFolder(), '.epochlog');
  const [one, two] = [await openFilled(folder), await openTestStore(folder, { retryMs: 1 })];
  await two.commit([edited('r1', { field: 'note', value: 'from two' })]);
  await eventually(async () => expect((await one.getRun(runId('r1')))?.note).toBe('from two'));
  rmSync(folder, { recursive: true });
  await one.commit([started('r3', 3000)]);
  await two.commit([started('r4', 4000)]);
  await one.commit([started('r5', 5000)]);
  for (const store of [one, two]) {
    await eventually(async () =>
      expect((await store.listRuns()).map(({ id }) => id)).toEqual(['r5', 'r4', 'r3', 'r2', 'r1']),
    );
  }
  expect(await readAll(one)).toEqual(await readAll(two));
  expect(await readAll(await openTestStore(folder))).toEqual(await readAll(one));
  expect(readdirSync(join(folder, 'writers')).length).toBeGreaterThanOrEqual(2);
});

test('a window waits with what it knows while another one makes the folder anew', async () => {
  const folder = join(makeFolder(), '.epochlog');
  const store = await openFilled(folder);
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  const lock = tryLock(nodeDisk, join(folder, 'store.lock'), Date.now());
  const committing = store.commit([started('r3', 3000)]);
  await eventually(async () => expect(told(store)).toHaveLength(1));
  lock?.release();
  await committing;
  // As after a crash: all of it is on disk by now.
  const other = await openTestStore(folder);
  expect((await other.listRuns()).map(({ id }) => id)).toEqual(['r3', 'r2', 'r1']);
});
