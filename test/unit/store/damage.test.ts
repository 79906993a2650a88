import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { encode } from '@msgpack/msgpack';
import { expect, test } from 'vitest';
import { checkStore } from '../../../src/store/export/checkStore';
import { makeFolder, openTestStore, type TestStore, wasmPath } from './openTestStore';
import { ended, points, runId, sampleContent, started } from './sampleChanges';

const ids = async (store: TestStore) => (await store.listRuns()).map(({ id }) => id);

/** A store that holds r1, and r2 in its newest session. */
async function makeStore(): Promise<string> {
  const folder = makeFolder();
  for (const id of ['r1', 'r2']) {
    const store = await openTestStore(folder);
    await store.commit([started(id, id === 'r1' ? 1000 : 2000), points(id, 'loss', [3, 2, 1])]);
    await store.commit([ended(id)]);
    await store.close();
  }
  return folder;
}

/** A store whose changes are in its only journal alone. */
async function makeJournal(): Promise<{ folder: string; journal: string }> {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  for (const id of ['r1', 'r2', 'r3']) await store.commit([started(id), ended(id)]);
  await store.close();
  const [name = ''] = readdirSync(join(folder, 'journal'));
  // As if it had not come to taking one.
  rmSync(join(folder, 'store.db'));
  return { folder, journal: join(folder, 'journal', name) };
}

function flip(path: string, offset: number): void {
  const bytes = readFileSync(path);
  const at = offset < 0 ? bytes.length + offset : offset;
  bytes[at] = (bytes[at] ?? 0) ^ 0x20;
  writeFileSync(path, bytes);
}

const setAside = (folder: string) => readdirSync(join(folder, 'damaged'));

test('half a record at the end of a journal is left out, told of once and kept aside', async () => {
  const { folder, journal } = await makeJournal();
  const whole = readFileSync(journal);
  truncateSync(journal, whole.length - 5);
  expect((await checkStore(folder, wasmPath)).notes[0]).toMatch(/unfinished record/);

  const store = await openTestStore(folder);
  expect(await ids(store)).toEqual(['r1', 'r2']);
  expect(store.problems).toHaveLength(1);
  expect(store.problems[0]?.message).toMatch(/unfinished record .* A copy of the file is in /);
  expect(await store.listProblems()).toEqual(store.problems);
  const [copy = ''] = setAside(folder);
  expect(copy).toMatch(/\.log\.\d{4}-\d\d-\d\dT/);
  expect(readFileSync(join(folder, 'damaged', copy))).toEqual(whole.subarray(0, -5));
  await store.commit([started('r4')]);
  await store.close();

  const again = await openTestStore(folder);
  expect(again.problems).toEqual([]);
  expect((await ids(again)).sort()).toEqual(['r1', 'r2', 'r4']);
});

test('a flipped byte in a journal stops its reading there, and the file is kept aside', async () => {
  const { folder, journal } = await makeJournal();
  flip(journal, -20);
  const damaged = readFileSync(journal);
  expect((await checkStore(folder, wasmPath)).damage[0]).toMatch(
    /not as it was written, from byte/,
  );

  const store = await openTestStore(folder);
  expect(await ids(store)).toEqual(['r1', 'r2']);
  expect(store.problems[0]?.message).toMatch(/is damaged from byte \d+ on/);
  const [copy = ''] = setAside(folder);
  expect(readFileSync(join(folder, 'damaged', copy))).toEqual(damaged);
  await store.close();
  expect((await checkStore(folder, wasmPath)).damage).toEqual([]);
});

test('zeros that a power cut left at the end of a journal are not taken for records', async () => {
  const { folder, journal } = await makeJournal();
  appendFileSync(journal, new Uint8Array(4096));
  const store = await openTestStore(folder);
  expect(await ids(store)).toEqual(['r1', 'r2', 'r3']);
  expect(store.problems[0]?.message).toMatch(/is damaged from byte/);
});

