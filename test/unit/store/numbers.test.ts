import { spawnSync } from 'node:child_process';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Disk, nodeDisk } from '../../../src/store/disk/disk';
import { makeFolder, openTestStore } from './openTestStore';
import { started } from './sampleChanges';

const lockOf = (folder: string) => join(folder, 'exclusive.lock');

test('windows that ask at the same moment get different numbers, without a gap', async () => {
  const folder = makeFolder();
  const stores = [
    // None of them reads the others but for the numbers.
    await openTestStore(folder, { pollMs: 600_000 }),
    await openTestStore(folder, { pollMs: 600_000 }),
    await openTestStore(folder, { pollMs: 600_000 }),
  ];
  const taken = await Promise.all(
    stores.flatMap((store) => Array.from({ length: 7 }, () => store.takeNumber('digits'))),
  );
  expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  expect(await stores[0]?.takeNumber('letters')).toBe(1);
  for (const store of stores) await store.close();
  const later = await openTestStore(folder);
  expect(await later.takeNumber('digits')).toBe(22);
  expect(await later.takeNumber('letters')).toBe(2);
  expect(existsSync(lockOf(folder))).toBe(false);
});

test('who is at work for too long is told of, and who died is not waited for', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder, { exclusiveTimeoutMs: 50 });
  writeFileSync(lockOf(folder), JSON.stringify({ pid: process.pid, host: hostname(), token: 'x' }));
  await expect(store.takeNumber('m')).rejects.toThrow(
    `Another window has been at work on ${folder} for too long.`,
  );
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(lockOf(folder), JSON.stringify({ pid, host: hostname(), token: 'x' }));
  expect(await store.takeNumber('m')).toBe(1);
  // As of one who died between making the file and writing who it is.
  writeFileSync(lockOf(folder), '');
  const tenSecondsAgo = new Date(Date.now() - 10_000);
  utimesSync(lockOf(folder), tenSecondsAgo, tenSecondsAgo);
  expect(await store.takeNumber('m')).toBe(2);
});

test('a number is not given out by a window that lost the lock while it slept', async () => {
  const folder = makeFolder();
  const other = await openTestStore(folder);
  let isAsleep = false;
  const disk: Disk = {
    ...nodeDisk,
    async sync(file) {
      await nodeDisk.sync(file);
      if (!isAsleep) return;
      isAsleep = false;
      const anHourAgo = new Date(Date.now() - 3_600_000);
      utimesSync(lockOf(folder), anHourAgo, anHourAgo);
      // What this one wrote is on disk, so the other counts on from it.
      otherNumber = await other.takeNumber('m');
    },
  };
  let otherNumber = 0;
  const store = await openTestStore(folder, { disk });
  await store.commit([started('r1')]);
  isAsleep = true;
  const number = await store.takeNumber('m');
  expect(new Set([number, otherNumber]).size).toBe(2);
  expect(otherNumber).toBe(2);
  expect(number).toBe(3);
});

test('no number is given out while some of the record cannot be read', async () => {
  const folder = makeFolder();
  const other = await openTestStore(folder);
  await other.takeNumber('m');
  let isBroken = true;
  const disk: Disk = {
    ...nodeDisk,
    readRange(path, offset, length) {
      if (isBroken) throw Object.assign(new Error('EIO: no'), { code: 'EIO' });
      return nodeDisk.readRange(path, offset, length);
    },
  };
  const store = await openTestStore(folder, { disk });
  await expect(store.takeNumber('m')).rejects.toThrow(/cannot read .*the disk reports an error/);
  isBroken = false;
  expect(await store.takeNumber('m')).toBe(2);
});

test('a lock that its own window could not release is released when that is possible again', async () => {
  const folder = makeFolder();
  let isFailing = true;
  const fail = (path: string) => {
    if (isFailing && path === lockOf(folder)) throw Object.assign(new Error('no'), { code: 'EIO' });
  };
  const disk: Disk = {
    ...nodeDisk,
    remove(path) {
      fail(path);
      nodeDisk.remove(path);
    },
  };
  const store = await openTestStore(folder, { disk, exclusiveTimeoutMs: 50 });
  expect(await store.takeNumber('m')).toBe(1);
  expect(store.problems[0]?.message).toMatch(/exclusive\.lock: the disk reports an error \(EIO\)/);
  await expect(store.takeNumber('m')).rejects.toThrow(/cannot write to .*exclusive\.lock/);
  isFailing = false;
  expect(await store.takeNumber('m')).toBe(2);
});
