import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BlobHash, CodeState } from '../../../src/core/run/run';
import { makeFolder, openTestStore } from './openTestStore';
import { readAll } from './readAll';
import {
  checkpointId,
  edited,
  ended,
  points,
  runId,
  sampleContent,
  started,
  startedInNotebook,
  taken,
} from './sampleChanges';

const diff = taken('c1').checkpoint.content;
const codeState: CodeState = { commit: 'abc', branch: 'main', dirty: true, diff };

test('a store opened again holds everything that was committed', async () => {
  const folder = makeFolder();
  const first = await openTestStore(folder);
  await first.putBlob(sampleContent);
  await first.commit([
    started('r1'),
    {
      kind: 'paramsAdded',
      runId: runId('r1'),
      params: [
        { key: 'lr', value: '0.01', origin: 'argv' },
        { key: 'epochs', value: '3', origin: 'argv' },
      ],
    },
    { kind: 'codeStateRecorded', runId: runId('r1'), codeState },
    { kind: 'runLinked', runId: runId('r1'), checkpointId: checkpointId('c1') },
  ]);
  await first.commit([points('r1', 'val/loss', [3, 1, 2]), points('r1', 'speed', [10, 30])]);
  await first.commit([
    {
      kind: 'paramsAdded',
      runId: runId('r1'),
      params: [
        { key: 'seed', value: '7', origin: 'printed' },
        { key: 'lr', value: '0.02', origin: 'config' },
      ],
    },
    ended('r1', 'failed'),
    edited('r1', { field: 'name', value: 'first try' }),
    edited('r1', { field: 'tag', key: 'data', value: 'v2' }),
    edited('r1', { field: 'tag', key: 'gone', value: '' }),
    edited('r1', { field: 'tag', key: 'gone', value: undefined }),
    edited('r1', { field: 'starred', value: true }),
    taken('c1'),
    {
      kind: 'checkpointEdited',
      checkpointId: checkpointId('c1'),
      edit: { field: 'note', value: 'before the holidays' },
    },
  ]);
  const live = await readAll(first);
  await first.close();

  const second = await openTestStore(folder);
  expect(await readAll(second)).toEqual(live);
  expect(await second.getRun(runId('r1'))).toEqual({
    id: 'r1',
    experiment: 'train.py',
    name: 'first try',
    status: 'failed',
    source: {
      kind: 'terminal',
      commandLine: 'python train.py',
      cwd: '/home/me/digits',
      script: 'train.py',
    },
    startedAtMs: 1000,
    endedAtMs: 9000,
    exitCode: 0,
    params: [
      { key: 'lr', value: '0.02', origin: 'config' },
      { key: 'epochs', value: '3', origin: 'argv' },
      { key: 'seed', value: '7', origin: 'printed' },
    ],
    metrics: [
      {
        ...{
          key: 'val/loss',
          direction: 'lower',
          first: 3,
          last: 2,
          min: 1,
          max: 3,
          best: 1,
          bestStep: 1,
        },
        ...{ count: 3, lastStep: 2, lastAtMs: 4000 },
      },
      {
        ...{ key: 'speed', first: 10, last: 30, min: 10, max: 30, best: 30, bestStep: 1 },
        ...{ count: 2, lastStep: 1, lastAtMs: 3000 },
      },
    ],
    tags: { data: 'v2' },
    starred: true,
    checkpointId: 'c1',
    codeState,
    logBytes: 0,
  });
  expect(await second.getCheckpoint(checkpointId('c1'))).toEqual({
    ...taken('c1').checkpoint,
    note: 'before the holidays',
    tags: {},
    starred: false,
  });
  expect(second.problems).toEqual([]);
});

test('values come back bit for bit, also those that are no numbers', async () => {
  const folder = makeFolder();
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1, 5e-324];
  const first = await openTestStore(folder);
  await first.commit([
    started('r1'),
    { ...points('r1', 'loss', values), steps: new Float64Array([Number.NaN, 1, 2, 3, 4]) },
  ]);
  await first.close();

  const second = await openTestStore(folder);
  const series = await second.readSeries(runId('r1'), 'loss');
  expect([...series.values]).toEqual(values);
  expect([...series.steps]).toEqual([Number.NaN, 1, 2, 3, 4]);
  expect([...series.timesMs]).toEqual([2000, 3000, 4000, 5000, 6000]);
  expect((await second.getRun(runId('r1')))?.metrics).toEqual([
    {
      ...{
        key: 'loss',
        direction: 'lower',
        first: Number.NaN,
        last: 5e-324,
        min: Number.NEGATIVE_INFINITY,
      },
      ...{ max: Number.POSITIVE_INFINITY, best: Number.NEGATIVE_INFINITY, bestStep: 2 },
      ...{ count: 5, lastStep: 4, lastAtMs: 6000 },
    },
  ]);
});

test('a series that came point by point is the same before and after its run ends', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await store.commit([started('r1')]);
  const values = Array.from({ length: 700 }, (_, index) => Math.sin(index));
  await Promise.all(
    values.map((value, step) => store.commit([points('r1', 'acc', [value], step)])),
  );
  expect([...(await store.readSeries(runId('r1'), 'acc')).values]).toEqual(values);
  await store.commit([ended('r1')]);
  const series = await store.readSeries(runId('r1'), 'acc');
  expect([...series.values]).toEqual(values);
  expect([...series.steps]).toEqual(values.map((_, step) => step));
  expect((await store.getRun(runId('r1')))?.metrics[0]).toMatchObject({
    count: 700,
    best: Math.max(...values),
    bestStep: values.indexOf(Math.max(...values)),
  });
});

