import { existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Change } from '../../../src/core/change/change';
import type { BlobHash } from '../../../src/core/run/run';
import { sweepBlobs } from '../../../src/store/contents/blobSweep';
import { openStore } from '../../../src/store/openStore';
import type { Store } from '../../../src/store/store';
import { storePaths } from '../../../src/store/storePaths';
import { type ClockedDisk, clockedDisk } from './clockedDisk';
import { makeFolder, wasmPath } from './openTestStore';
import { checkpointId, taken } from './sampleChanges';

const minuteMs = 60_000;

beforeEach(() => {
  // Leases and contents are renewed by intervals, which then pass with the test's own clock.
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Window {
  readonly store: Store;
  readonly disk: ClockedDisk;
}

async function openWindow(folder: string): Promise<Window> {
  const disk = clockedDisk(() => Date.now());
  const listener = { changed: () => {}, problem: () => {} };
  // It is caught up when it has to be; an hour of looks at the others would take long.
  const rareMs = 24 * 60 * minuteMs;
  const rare = { pollMs: rareMs, abandonedMs: rareMs, thinMs: rareMs };
  const options = { wasmPath, disk, exclusiveTimeoutMs: 20, retryMs: 1, ...rare };
  return { store: await openStore(folder, listener, options), disk };
}

const textOf = async ({ store }: Window, hash: BlobHash) =>
  new TextDecoder().decode(await store.readBlob(hash));

const bytesOf = (text: string) => new TextEncoder().encode(text.repeat(20));

function takenOf(id: string, content: BlobHash): Change {
  return { kind: 'checkpointTaken', checkpoint: { ...taken(id).checkpoint, content } };
}

const blobNames = (folder: string) =>
  (existsSync(join(folder, 'blobs'))
    ? readdirSync(join(folder, 'blobs'), { recursive: true, encoding: 'utf8' })
    : []
  )
    .filter((name) => name.includes('.z'))
    .map((name) => name.split(/[\\/]/)[1] ?? name)
    .sort();

async function collect({ store }: Window): Promise<number> {
  for (let freedBytes = 0; ; ) {
    const step = await store.cleanUp('unreferenced');
    freedBytes += step.freedBytes;
    if (step.isDone) return freedBytes;
  }
}

test('a blob that nothing refers to goes once it has rested, and only that', async () => {
  const folder = makeFolder();
  const [one, two] = [await openWindow(folder), await openWindow(folder)];
  const needed = await one.store.putBlob(bytesOf('needed'));
  await one.store.commit([takenOf('c1', needed)]);
  const orphan = await two.store.putBlob(bytesOf('orphan'));
  await two.store.close();
  expect(await collect(one)).toBe(0);
  vi.advanceTimersByTime(9 * minuteMs);
  expect(await collect(one)).toBe(0);
  vi.advanceTimersByTime(2 * minuteMs);
  expect(await collect(one)).toBeGreaterThan(10);
  expect(blobNames(folder)).toEqual([`${needed}.z`]);
  await expect(one.store.readBlob(orphan)).rejects.toThrow(/cannot read/);
  await one.store.close();
});

test('a blob that was put and is not committed yet stays, in whichever window it was put', async () => {
  const folder = makeFolder();
  const [one, two] = [await openWindow(folder), await openWindow(folder)];
  const hash = await two.store.putBlob(bytesOf('about to be'));
  vi.advanceTimersByTime(30 * minuteMs);
  await collect(one);
  await collect(two);
  await two.store.commit([takenOf('c1', hash)]);
  expect(await textOf(one, hash)).toBe('about to be'.repeat(20));
  for (const { store } of [one, two]) await store.close();
});

test('a commit that needs a blob which is gone is refused', async () => {
  const folder = makeFolder();
  const one = await openWindow(folder);
  // SAFETY: it looks like one.
  const missing = 'ab'.repeat(32) as BlobHash;
  await expect(one.store.commit([takenOf('c1', missing)])).rejects.toThrow(
    /its content ab.* is not in/,
  );
  expect(await one.store.listCheckpoints()).toEqual([]);
  await one.store.close();
});

test('what a purged checkpoint alone referred to is given back, and a shared one stays', async () => {
  const folder = makeFolder();
  const one = await openWindow(folder);
  const [own, shared] = [
    await one.store.putBlob(bytesOf('own')),
    await one.store.putBlob(bytesOf('shared')),
  ];
  await one.store.commit([takenOf('c1', own), takenOf('c2', shared), takenOf('c3', shared)]);
  vi.advanceTimersByTime(11 * minuteMs);
  await one.store.commit([
    { kind: 'checkpointPurged', checkpointId: checkpointId('c1') },
    { kind: 'checkpointPurged', checkpointId: checkpointId('c2') },
  ]);
  await collect(one);
  expect(blobNames(folder)).toEqual([`${shared}.z`]);
  await one.store.close();
});

test('a blob that a crashed collection left under another name is read, and gets its own back', async () => {
  const folder = makeFolder();
  const one = await openWindow(folder);
  const hash = await one.store.putBlob(bytesOf('half collected'));
  await one.store.commit([takenOf('c1', hash)]);
  const path = join(folder, 'blobs', hash.slice(0, 2), `${hash}.z`);
  const doom = () => renameSync(path, `${path}.doomed-0123456789ab`);
  doom();
  expect(await textOf(one, hash)).toBe('half collected'.repeat(20));
  await one.store.commit([takenOf('c2', hash)]);
  expect(blobNames(folder)).toEqual([`${hash}.z`]);
  doom();
  await collect(one);
  expect(blobNames(folder)).toEqual([`${hash}.z`]);
  await one.store.close();
});

test('while copies of damaged files are set aside, what they may need stays', async () => {
  const folder = makeFolder();
  const one = await openWindow(folder);
  await one.store.putBlob(bytesOf('orphan'));
  await one.store.close();
  const disk = clockedDisk(() => Date.now());
  disk.makeFolder(join(folder, 'damaged'));
  disk.close(disk.open(join(folder, 'damaged', 'store.db.2026'), 'create'));
  vi.advanceTimersByTime(20 * minuteMs);
  const two = await openWindow(folder);
  expect(await two.store.cleanUp('unreferenced')).toMatchObject({
    freedBytes: 0,
    note: expect.stringMatching(/set aside/),
  });
  await two.store.cleanUp('setAside');
  expect(await collect(two)).toBeGreaterThan(10);
  await two.store.close();
});

test('a blob of another user, whose time cannot be set, is kept by a copy', async () => {
  const folder = makeFolder();
  const [one, two] = [await openWindow(folder), await openWindow(folder)];
  const hash = await one.store.putBlob(bytesOf('shared'));
  await one.store.commit([takenOf('c1', hash)]);
  vi.advanceTimersByTime(11 * minuteMs);
  await one.store.commit([{ kind: 'checkpointPurged', checkpointId: checkpointId('c1') }]);
  two.disk.touch = (path) => {
    if (path.includes('blobs')) throw Object.assign(new Error('not yours'), { code: 'EPERM' });
  };
  expect(await two.store.putBlob(bytesOf('shared'))).toBe(hash);
  const path = join(folder, 'blobs', hash.slice(0, 2), `${hash}.z`);
  const isFresh = () => Math.abs(statSync(path).mtimeMs - Date.now()) < 1;
  const pass = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      vi.advanceTimersByTime(minuteMs);
      // Copies are written then, which takes its time.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await pass(16);
  await collect(one);
  expect(await textOf(one, hash)).toBe('shared'.repeat(20));
  // What was put an hour ago is no longer kept fresh.
  await pass(65);
  expect(isFresh()).toBe(false);
  await two.store.commit([takenOf('c2', hash)]);
  expect(isFresh()).toBe(true);
  for (const { store } of [one, two]) await store.close();
});

test('what shows up in the journals while a collection is under way gets its name back', async () => {
  const folder = makeFolder();
  const one = await openWindow(folder);
  const [needed, orphan] = [
    await one.store.putBlob(bytesOf('needed')),
    await one.store.putBlob(bytesOf('orphan')),
  ];
  await one.store.close();
  vi.advanceTimersByTime(11 * minuteMs);
  const context = {
    ...{ disk: one.disk, paths: storePaths(folder), wasmPath, now: () => Date.now() },
    ...{ report: () => {}, passed: () => {} },
  };
  const referenced = new Set<BlobHash>();
  const { freedBytes } = await sweepBlobs(context, {
    referenced: () => referenced,
    isWanted: () => false,
    isHeld: () => true,
    async catchUp() {
      expect(blobNames(folder).every((name) => name.includes('.doomed-'))).toBe(true);
      referenced.add(needed);
    },
  });
  expect(freedBytes).toBeGreaterThan(10);
  expect(blobNames(folder)).toEqual([`${needed}.z`]);
  expect(orphan).not.toBe(needed);
  // Who lost the lock meanwhile removes nothing.
  vi.advanceTimersByTime(11 * minuteMs);
  await sweepBlobs(context, {
    referenced: () => new Set(),
    isWanted: () => false,
    isHeld: () => false,
    catchUp: async () => {},
  });
  expect(blobNames(folder)).toEqual([`${needed}.z`]);
});

/** What another window does at one moment of a collection. */
type Meanwhile = (other: Window, hash: BlobHash) => Promise<unknown>;

const meanwhiles: Readonly<Record<string, Meanwhile>> = {
  'puts it and commits': async ({ store }, hash) => {
    expect(await store.putBlob(bytesOf('the one'))).toBe(hash);
    await store.commit([takenOf('c9', hash)]);
  },
  'commits what it put before': ({ store }, hash) => store.commit([takenOf('c9', hash)]),
};

/** One window collects, another acts just before the collector's disk call `at`; false if it has fewer calls. */
async function race(at: number, meanwhile: Meanwhile): Promise<boolean> {
  const folder = makeFolder();
  const [collector, other, reader] = [
    await openWindow(folder),
    await openWindow(folder),
    await openWindow(folder),
  ];
  const hash = await collector.store.putBlob(bytesOf('the one'));
  await collector.store.commit([takenOf('c1', hash)]);
  vi.advanceTimersByTime(11 * minuteMs);
  await collector.store.commit([{ kind: 'checkpointPurged', checkpointId: checkpointId('c1') }]);
  let calls = 0;
  let acting: Promise<unknown> | undefined;
  let outcome: unknown;
  collector.disk.beforeCall = () => {
    if (calls++ !== at) return;
    acting = meanwhile(other, hash).catch((error) => {
      outcome = error;
    });
  };
  await collector.store.cleanUp('unreferenced');
  collector.disk.beforeCall = undefined;
  await acting;
  await collector.store.cleanUp('unreferenced');
  // A commit that came too late was refused, and only if the blob was gone by then.
  if (acting !== undefined && outcome === undefined) {
    expect(await textOf(reader, hash)).toBe('the one'.repeat(20));
    vi.advanceTimersByTime(30 * minuteMs);
    await collector.store.cleanUp('unreferenced');
    expect(await textOf(reader, hash)).toBe('the one'.repeat(20));
  } else if (outcome !== undefined) {
    expect(String(outcome)).toMatch(/is not in/);
    expect(meanwhile).not.toBe(meanwhiles['puts it and commits']);
  }
  for (const { store } of [collector, other, reader]) await store.close();
  return calls > at;
}

test.each(Object.keys(meanwhiles))(
  'a blob survives a window that %s at any moment of a collection',
  async (name) => {
    const meanwhile = meanwhiles[name] ?? (() => Promise.resolve());
    for (let at = 0; await race(at, meanwhile); at++) expect(at).toBeLessThan(500);
  },
  120_000,
);

test('a collection may die at any of its disk calls: nothing that is needed is lost', async () => {
  for (let at = 0; ; at++) {
    const folder = makeFolder();
    const [collector, other] = [await openWindow(folder), await openWindow(folder)];
    const needed = await other.store.putBlob(bytesOf('needed'));
    await other.store.commit([takenOf('c1', needed)]);
    const orphan = await collector.store.putBlob(bytesOf('orphan'));
    await collector.store.commit([takenOf('c2', orphan)]);
    vi.advanceTimersByTime(11 * minuteMs);
    await other.store.commit([{ kind: 'checkpointPurged', checkpointId: checkpointId('c2') }]);
    let calls = 0;
    collector.disk.beforeCall = () => {
      // Dead from here on: it does not come to releasing its lock either.
      if (calls++ >= at) throw Object.assign(new Error('dead'), { code: 'EROFS' });
    };
    await collector.store.cleanUp('unreferenced').catch(() => {});
    const isWhole = calls <= at;
    expect(await textOf(other, needed)).toBe('needed'.repeat(20));
    // Another comes to the end of it once the lock is stale.
    vi.advanceTimersByTime(11 * minuteMs);
    await other.store.cleanUp('unreferenced');
    expect(blobNames(folder)).toEqual([`${needed}.z`]);
    await other.store.close();
    // Those of the dead one.
    vi.clearAllTimers();
    if (isWhole) break;
  }
}, 120_000);

type Step =
  | { readonly kind: 'put' | 'commit' | 'purge'; readonly window: number; readonly content: number }
  | { readonly kind: 'wait'; readonly minutes: number }
  /** Another window does one of the above just before a disk call of the collector, or it dies there. */
  | {
      readonly kind: 'collect';
      readonly window: number;
      readonly at: number;
      readonly meanwhile: { readonly kind: 'put' | 'commit' | 'purge'; readonly content: number };
      readonly dies: boolean;
    };

const anyWindow = fc.nat({ max: 2 });
const anyContent = fc.nat({ max: 3 });
const anyDeed = fc.constantFrom('put' as const, 'commit' as const, 'purge' as const);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: anyDeed, window: anyWindow, content: anyContent }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      minutes: fc.integer({ min: 1, max: 15 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('collect' as const),
      window: anyWindow,
      at: fc.nat({ max: 50 }),
      meanwhile: fc.record({ kind: anyDeed, content: anyContent }),
      dies: fc.boolean(),
    }),
  },
);

