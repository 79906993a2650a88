import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Disk, nodeDisk } from '../../../src/store/disk';
import { makeFolder, openTestStore } from './openTestStore';
import { ended, points, runId, started } from './sampleChanges';

/** A disk with `freeBytes` left: a write takes what fits, and fails once nothing does. */
function fullDisk() {
  const state = { freeBytes: Number.POSITIVE_INFINITY };
  const disk: Disk = {
    ...nodeDisk,
    write(file, bytes) {
      const taken = bytes.subarray(0, Math.min(bytes.length, state.freeBytes));
      if (taken.length === 0) throw failure('ENOSPC');
      state.freeBytes -= taken.length;
      return nodeDisk.write(file, taken);
    },
  };
  return { disk, state };
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: no`), { code });
}

test('a full disk rejects what does not fit, keeps what does, and is written to again later', async () => {
  const folder = makeFolder();
  const { disk, state } = fullDisk();
  const store = await openTestStore(folder, { disk });
  await store.commit([started('r1')]);
  const other = await openTestStore(folder);

  for (let freeBytes = 0; freeBytes < 370; freeBytes += 37) {
    state.freeBytes = freeBytes;
    const before = (await store.readSeries(runId('r1'), 'loss')).values.length;
    const results = await Promise.allSettled(
      [0, 1, 2, 3].map((value) => store.commit([points('r1', 'loss', [value], value)])),
    );
    state.freeBytes = Number.POSITIVE_INFINITY;
    const acknowledged = results.filter(({ status }) => status === 'fulfilled').length;
    expect(acknowledged).toBeLessThan(4);
    const after = (await store.readSeries(runId('r1'), 'loss')).values.length;
    expect(after - before).toBe(acknowledged);
    for (const result of results) {
      if (result.status === 'fulfilled') continue;
      expect(result.reason.message).toBe(
        `Epochlog cannot write to ${folder}: the disk is full (ENOSPC).`,
      );
    }
  }
  await store.commit([points('r1', 'loss', [99]), ended('r1')]);
  const live = await store.readSeries(runId('r1'), 'loss');
  await store.close();
  await other.close();
  const again = await openTestStore(folder);
  expect(await again.readSeries(runId('r1'), 'loss')).toEqual(live);
  expect(again.problems).toEqual([]);
});

test('after a sync that failed the next commits go to a journal of their own', async () => {
  const folder = makeFolder();
  let isFailing = false;
  const disk: Disk = {
    ...nodeDisk,
    async sync(file) {
      if (isFailing) throw failure('EIO');
      await nodeDisk.sync(file);
    },
  };
  const store = await openTestStore(folder, { disk });
  await store.commit([started('r1')]);
  isFailing = true;
  await expect(store.commit([started('r2')])).rejects.toThrow(
    /cannot write to .*the disk reports an error \(EIO\)/,
  );
  isFailing = false;
  await store.commit([started('r3')]);
  expect(readdirSync(join(folder, 'journal'))).toHaveLength(2);
  await store.close();
  const ids = (await (await openTestStore(folder)).listRuns()).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['r1', 'r3']));
});

test('a snapshot that cannot be written is told of and loses nothing', async () => {
  const folder = makeFolder();
  const disk: Disk = {
    ...nodeDisk,
    rename(from, to) {
      if (to.endsWith('store.db')) throw failure('EACCES');
      nodeDisk.rename(from, to);
    },
  };
  const store = await openTestStore(folder, { disk, snapshotAfterBytes: 1 });
  await store.commit([started('r1'), ended('r1')]);
  await store.close();
  expect(store.problems[0]?.message).toMatch(/could not write a snapshot .* Nothing is lost/);
  expect(readdirSync(folder).filter((name) => name.startsWith('store'))).toEqual([]);
  expect(await (await openTestStore(folder)).listRuns()).toHaveLength(1);
});

// Root may write everywhere, so the test takes another user's place; Windows has no such users.
test.skipIf(process.seteuid === undefined)(
  'a read-only folder can be read, and says why it is not written',
  async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    await store.commit([started('r1'), ended('r1')]);
    const hash = await store.putBlob(new Uint8Array([1, 2, 3]));
    await store.close();
    const before = readFileSync(join(folder, 'store.db'));
    const folders = ['', 'journal', 'writers', 'blobs', `blobs/${hash.slice(0, 2)}`];
    for (const name of folders) chmodSync(join(folder, name), 0o555);
    const user = process.geteuid?.() ?? 0;
    if (user === 0) process.seteuid?.(65534);
    try {
      const reader = await openTestStore(folder);
      expect(await reader.listRuns()).toHaveLength(1);
      expect(await reader.readBlob(hash)).toHaveLength(3);
      const reason = `Epochlog cannot write to ${folder}: permission is denied (EACCES).`;
      await expect(reader.commit([started('r2')])).rejects.toThrow(reason);
      await expect(reader.commit([started('r2')])).rejects.toThrow(reason);
      await expect(reader.putBlob(new Uint8Array([9]))).rejects.toThrow(/permission is denied/);
      await expect(reader.appendLog(runId('r1'), new Uint8Array([9]))).rejects.toThrow(
        /permission is denied/,
      );
      await reader.close();
    } finally {
      process.seteuid?.(user);
      for (const name of folders) chmodSync(join(folder, name), 0o755);
    }
    expect(readFileSync(join(folder, 'store.db'))).toEqual(before);
  },
);
