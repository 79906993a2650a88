import { existsSync, readdirSync, rmSync, truncateSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Disk, nodeDisk } from '../../../src/store/disk/disk';
import { readSnapshotPositions } from '../../../src/store/snapshot/snapshotFile';
import { eventually, makeFolder, openTestStore, type TestStore } from './openTestStore';
import { readAll } from './readAll';
import { ended, points, runId, started } from './sampleChanges';

const journals = (folder: string) => readdirSync(join(folder, 'journal')).sort();
const snapshot = (folder: string) => join(folder, 'store.db');
const framesIn = (folder: string) =>
  [...(readSnapshotPositions(nodeDisk, snapshot(folder)) ?? [])].reduce(
    (sum, [, { sequence }]) => sum + sequence,
    0,
  );

async function commitPoints(store: TestStore, from: number, to: number): Promise<void> {
  for (let step = from; step < to; step++) {
    await store.commit([points('r1', 'loss', [step], step)]);
  }
}

const values = async (store: TestStore) => [
  ...(await store.readSeries(runId('r1'), 'loss')).values,
];
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('a snapshot is taken after so many commits, or so many bytes', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder, { snapshotAfterFrames: 20 });
  await store.commit([started('r1')]);
  await commitPoints(store, 0, 18);
  expect(existsSync(snapshot(folder))).toBe(false);
  await commitPoints(store, 18, 25);
  await eventually(async () => expect(framesIn(folder)).toBeGreaterThanOrEqual(20));

  const other = makeFolder();
  const large = await openTestStore(other, { snapshotAfterBytes: 20_000 });
  await large.commit([started('r1')]);
  expect(existsSync(snapshot(other))).toBe(false);
  await large.commit([points('r1', 'loss', Array.from({ length: 5000 }, Math.random))]);
  await eventually(async () => expect(framesIn(other)).toBe(2));
});

test('a window closes without a snapshot where none is worth the wait', async () => {
  const folder = makeFolder();
  const few = { snapshotAtClose: 'ifWorthwhile', snapshotAfterFrames: 100 } as const;
  const first = await openTestStore(folder, few);
  await first.commit([started('r1'), ended('r1')]);
  await commitPoints(first, 0, 5);
  await first.close();
  expect(existsSync(snapshot(folder))).toBe(false);
  // What is in none adds up.
  const second = await openTestStore(folder, few);
  await commitPoints(second, 5, 10);
  await second.close();
  expect(framesIn(folder)).toBe(11);
});

test('a window is not kept from closing by the snapshot of a large store, which the next one takes', async () => {
  const folder = makeFolder();
  let isLarge = false;
  const disk: Disk = {
    ...nodeDisk,
    stat: (path) =>
      isLarge && path === snapshot(folder)
        ? { modifiedAtMs: 1, sizeBytes: 1e9 }
        : nodeDisk.stat(path),
  };
  const few = { snapshotAtClose: 'ifWorthwhile', snapshotAfterFrames: 100 } as const;
  const first = await openTestStore(folder, { ...few, disk });
  await first.commit([started('r1'), ended('r1')]);
  await commitPoints(first, 0, 50);
  isLarge = true;
  await first.close();
  expect(existsSync(snapshot(folder))).toBe(false);
  await openTestStore(folder, { ...few, snapshotAfterFrames: 51 });
  await eventually(async () => expect(framesIn(folder)).toBe(51));
});

test('a snapshot is built from what is on disk, and from memory where the disk lost some', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder, { snapshotAtClose: 'always' });
  await store.commit([started('r1'), ended('r1')]);
  await commitPoints(store, 0, 10);
  const shown = await readAll(store);
  const [journal = ''] = journals(folder);
  truncateSync(join(folder, 'journal', journal), 200);
  await store.close();
  expect(framesIn(folder)).toBe(11);
  rmSync(join(folder, 'journal', journal));
  expect(await readAll(await openTestStore(folder))).toEqual(shown);
});

test('a journal is left at its size, and goes once two snapshots contain it, while its window lives', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder, {
    maxJournalBytes: 2000,
    snapshotAfterFrames: 10,
    snapshotRestMs: 0,
  });
  const watching = await openTestStore(folder, { pollMs: 5 });
  await store.commit([started('r1')]);
  const [first = ''] = journals(folder);
  await commitPoints(store, 0, 60);
  expect(journals(folder).length).toBeGreaterThan(1);
  expect(journals(folder)).toContain(first);
  await eventually(async () => expect(await values(watching)).toEqual(upTo(60)));

  const aMinuteAgo = new Date(Date.now() - 61_000);
  for (const name of journals(folder)) {
    utimesSync(join(folder, 'journal', name), aMinuteAgo, aMinuteAgo);
  }
  let step = 60;
  await eventually(async () => {
    await commitPoints(store, step, ++step);
    expect(journals(folder)).not.toContain(first);
  });
  // The run goes on under the name of its first writer.
  expect(readdirSync(join(folder, 'writers'))).toContain(first.replace('.log', '.json'));
  const later = await openTestStore(folder);
  expect(await values(later)).toEqual(upTo(step));
  expect((await later.getRun(runId('r1')))?.status).toBe('running');
  expect(await values(store)).toEqual(upTo(step));
  await eventually(async () => expect(await values(watching)).toEqual(upTo(step)));
  await store.close();
  expect(readdirSync(join(folder, 'writers'))).toEqual([]);
});