/** Three windows on one folder, and what they have said that is to be kept. */
class Windows {
  readonly #folder = makeFolder();
  readonly #windows: Window[] = [];
  /** Checkpoints that were acknowledged and are not purged, with their contents. */
  readonly #kept = new Map<string, BlobHash>();
  readonly #hashes = new Map<number, BlobHash>();
  #count = 0;

  async open(): Promise<void> {
    for (let i = 0; i < 3; i++) this.#windows.push(await openWindow(this.#folder));
  }

  async act(kind: 'put' | 'commit' | 'purge', index: number, content: number): Promise<void> {
    const { store } = this.#at(index);
    const text = `content ${content}`;
    if (kind === 'put') {
      this.#hashes.set(content, await store.putBlob(bytesOf(text)));
    } else if (kind === 'commit') {
      const hash = this.#hashes.get(content);
      if (hash === undefined) return;
      const id = `c${this.#count++}`;
      try {
        await store.commit([takenOf(id, hash)]);
        this.#kept.set(id, hash);
      } catch (error) {
        expect(String(error)).toMatch(/is not in/);
      }
    } else {
      const id = [...this.#kept].find(([, hash]) => hash === this.#hashes.get(content))?.[0];
      if (id === undefined) return;
      this.#kept.delete(id);
      await store.commit([{ kind: 'checkpointPurged', checkpointId: checkpointId(id) }]);
    }
  }

  async collect(step: Extract<Step, { kind: 'collect' }>): Promise<void> {
    const window = this.#at(step.window);
    let calls = 0;
    let acting: Promise<void> | undefined;
    window.disk.beforeCall = () => {
      const call = calls++;
      if (step.dies && call >= step.at) throw Object.assign(new Error('dead'), { code: 'EROFS' });
      if (call !== step.at) return;
      acting = this.act(step.meanwhile.kind, step.window + 1, step.meanwhile.content);
    };
    const outcome = await collect(window).catch((error: unknown) => error);
    if (!step.dies) window.disk.beforeCall = undefined;
    // One that died before kept the lock for as long as it is not stale.
    if (outcome instanceof Error)
      expect(outcome.message).toMatch(/EROFS|at work on|took the clean-up/);
    await acting;
    if (step.dies) this.#windows[step.window % 3] = await openWindow(this.#folder);
  }

  async check(): Promise<void> {
    for (const [id, hash] of this.#kept) {
      for (const window of this.#windows) await textOf(window, hash);
      expect(id).toMatch(/^c/);
    }
  }

  async end(): Promise<void> {
    vi.advanceTimersByTime(90 * minuteMs);
    await collect(this.#at(0));
    await this.check();
    expect(blobNames(this.#folder)).toEqual(
      [...new Set(this.#kept.values())].map((hash) => `${hash}.z`).sort(),
    );
    for (const { store } of this.#windows) await store.close();
    vi.clearAllTimers();
  }

  #at(index: number): Window {
    const window = this.#windows[index % 3];
    if (window === undefined) throw new Error('not open');
    return window;
  }
}

test('whatever windows put, commit, purge and collect at once, nothing that is needed goes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 16 }), async (steps) => {
      const windows = new Windows();
      await windows.open();
      for (const step of steps) {
        if (step.kind === 'wait') vi.advanceTimersByTime(step.minutes * minuteMs);
        else if (step.kind === 'collect') await windows.collect(step);
        else await windows.act(step.kind, step.window, step.content);
        await windows.check();
      }
      await windows.end();
    }),
    { numRuns: 30 },
  );
}, 120_000);
