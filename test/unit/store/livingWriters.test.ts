import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { SqlDatabase } from '../../../src/store/database/sqlDatabase';
import { type Disk, nodeDisk } from '../../../src/store/disk/disk';
import { HybridClock } from '../../../src/store/journal/hybridClock';
import { loadWithJournals } from '../../../src/store/snapshot/loadWithJournals';
import type { StoreContext } from '../../../src/store/storeContext';
import { storePaths } from '../../../src/store/storePaths';
import { AbandonedRuns } from '../../../src/store/windows/abandonedRuns';
import { eventually, makeFolder, openTestStore, type TestStore, wasmPath } from './openTestStore';
import { ended, points, runId, started } from './sampleChanges';

const journalsOf = (folder: string) =>
  readdirSync(join(folder, 'journal')).map((name) => join(folder, 'journal', name));
const leasesOf = (folder: string) =>
  readdirSync(join(folder, 'writers')).map((name) => join(folder, 'writers', name));
const statusOf = async (store: TestStore) => (await store.getRun(runId('r1')))?.status;
const messages = (store: TestStore) => store.problems.map(({ message }) => message);

test('a run whose recorder is gone is interrupted in a window that stays open', async () => {
  const folder = makeFolder();
  const watching = await openTestStore(folder, { abandonedMs: 10 });
  const recorder = await openTestStore(folder);
  await recorder.commit([started('r1'), points('r1', 'loss', [1])]);
  await eventually(async () => expect(await statusOf(watching)).toBe('running'));
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await statusOf(watching)).toBe('running');
  // Its process did not renew the lease for two minutes, as one that was killed.
  const twoMinutesAgo = new Date(Date.now() - 120_000);
  for (const lease of leasesOf(folder)) utimesSync(lease, twoMinutesAgo, twoMinutesAgo);
  await eventually(async () => expect(await statusOf(watching)).toBe('interrupted'));
  expect((await watching.getRun(runId('r1')))?.endedAtMs).toBe(2000);
  // It was only asleep.
  await recorder.commit([ended('r1')]);
  await eventually(async () => expect(await statusOf(watching)).toBe('finished'));
});

test('a recorder that wakes up second, after both slept, is not taken for gone', async () => {
  const folder = makeFolder();
  const recorder = await openTestStore(folder);
  await recorder.commit([started('r1')]);
  const context: StoreContext = {
    ...{ disk: nodeDisk, paths: storePaths(folder), wasmPath, now: Date.now },
    ...{ report: () => {}, passed: () => {} },
  };
  const { replica } = await loadWithJournals(context, new HybridClock(Date.now));
  const abandoned = new AbandonedRuns(
    context,
    () => false,
    () => 7,
  );
  const [lease = ''] = leasesOf(folder);
  const twoMinutesAgo = new Date(Date.now() - 120_000);
  const look = () => abandoned.look(replica, { atOnce: false });
  utimesSync(lease, twoMinutesAgo, twoMinutesAgo);
  expect(look()).toEqual([]);
  nodeDisk.touch(lease);
  expect(look()).toEqual([]);
  utimesSync(lease, twoMinutesAgo, twoMinutesAgo);
  expect(look()).toEqual([]);
  expect(look()).toEqual([
    { kind: 'logGrew', runId: 'r1', sizeBytes: 7 },
    { kind: 'runEnded', runId: 'r1', status: 'interrupted', endedAtMs: 1000 },
  ]);
});

test('a window never takes its own runs for abandoned', async () => {
  const folder = makeFolder();
  let nowMs = Date.now();
  const store = await openTestStore(folder, { now: () => nowMs, abandonedMs: 10 });
  await store.commit([started('r1')]);
  nowMs += 3_600_000;
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await statusOf(store)).toBe('running');
});

test('a journal that its living writer does not mend, though it writes on, is told of', async () => {
  const folder = makeFolder();
  const writer = await openTestStore(folder);
  await writer.commit([started('r1')]);
  let nowMs = Date.now();
  const [journal = ''] = journalsOf(folder);
  const goodBytes = readFileSync(journal).length;
  await writer.commit([started('r2')]);
  const bytes = readFileSync(journal);
  bytes[goodBytes + 20] = (bytes[goodBytes + 20] ?? 0) ^ 1;
  writeFileSync(journal, bytes);
  const watching = await openTestStore(folder, { now: () => nowMs, pollMs: 5 });
  const quiet = async () => {
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(messages(watching)).toEqual([]);
  };
  await quiet();
  // What does not grow may yet be mended; what grows may for a while.
  nowMs += 11_000;
  await quiet();
  appendFileSync(journal, new Uint8Array(10));
  await eventually(async () =>
    expect(messages(watching)).toEqual([
      expect.stringContaining(`${journal} is damaged from byte ${goodBytes} on`),
    ]),
  );
  // It is kept aside, and not touched.
  expect(readdirSync(join(folder, 'damaged'))).toHaveLength(1);
  expect(readFileSync(journal)).toHaveLength(bytes.length + 10);
  appendFileSync(journal, new Uint8Array(10));
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(messages(watching)).toHaveLength(1);
});