test('an unknown series is empty and an unknown run is undefined', async () => {
  const store = await openTestStore(makeFolder());
  expect((await store.readSeries(runId('none'), 'loss')).values).toHaveLength(0);
  expect(await store.getRun(runId('none'))).toBeUndefined();
  expect(await store.readLog(runId('none'))).toHaveLength(0);
  expect(await store.listRuns()).toEqual([]);
});

test('runs are listed newest first and by what is asked for', async () => {
  const store = await openTestStore(makeFolder());
  await store.commit([
    started('old', 1000),
    started('new', 3000),
    started('other', 2000, 'eval.py'),
    startedInNotebook('cell', 'explore.ipynb', 4000),
    started('deleted', 5000),
    edited('deleted', { field: 'deletedAtMs', value: 6000 }),
  ]);
  const ids = async (query?: Parameters<typeof store.listRuns>[0]) =>
    (await store.listRuns(query)).map(({ id }) => id);
  expect(await ids()).toEqual(['cell', 'new', 'other', 'old']);
  expect(await ids({ limit: 2 })).toEqual(['cell', 'new']);
  expect(await ids({ script: 'train.py' })).toEqual(['new', 'old']);
  expect(await ids({ notebook: 'explore.ipynb' })).toEqual(['cell']);
  expect(await ids({ experiment: 'eval.py' })).toEqual(['other']);
  expect(await ids({ includeDeleted: true, limit: 1 })).toEqual(['deleted']);
  await store.commit([edited('deleted', { field: 'deletedAtMs', value: undefined })]);
  expect(await ids({ limit: 1 })).toEqual(['deleted']);
});

test('checkpoints are listed newest first and by notebook', async () => {
  const store = await openTestStore(makeFolder());
  await store.putBlob(sampleContent);
  await store.commit([
    taken('a', 'one.ipynb', 1000),
    taken('b', 'two.ipynb', 2000),
    taken('c', 'one.ipynb', 3000),
  ]);
  const ids = async (query?: Parameters<typeof store.listCheckpoints>[0]) =>
    (await store.listCheckpoints(query)).map(({ id }) => id);
  expect(await ids()).toEqual(['c', 'b', 'a']);
  expect(await ids({ notebook: 'one.ipynb' })).toEqual(['c', 'a']);
  expect(store.changes.at(-1)?.checkpointIds).toEqual(['a', 'b', 'c']);
});

test('a blob is stored once and comes back whole', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const bytes = new TextEncoder().encode('x'.repeat(100_000));
  const [hash, again] = await Promise.all([store.putBlob(bytes), store.putBlob(bytes)]);
  expect(again).toBe(hash);
  expect(await store.putBlob(bytes)).toBe(hash);
  expect(new Uint8Array(await store.readBlob(hash))).toEqual(bytes);
  const folderOfBlob = join(folder, 'blobs', hash.slice(0, 2));
  expect(readdirSync(folderOfBlob)).toEqual([`${hash}.z`]);
  expect(statSync(join(folderOfBlob, `${hash}.z`)).size).toBeLessThan(1000);
  await expect(store.readBlob('00'.repeat(32) as BlobHash)).rejects.toThrow(/cannot read .*ENOENT/);
});

test('a log grows as it is given and its size reaches the run', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await store.commit([started('r1')]);
  const text = (part: string) => new TextEncoder().encode(part);
  await Promise.all([
    store.appendLog(runId('r1'), text('epoch 1\r')),
    store.appendLog(runId('r1'), text('epoch 2\n')),
  ]);
  await store.appendLog(runId('r1'), text('\u001b[0mdone\n'));
  expect(new TextDecoder().decode(await store.readLog(runId('r1')))).toBe(
    'epoch 1\repoch 2\n\u001b[0mdone\n',
  );
  await expect(store.appendLog(runId('../r1'), text('x'))).rejects.toThrow(
    'is not the id of a run',
  );
  await store.close();
  const again = await openTestStore(folder);
  expect((await again.getRun(runId('r1')))?.logBytes).toBe(25);
});

test('nothing is written before the first commit', async () => {
  const folder = join(makeFolder(), '.epochlog');
  const store = await openTestStore(folder);
  await store.listRuns();
  await store.close();
  expect(() => statSync(folder)).toThrow('ENOENT');
});

test('an edit takes effect also after the clock was set back and the journals are gone', async () => {
  const folder = makeFolder();
  const hourMs = 3_600_000;
  const first = await openTestStore(folder, { now: () => Date.now() + hourMs });
  await first.commit([started('r1'), ended('r1'), edited('r1', { field: 'name', value: 'one' })]);
  await first.close();
  rmSync(join(folder, 'journal'), { recursive: true });
  const second = await openTestStore(folder);
  await second.commit([edited('r1', { field: 'name', value: 'two' })]);
  expect((await second.getRun(runId('r1')))?.name).toBe('two');
});

test('who closes a store that is being closed waits for the same', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await store.commit([started('r1'), ended('r1')]);
  void store.close();
  await store.close();
  expect(existsSync(join(folder, 'store.db'))).toBe(true);
  expect(readdirSync(join(folder, 'writers'))).toEqual([]);
});
