import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, openTestStore } from './openTestStore';
import { checkpointId, edited, ended, runId, sampleContent, started, taken } from './sampleChanges';

const dayMs = 24 * 3_600_000;
const bytes = (length: number) => new Uint8Array(length).fill(65);

function age(path: string, ageMs: number): void {
  const seconds = (Date.now() - ageMs) / 1000;
  utimesSync(path, seconds, seconds);
}

test('what takes space is told by what it is there for', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const notebook = await store.putBlob(sampleContent);
  const script = await store.putBlob(bytes(10));
  const orphan = await store.putBlob(bytes(100));
  age(join(folder, 'blobs', orphan.slice(0, 2), `${orphan}.z`), 3_600_000);
  await store.commit([
    started('r1', Date.now()),
    started('old', Date.now() - 100 * dayMs),
    started('gone', Date.now()),
    { kind: 'codeStateRecorded', runId: runId('r1'), codeState: { script } },
    { kind: 'codeStateRecorded', runId: runId('r1'), codeState: { script, diff: notebook } },
    taken('c1'),
    taken('c2'),
  ]);
  for (const id of ['r1', 'old', 'gone']) await store.appendLog(runId(id), bytes(1000));
  await store.commit(['r1', 'old', 'gone'].map((id) => ended(id)));
  await store.commit([edited('gone', { field: 'deletedAtMs', value: 1 })]);
  mkdirSync(join(folder, 'damaged'));
  writeFileSync(join(folder, 'damaged', 'store.db.2026'), bytes(500));
  await new Promise((resolve) => setTimeout(resolve, 400));

  const usage = await store.spaceUsage();
  expect(usage).toMatchObject({
    logs: { count: 3, bytes: 3000 },
    oldLogs: { count: 1, bytes: 1000 },
    deletedRuns: { count: 1, bytes: 1000 },
    deletedCheckpoints: { count: 0, bytes: 0 },
    checkpointContents: { count: 1 },
    codeStates: { count: 1 },
    unreferenced: { count: 1 },
    setAside: { count: 1, bytes: 500 },
    journals: { count: 1 },
  });
  expect(usage.totalBytes).toBeGreaterThan(3500 + usage.journals.bytes);
});

test('old logs go and the runs stay, saying what went', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await store.commit([started('old', Date.now() - 100 * dayMs), started('new', Date.now())]);
  for (const id of ['old', 'new']) await store.appendLog(runId(id), bytes(1000));
  await store.commit([ended('old'), ended('new')]);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(await store.cleanUp('oldLogs')).toEqual({ freedBytes: 1000, isDone: true });
  expect(await store.getRun(runId('old'))).toMatchObject({
    logBytes: 0,
    logLeftOut: { bytes: 1000, why: 'cleanUp' },
  });
  expect(await store.readLog(runId('old'))).toHaveLength(0);
  expect(await store.readLog(runId('new'))).toHaveLength(1000);
  expect((await store.spaceUsage()).oldLogs).toEqual({ count: 0, bytes: 0 });
});

test('deleted checkpoints go for good, and those that are not deleted stay', async () => {
  const store = await openTestStore(makeFolder());
  await store.putBlob(sampleContent);
  await store.commit([taken('c1'), taken('c2')]);
  await store.commit([
    {
      kind: 'checkpointEdited',
      checkpointId: checkpointId('c1'),
      edit: { field: 'deletedAtMs', value: 5 },
    },
  ]);
  expect((await store.spaceUsage()).deletedCheckpoints.count).toBe(1);
  expect(await store.cleanUp('deletedCheckpoints')).toMatchObject({ isDone: true });
  const left = await store.listCheckpoints({ includeDeleted: true });
  expect(left.map(({ id }) => id)).toEqual(['c2']);
});

test('a run that is still recorded is not purged, though it is deleted', async () => {
  const store = await openTestStore(makeFolder());
  await store.commit([started('r1'), edited('r1', { field: 'deletedAtMs', value: 5 })]);
  expect((await store.spaceUsage()).deletedRuns.count).toBe(0);
  await store.cleanUp('deletedRuns');
  expect(await store.listRuns({ includeDeleted: true })).toHaveLength(1);
});

test('what a crash left goes: old temporaries, logs without a run, leases of the dead', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await store.commit([started('r1')]);
  await store.appendLog(runId('r1'), bytes(10));
  const hash = await store.putBlob(sampleContent);
  const left = [
    join(folder, 'store.db.tmp-0a1b'),
    join(folder, 'blobs', hash.slice(0, 2), `${hash}.z.tmp-0a1b`),
    join(folder, 'logs', 'never.log'),
    join(folder, 'writers', 'dead.json'),
  ];
  for (const path of left) writeFileSync(path, '{"pid": 999999999, "host": "elsewhere"}');
  writeFileSync(join(folder, 'writers', 'dead.json'), `{"pid": 99999999, "host": "${hostname()}"}`);
  const young = join(folder, 'store.db.tmp-2c3d');
  writeFileSync(young, 'x');
  await store.cleanUp('unreferenced');
  expect(left.every((path) => existsSync(path))).toBe(true);

  for (const path of [...left, join(folder, 'logs', 'r1.log')]) age(path, 2 * 3_600_000);
  expect((await store.cleanUp('unreferenced')).freedBytes).toBeGreaterThan(100);
  expect(left.filter((path) => existsSync(path))).toEqual([]);
  expect(existsSync(young)).toBe(true);
  expect(readdirSync(join(folder, 'logs'))).toEqual(['r1.log']);
  expect(readdirSync(join(folder, 'writers'))).toHaveLength(1);
  await store.commit([ended('r1')]);
});

test('a journal that cannot be read to its end keeps all contents', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const orphan = await store.putBlob(bytes(100));
  await store.commit([started('r1'), ended('r1')]);
  age(join(folder, 'blobs', orphan.slice(0, 2), `${orphan}.z`), 3_600_000);
  // A living writer whose journal has bytes that nobody understands.
  const other = await openTestStore(folder, { pollMs: 3_600_000 });
  await other.commit([started('r2')]);
  for (const name of readdirSync(join(folder, 'journal'))) {
    const path = join(folder, 'journal', name);
    writeFileSync(path, bytes(40), { flag: 'a' });
  }
  await expect(store.cleanUp('unreferenced')).rejects.toThrow(/cannot be read to its end/);
  expect(await store.readBlob(orphan)).toHaveLength(100);
}, 30_000);