test('a network folder that breaks is told of once, and read on when it is back', async () => {
  const folder = makeFolder();
  let broken: string | undefined;
  const check = () => {
    if (broken !== undefined) throw Object.assign(new Error(`${broken}: no`), { code: broken });
  };
  const checked =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A) => {
      check();
      return call(...args);
    };
  const disk: Disk = {
    ...nodeDisk,
    list: checked(nodeDisk.list),
    stat: checked(nodeDisk.stat),
    read: checked(nodeDisk.read),
    readRange: checked(nodeDisk.readRange),
  };
  const watching = await openTestStore(folder, { disk, pollMs: 5, abandonedMs: 5 });
  const writer = await openTestStore(folder);
  await writer.commit([started('r1')]);
  await eventually(async () => expect(await watching.listRuns()).toHaveLength(1));
  const told: number[] = [];
  for (const code of ['ESTALE', 'EIO', 'ESTALE']) {
    broken = code;
    await writer.commit([points('r1', 'loss', [told.length], told.length)]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    broken = undefined;
    await eventually(async () =>
      expect((await watching.readSeries(runId('r1'), 'loss')).values).toHaveLength(told.length + 1),
    );
    told.push(watching.problems.length);
  }
  // What it was asked meanwhile it could answer, and each time was told of.
  expect(told).toEqual([1, 2, 3]);
  expect(messages(watching)[0]).toMatch(/cannot read .*the network folder is gone \(ESTALE\)/);
});

test('a journal that alone cannot be read is told of, and does not hold up the others', async () => {
  const folder = makeFolder();
  const [one, two] = [await openTestStore(folder), await openTestStore(folder)];
  await one.commit([started('r1')]);
  const [bad = ''] = journalsOf(folder);
  await two.commit([started('r2')]);
  let isBroken = true;
  const disk: Disk = {
    ...nodeDisk,
    readRange(path, offset, length) {
      if (isBroken && path === bad) throw Object.assign(new Error('EIO: no'), { code: 'EIO' });
      return nodeDisk.readRange(path, offset, length);
    },
  };
  const store = await openTestStore(folder, { disk });
  expect((await store.listRuns()).map(({ id }) => id)).toEqual(['r2']);
  expect(messages(store)).toEqual([expect.stringContaining(`cannot read ${bad}`)]);
  isBroken = false;
  await eventually(async () => expect(await store.listRuns()).toHaveLength(2));
  rmSync(bad);
  expect(messages(store)).toHaveLength(1);
});

test('a writer that was taken for dead in the middle of a record is read on when it goes on', async () => {
  const folder = makeFolder();
  const writer = await openTestStore(folder);
  await writer.commit([started('r1')]);
  const watching = await openTestStore(folder);
  const [journal = ''] = journalsOf(folder);
  const [lease = ''] = leasesOf(folder);
  const goodBytes = readFileSync(journal).length;
  // Asleep, after the first bytes of a frame.
  const twoMinutesAgo = new Date(Date.now() - 120_000);
  utimesSync(lease, twoMinutesAgo, twoMinutesAgo);
  appendFileSync(journal, new Uint8Array([40, 0, 0, 0, 1]));
  await eventually(async () =>
    expect(messages(watching)).toEqual([expect.stringMatching(/ends in an unfinished record/)]),
  );
  truncateSync(journal, goodBytes);
  nodeDisk.touch(lease);
  await writer.commit([started('r2')]);
  await eventually(async () => expect(await watching.getRun(runId('r2'))).toBeDefined());
});

test('a load that a network folder breaks off gives its memory back', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await store.commit([started('r1'), ended('r1')]);
  await store.close();
  const disk: Disk = {
    ...nodeDisk,
    list() {
      throw Object.assign(new Error('ESTALE'), { code: 'ESTALE' });
    },
  };
  const context: StoreContext = {
    ...{ disk, paths: storePaths(folder), wasmPath, now: Date.now },
    ...{ report: () => {}, passed: () => {} },
  };
  const close = vi.spyOn(SqlDatabase.prototype, 'close');
  onTestFinished(() => close.mockRestore());
  await expect(loadWithJournals(context, new HybridClock(Date.now))).rejects.toThrow(/ESTALE/);
  expect(close).toHaveBeenCalledTimes(1);
});
