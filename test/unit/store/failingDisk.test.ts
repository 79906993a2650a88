import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type Disk, nodeDisk } from '../../../src/store/disk/disk';
import { clockedDisk } from './clockedDisk';
import { eventually, makeFolder, openTestStore, type TestStore } from './openTestStore';
import { edited, ended, points, runId, sampleContent, started, taken } from './sampleChanges';

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

const ids = async (store: TestStore) => (await store.listRuns()).map(({ id }) => id).sort();
const values = async (store: TestStore) => [
  ...(await store.readSeries(runId('r1'), 'loss')).values,
];

test('what does not fit on a full disk is held, told of once, and written when space returns', async () => {
  const folder = makeFolder();
  const { disk, state } = fullDisk();
  const store = await openTestStore(folder, { disk, retryMs: 1 });
  await store.commit([started('r1')]);
  const other = await openTestStore(folder);

  let next = 0;
  for (let freeBytes = 0; freeBytes < 370; freeBytes += 37) {
    state.freeBytes = freeBytes;
    let acknowledged = 0;
    const commits = [0, 1, 2, 3].map(async () => {
      const value = next++;
      await store.commit([points('r1', 'loss', [value], value)]);
      acknowledged++;
    });
    await eventually(async () => expect(store.problems.length % 2).toBe(1));
    expect(acknowledged).toBeLessThan(4);
    state.freeBytes = Number.POSITIVE_INFINITY;
    await Promise.all(commits);
  }
  const all = Array.from({ length: next }, (_, index) => index);
  expect(await values(store)).toEqual(all);
  expect(store.problems.map(({ message }) => message)).toEqual(
    Array.from({ length: 10 }, () => [
      `Epochlog cannot write to ${folder}: the disk is full (ENOSPC). What is recorded meanwhile is kept in memory, and written as soon as that has passed.`,
      `Epochlog writes to ${folder} again. What was recorded meanwhile is on disk.`,
    ]).flat(),
  );
  await eventually(async () => expect(await values(other)).toEqual(all));
  await store.commit([ended('r1')]);
  await store.close();
  await other.close();
  expect(readdirSync(join(folder, 'journal'))).toHaveLength(1);
  const again = await openTestStore(folder);
  expect(await values(again)).toEqual(all);
  expect(again.problems).toEqual([]);
});

test('logs and contents are held on a full disk too, each whole and once', async () => {
  const folder = makeFolder();
  const { disk, state } = fullDisk();
  const store = await openTestStore(folder, { disk, retryMs: 1 });
  await store.commit([started('r1')]);
  const text = (part: string) => new TextEncoder().encode(part);
  await store.appendLog(runId('r1'), text('epoch 1\n'));
  state.freeBytes = 5;
  const held = Promise.all([
    store.appendLog(runId('r1'), text('epoch 2\n')),
    store.putBlob(text('a notebook')),
  ]);
  await eventually(async () => expect(store.problems).toHaveLength(1));
  const later = store.appendLog(runId('r1'), text('epoch 3\n'));
  state.freeBytes = Number.POSITIVE_INFINITY;
  const [, hash] = await held;
  await later;
  expect(new TextDecoder().decode(await store.readLog(runId('r1')))).toBe(
    'epoch 1\nepoch 2\nepoch 3\n',
  );
  expect(new TextDecoder().decode(await store.readBlob(hash))).toBe('a notebook');
});

test('a log whose failed write could not be taken back holds it once all the same', async () => {
  const folder = makeFolder();
  let isFailing = false;
  const disk: Disk = {
    ...nodeDisk,
    async sync(file) {
      if (isFailing) throw failure('EIO');
      await nodeDisk.sync(file);
    },
    truncate(file, sizeBytes) {
      if (isFailing) throw failure('EIO');
      nodeDisk.truncate(file, sizeBytes);
    },
  };
  const store = await openTestStore(folder, { disk, retryMs: 1 });
  const text = (part: string) => new TextEncoder().encode(part);
  await store.appendLog(runId('r1'), text('epoch 1\n'));
  isFailing = true;
  const held = store.appendLog(runId('r1'), text('epoch 2\n'));
  await eventually(async () => expect(store.problems).toHaveLength(1));
  isFailing = false;
  await held;
  expect(new TextDecoder().decode(await store.readLog(runId('r1')))).toBe('epoch 1\nepoch 2\n');
});

test('what is held is bounded, and what does not fit is rejected and counted', async () => {
  const { disk, state } = fullDisk();
  const folder = makeFolder();
  const store = await openTestStore(folder, { disk, retryMs: 1, maxHeldBytes: 1000 });
  await store.commit([started('r1')]);
  state.freeBytes = 0;
  const held = [store.commit([points('r1', 'loss', [0])])];
  await eventually(async () => expect(store.problems).toHaveLength(1));
  held.push(store.commit([points('r1', 'loss', [1], 1)]));
  held.push(store.appendLog(runId('r1'), new Uint8Array(500)));
  await expect(store.putBlob(new Uint8Array(500))).rejects.toThrow(/no more than 1000 are held/);
  await expect(store.appendLog(runId('r1'), new Uint8Array(500))).rejects.toThrow(/not recorded/);
  const note = edited('r1', { field: 'note', value: 'x'.repeat(1000) });
  await expect(store.commit([note])).rejects.toThrow(/not recorded/);
  state.freeBytes = Number.POSITIVE_INFINITY;
  await Promise.all(held);
  expect(store.problems.at(-1)?.message).toMatch(/3 of what was to be recorded .* is not\.$/);
  expect(await store.putBlob(new Uint8Array(2000))).toHaveLength(64);
});