test('a window that slept while journals went loses nothing and sees nothing twice', async () => {
  const folder = makeFolder();
  let isAsleep = false;
  const disk: Disk = {
    ...nodeDisk,
    // What a suspended process does not look at.
    list: (path) => (isAsleep ? [] : nodeDisk.list(path)),
    stat: (path) => (isAsleep && path.endsWith('store.db') ? undefined : nodeDisk.stat(path)),
  };
  const slept = await openTestStore(folder, { disk, pollMs: 5 });
  const store = await openTestStore(folder, { maxJournalBytes: 1000, snapshotAtClose: 'always' });
  await store.commit([started('r1')]);
  await eventually(async () => expect(await slept.listRuns()).toHaveLength(1));
  await slept.commit([started('own', 2000), points('own', 'acc', [1])]);
  isAsleep = true;
  await commitPoints(store, 0, 60);
  await store.close();
  for (const id of ['r2', 'r3']) {
    const anHourAgo = new Date(Date.now() - 3_600_000);
    for (const name of journals(folder)) {
      utimesSync(join(folder, 'journal', name), anHourAgo, anHourAgo);
    }
    const session = await openTestStore(folder);
    await session.commit([started(id, 3000), ended(id)]);
    await session.close();
  }
  expect(journals(folder).length).toBeLessThan(5);
  const told = slept.changes.length;
  isAsleep = false;
  // It commits while it comes to know what it missed.
  const commits = upTo(50).map((step) => slept.commit([points('own', 'loss', [step], step)]));
  await eventually(async () => expect(await values(slept)).toEqual(upTo(60)));
  await Promise.all(commits);
  expect((await slept.listRuns()).map(({ id }) => id).sort()).toEqual(['own', 'r1', 'r2', 'r3']);
  const own = async (from: TestStore) => [
    ...(await from.readSeries(runId('own'), 'acc')).values,
    ...(await from.readSeries(runId('own'), 'loss')).values,
  ];
  expect(await own(slept)).toEqual([1, ...upTo(50)]);
  expect(slept.changes.slice(told).some(({ runIds }) => runIds.length === 4)).toBe(true);
  expect(slept.problems).toEqual([]);
  const fresh = await openTestStore(folder);
  expect(await own(fresh)).toEqual([1, ...upTo(50)]);
  expect(await values(fresh)).toEqual(upTo(60));
});

test('a window that slept so long that its own journal went, as one of a dead process, goes on in a new one', async () => {
  const folder = makeFolder();
  const slept = await openTestStore(folder, { pollMs: 600_000, retryMs: 1 });
  await slept.commit([started('own'), points('own', 'loss', [0])]);
  const [own = ''] = journals(folder);
  for (const id of ['r1', 'r2']) {
    const anHourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(join(folder, 'journal', own), anHourAgo, anHourAgo);
    utimesSync(join(folder, 'writers', own.replace('.log', '.json')), anHourAgo, anHourAgo);
    const session = await openTestStore(folder);
    await session.commit([started(id), ended(id)]);
    await session.close();
  }
  expect(journals(folder)).not.toContain(own);
  await Promise.all([
    slept.commit([points('own', 'loss', [1], 1)]),
    slept.commit([points('own', 'loss', [2], 2)]),
  ]);
  expect(slept.problems).toEqual([]);
  await slept.takeNumber('anything');
  for (const store of [slept, await openTestStore(folder)]) {
    expect([...(await store.readSeries(runId('own'), 'loss')).values]).toEqual([0, 1, 2]);
    expect((await store.listRuns()).map(({ id }) => id).sort()).toEqual(['own', 'r1', 'r2']);
  }
});

test('journals that only wait for a second snapshot go at the next start, where they take space', async () => {
  const folder = makeFolder();
  const small = { snapshotAfterBytes: 5000, snapshotAtClose: 'ifWorthwhile' } as const;
  const store = await openTestStore(folder, small);
  await store.commit([started('r1'), ended('r1')]);
  await store.commit([points('r1', 'loss', Array.from({ length: 2000 }, Math.random))]);
  await store.close();
  const [journal = ''] = journals(folder);
  expect(framesIn(folder)).toBe(2);
  const aMinuteAgo = new Date(Date.now() - 61_000);
  utimesSync(join(folder, 'journal', journal), aMinuteAgo, aMinuteAgo);
  const next = await openTestStore(folder, small);
  await eventually(async () => expect(journals(folder)).toEqual([]));
  expect(await values(next)).toHaveLength(2000);
  await next.close();
  expect(existsSync(join(folder, 'store.db.previous'))).toBe(true);
});

test('a thread that cannot build a snapshot is told of, and costs nothing', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder, { snapshotWorkerPath: 'nowhere.js' });
  await store.commit([started('r1'), ended('r1')]);
  await store.close();
  expect(store.problems[0]?.message).toMatch(/could not write a snapshot .*nowhere\.js/);
  expect(existsSync(snapshot(folder))).toBe(false);
  expect(await (await openTestStore(folder)).listRuns()).toHaveLength(1);
});