test.each([
  ['its data', 5000],
  ['its first page', 20],
  ['its footer', -3],
  ['its positions', -20],
])('a snapshot with a flipped byte in %s is set aside and loses nothing', async (_, offset) => {
  const folder = await makeStore();
  flip(join(folder, 'store.db'), offset);
  const damaged = readFileSync(join(folder, 'store.db'));
  expect((await checkStore(folder, wasmPath)).damage).toEqual([
    'store.db is not as it was written.',
  ]);

  const store = await openTestStore(folder);
  expect(await ids(store)).toEqual(['r2', 'r1']);
  expect([...(await store.readSeries(runId('r2'), 'loss')).values]).toEqual([3, 2, 1]);
  expect(store.problems[0]?.message).toMatch(/store\.db was damaged and has been set aside as /);
  const [copy = ''] = setAside(folder);
  expect(readFileSync(join(folder, 'damaged', copy))).toEqual(damaged);
  await store.commit([started('r3', 3000)]);
  await store.close();
  expect(await ids(await openTestStore(folder))).toEqual(['r3', 'r2', 'r1']);
});

test('with both snapshots damaged the journals are enough', async () => {
  const folder = await makeStore();
  flip(join(folder, 'store.db'), 5000);
  flip(join(folder, 'store.db.previous'), 5000);
  const store = await openTestStore(folder);
  expect(await ids(store)).toEqual(['r2', 'r1']);
  expect(store.problems).toHaveLength(2);
  expect(setAside(folder)).toHaveLength(2);
});

test('a crash between the two renames of a snapshot costs nothing', async () => {
  const folder = await makeStore();
  rmSync(join(folder, 'store.db'));
  const store = await openTestStore(folder);
  expect(await ids(store)).toEqual(['r2', 'r1']);
  expect(store.problems).toEqual([]);
});

test('a blob with a flipped byte is refused and not changed', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const hash = await store.putBlob(new TextEncoder().encode('a notebook'.repeat(50)));
  const path = join(folder, 'blobs', hash.slice(0, 2), `${hash}.z`);
  flip(path, 12);
  const damaged = readFileSync(path);
  await expect(store.readBlob(hash)).rejects.toThrow(
    /is damaged: its content is not what was stored/,
  );
  expect(readFileSync(path)).toEqual(damaged);
  await store.commit([started('r1')]);
  expect((await checkStore(folder, wasmPath)).damage[0]).toMatch(/is damaged/);
});

test('a blob that something needs and that is gone is damage', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const script = await store.putBlob(new TextEncoder().encode('print(1)'));
  await store.commit([
    started('r1'),
    { kind: 'codeStateRecorded', runId: runId('r1'), codeState: { script } },
  ]);
  expect((await checkStore(folder, wasmPath)).damage).toEqual([]);
  rmSync(join(folder, 'blobs', script.slice(0, 2), `${script}.z`));
  expect((await checkStore(folder, wasmPath)).damage).toEqual([
    `run r1 needs blob ${script}, which is missing.`,
  ]);
});

test('a folder without a store is no whole store', async () => {
  const { damage } = await checkStore(makeFolder(), wasmPath);
  expect(damage[0]).toMatch(/There is no Epochlog store/);
});

test('a change that only a newer version knows is not lost, and nothing is written beside it', async () => {
  const { folder, journal } = await makeJournal();
  const payload = encode([4, Date.now(), 0, [{ kind: 'modelRegistered', name: 'digits' }]]);
  const header = new DataView(new ArrayBuffer(8));
  header.setUint32(0, payload.length, true);
  header.setUint32(4, crc32(payload), true);
  appendFileSync(journal, Buffer.concat([new Uint8Array(header.buffer), payload]));
  const newer = readFileSync(journal);

  const store = await openTestStore(folder);
  expect(await ids(store)).toEqual(['r1', 'r2', 'r3']);
  await expect(store.commit([started('r4')])).rejects.toThrow(/newer version of Epochlog/);
  await store.close();
  expect(readFileSync(journal)).toEqual(newer);
  expect(readdirSync(folder)).not.toContain('store.db');
});

test('a content that was damaged is there again once it is stored again', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const hash = await store.putBlob(sampleContent);
  const path = join(folder, 'blobs', hash.slice(0, 2), `${hash}.z`);
  writeFileSync(path, new Uint8Array(5));
  await expect(store.readBlob(hash)).rejects.toThrow(/is damaged/);
  await store.putBlob(sampleContent);
  expect(await store.readBlob(hash)).toEqual(Buffer.from(sampleContent));
  expect(store.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/has been set aside as .*damaged.* Its content is stored anew/),
  ]);
  const [aside = ''] = readdirSync(join(folder, 'damaged'));
  expect([...readFileSync(join(folder, 'damaged', aside))]).toEqual([0, 0, 0, 0, 0]);
});