test('a store that is closed while it holds something tries once more and then says what is lost', async () => {
  const folder = makeFolder();
  const { disk, state } = fullDisk();
  const store = await openTestStore(folder, { disk, retryMs: 600_000 });
  await store.commit([started('r1')]);
  state.freeBytes = 0;
  const outcome = store.commit([started('r2')]).catch((error: Error) => error.message);
  await eventually(async () => expect(store.problems).toHaveLength(1));
  await store.close();
  expect(await outcome).toBe(
    `Epochlog cannot write to ${folder}: the disk is full (ENOSPC). The window was closed before that passed, so this is not recorded.`,
  );

  expect(await ids(await openTestStore(folder))).toEqual(['r1']);
});

test('a disk that has space again when the store is closed gets what was held', async () => {
  const folder = makeFolder();
  const { disk, state } = fullDisk();
  const store = await openTestStore(folder, { disk, retryMs: 600_000 });
  await store.commit([started('r1')]);
  state.freeBytes = 0;
  const held = store.commit([started('r2')]);
  await eventually(async () => expect(store.problems).toHaveLength(1));
  state.freeBytes = Number.POSITIVE_INFINITY;
  await store.close();
  await held;
  expect(await ids(await openTestStore(folder))).toEqual(['r1', 'r2']);
});

test('a store on a full disk opens, though it has a run to end', async () => {
  const folder = makeFolder();
  const first = await openTestStore(folder);
  await first.commit([started('r1')]);
  await first.close();
  const { disk, state } = fullDisk();
  state.freeBytes = 0;
  const store = await openTestStore(folder, { disk, retryMs: 1 });
  expect(store.problems[0]?.message).toMatch(/the disk is full/);
  expect(await ids(store)).toEqual(['r1']);
  state.freeBytes = Number.POSITIVE_INFINITY;
  await eventually(async () =>
    expect((await store.getRun(runId('r1')))?.status).toBe('interrupted'),
  );
});

/**
 * A disk whose sync fails as often as asked for. What was written is there all the same for who reads it,
 * as in a system's cache, and may or may not be taken back.
 */
function unsureDisk({ canCutBack }: { canCutBack: boolean }) {
  const state = { failures: 0 };
  const disk: Disk = {
    ...nodeDisk,
    async sync(file) {
      if (state.failures > 0) {
        state.failures--;
        // Time for another window to read it.
        await new Promise((resolve) => setTimeout(resolve, 60));
        throw failure('EIO');
      }
      await nodeDisk.sync(file);
    },
    truncate(file, sizeBytes) {
      if (!canCutBack) throw failure('EIO');
      nodeDisk.truncate(file, sizeBytes);
    },
  };
  return { disk, state };
}

test.each([
  ['that is taken back', true],
  ['that stays in the first journal', false],
])(
  'what a failed sync left behind, %s, counts once in every window and after',
  async (_, canCutBack) => {
    const folder = makeFolder();
    const { disk, state } = unsureDisk({ canCutBack });
    const store = await openTestStore(folder, { disk, retryMs: 1 });
    const watching = await openTestStore(folder, { pollMs: 5 });
    const asleep = await openTestStore(folder, { pollMs: 600_000 });
    await store.commit([started('r1')]);
    state.failures = 1;
    await Promise.all(
      [0, 1, 2].map((value) => store.commit([points('r1', 'loss', [value], value)])),
    );
    // It fails again in the journal that it moved to, and once more with others behind it.
    state.failures = 2;
    await Promise.all([3, 4].map((value) => store.commit([points('r1', 'loss', [value], value)])));
    await store.commit([points('r1', 'loss', [5], 5)]);

    const all = [0, 1, 2, 3, 4, 5];
    expect(await values(store)).toEqual(all);
    await eventually(async () => expect(await values(watching)).toEqual(all));
    await asleep.takeNumber('anything');
    expect(await values(asleep)).toEqual(all);
    expect(await values(await openTestStore(folder))).toEqual(all);
    expect(readdirSync(join(folder, 'journal')).length).toBeGreaterThan(3);
    for (const each of [watching, asleep, store]) await each.close();
    const later = await openTestStore(folder);
    expect(await values(later)).toEqual(all);
  },
);

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

test('a store whose folder cannot be looked at any more closes, and leaves no lease', async () => {
  const folder = makeFolder();
  const disk = clockedDisk(Date.now);
  const store = await openTestStore(folder, {
    ...{ disk, snapshotAtClose: 'ifWorthwhile', snapshotAfterFrames: 10 },
  });
  await store.commit([started('r1')]);
  disk.beforeCall = (call, path) => {
    if (call === 'stat' && path.endsWith('store.db')) throw failure('ESTALE');
  };
  await store.close();
  expect(readdirSync(join(folder, 'writers'))).toEqual([]);
});

test('nothing is written to a journal that a store that closes has let go of', async () => {
  const folder = makeFolder();
  const disk = clockedDisk(Date.now);
  const store = await openTestStore(folder, { disk });
  await store.commit([started('r1')]);
  await store.putBlob(sampleContent);
  // Another user's content is copied before it is referred to; that copy takes longer than the close.
  disk.beforeCall = (call, path) => {
    if (call === 'touch' && path.includes('blobs')) throw failure('EPERM');
  };
  let finishCopy = () => {};
  const copied = new Promise<void>((resolve) => {
    finishCopy = resolve;
  });
  const { sync } = disk;
  disk.sync = async () => {
    disk.sync = sync;
    await copied;
  };
  const outcome = store.commit([taken('c1')]).catch((error: Error) => error.message);
  await store.close();
  const write = vi.spyOn(disk, 'write');
  finishCopy();
  expect(await outcome).toBe('The store is closed.');
  expect(write).not.toHaveBeenCalled();
});
