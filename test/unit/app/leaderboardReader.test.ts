import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileHashes } from '../../../src/app/files/fileHashes';
import {
  createLeaderboardReader,
  type LeaderboardReader,
} from '../../../src/app/leaderboard/leaderboardReader';
import { createRecordCache } from '../../../src/app/recordCache';
import type { Change } from '../../../src/core/change/change';
import type { BoardQuery } from '../../../src/core/leaderboard/boardQuery';
import type { Prices } from '../../../src/core/leaderboard/cost';
import type { BlobHash, RunFile } from '../../../src/core/run/run';
import { makeFolder, openTestStore } from '../store/openTestStore';
import { edited, ended, points, runId, started } from '../store/sampleChanges';

const data = (path: string, hash: string): RunFile => ({
  ...{ role: 'input', path, type: 'data', sizeBytes: 1, modifiedAtMs: 0, isKept: false },
  hash: hash as BlobHash,
});

/** A finished run of a script with params, points of `val_acc` a second apart, and what it read. */
function trained(
  id: string,
  params: Readonly<Record<string, string>>,
  values: readonly number[],
  files: readonly RunFile[] = [data('train.csv', 'aa')],
): Change[] {
  return [
    started(id),
    {
      kind: 'paramsAdded',
      runId: runId(id),
      params: Object.entries(params).map(([key, value]) => ({ key, value, origin: 'argv' })),
    },
    points(id, 'val_acc', values),
    { kind: 'filesRecorded', runId: runId(id), files },
    ended(id),
  ];
}

const aUnitASecond: Prices = { perHour: 3600, perHardware: [], currency: '$' };

async function openBoard(
  changes: readonly Change[],
  prices = aUnitASecond,
): Promise<LeaderboardReader> {
  const store = await openTestStore(makeFolder());
  await store.commit(changes);
  const cache = createRecordCache(store, (what, error) => {
    throw new Error(what, { cause: error });
  });
  return createLeaderboardReader({
    ...{ cache, store, now: () => 10_000 },
    prices: () => prices,
  });
}

const query: BoardQuery = {
  ...{ figure: 'best', figureNumber: 2, search: '', uncounted: [], counted: [] },
  ...{ isByCode: false, withUnknownData: false },
};
const shape = (board: Awaited<ReturnType<LeaderboardReader['read']>>) =>
  board.rows.map(({ rank, mean, count, runs }) => [rank, mean, count, ...runs.map(({ id }) => id)]);

const sample = [
  ...trained('a', { lr: '0.1', seed: '1' }, [0.5, 0.75, 0.5]),
  ...trained('b', { lr: '0.1', seed: '2' }, [0.25, 0.25, 0.25]),
  ...trained('c', { lr: '0.2', seed: '1' }, [0.125, 0.875, 0.625]),
  ...trained('other', { lr: '0.3' }, [1, 1, 1], [data('train.csv', 'bb')]),
  ...trained('nothing', { lr: '0.4' }, [1, 1, 1], []),
];

test('it ranks what the store has, by the metric that most runs are about', async () => {
  const board = await openBoard(sample);
  const shown = await board.read(query);
  expect(shown).toMatchObject({ metric: 'val_acc', direction: 'higher', isDirectionKnown: true });
  expect(shape(shown)).toEqual([
    [1, 0.875, 1, 'c'],
    [2, 0.5, 2, 'a', 'b'],
  ]);
  expect(shown.leftOut.map(({ reason, runs }) => [reason, ...runs.map(({ id }) => id)])).toEqual([
    ['otherData', 'other'],
    ['noData', 'nothing'],
  ]);
  // Eight seconds at a unit a second.
  expect(shown.rows[0]?.totalCost).toBe(8);
  expect(shown.params).toEqual(
    expect.arrayContaining([
      { key: 'lr', isCounted: true },
      { key: 'seed', isCounted: false },
    ]),
  );
});

test('it ranks by figures that only the points have', async () => {
  const board = await openBoard(sample);
  expect(shape(await board.read({ ...query, figure: 'mean' }))[0]).toEqual([1, 0.75, 1, 'c']);
  const atFirst = await board.read({ ...query, figure: 'at', figureNumber: 0 });
  expect(shape(atFirst)).toEqual([
    [1, 0.375, 2, 'a', 'b'],
    [2, 0.125, 1, 'c'],
  ]);
});

test('it ranks only what the search finds, and says where a search is wrong', async () => {
  const board = await openBoard([...sample, edited('c', { field: 'archivedAtMs', value: 5 })]);
  expect(shape(await board.read(query))).toEqual([[1, 0.5, 2, 'a', 'b']]);
  const found = await board.read({ ...query, search: "params.seed = '2' OR archived" });
  expect(shape(found)).toEqual([
    [1, 0.875, 1, 'c'],
    [2, 0.25, 1, 'b'],
  ]);
  expect(found).toMatchObject({ runCount: 4, foundCount: 2 });
  await expect(board.read({ ...query, search: 'params.lr = ' })).rejects.toThrow(
    /The search cannot be read/,
  );
});

test('it says what it took to reach a target', async () => {
  const board = await openBoard(sample);
  const wanted: BoardQuery = { ...query, metric: 'val_acc', direction: 'higher', target: 0.75 };
  const { rows } = await board.read(wanted);
  const reached = await board.readReached(
    rows.map(({ key }) => key),
    wanted,
  );
  expect(rows.map(({ gap }) => gap)).toEqual([0, 0.25]);
  // Begun at 1 s, the second point at 3 s; of the other row one run of two came there.
  expect(
    reached.map(({ reachedCount, durationMs, cost }) => [reachedCount, durationMs, cost]),
  ).toEqual([
    [1, 2000, 2],
    [1, 2000, 2],
  ]);
});

test('it takes what a part reads from its whole, and ranks parts by themselves', async () => {
  const fold = (id: string, value: number): Change[] => [
    { ...started(id), parentId: runId('whole') },
    points(id, 'val_acc', [value]),
    ended(id),
  ];
  const board = await openBoard([
    started('whole'),
    { kind: 'filesRecorded', runId: runId('whole'), files: [data('train.csv', 'aa')] },
    ...fold('f1', 0.5),
    ...fold('f2', 0.75),
    ended('whole'),
  ]);
  const shown = await board.read(query);
  expect(shape(shown)).toEqual([[1, 0.625, 2, 'f2', 'f1']]);
  expect(shown.leftOut).toMatchObject([{ reason: 'hasParts', count: 1 }]);
});

test('it tells no cost without a price, nor where one run of a row has none', async () => {
  const unset: Prices = { perHour: undefined, perHardware: [], currency: '$' };
  const plain = await (await openBoard(sample, unset)).read(query);
  expect(plain.hasPrice).toBe(false);
  expect(plain.rows.flatMap((row) => [row.totalCost, ...row.runs.map(({ cost }) => cost)])).toEqual(
    [undefined, undefined, undefined, undefined, undefined],
  );
  const onGpu = (id: string): Change => ({
    ...{ kind: 'environmentRecorded', runId: runId(id) },
    environment: { os: 'Linux', gpus: [{ name: 'NVIDIA A100' }] },
  });
  const some: Prices = { ...unset, perHardware: [{ gpu: 'A100', perHour: 3600 }] };
  const board = await openBoard([...sample, onGpu('a'), onGpu('c')], some);
  const { rows, hasPrice } = await board.read(query);
  expect(hasPrice).toBe(true);
  expect(rows.map(({ totalCost, runs }) => [totalCost, ...runs.map(({ cost }) => cost)])).toEqual([
    [8, 8],
    // Of b nobody knows what its machine costs: a sum without it would be a lie.
    [undefined, 8, undefined],
  ]);
});

test('a run that is still running is named as left out, not costed as if it had ended', async () => {
  const board = await openBoard([...sample, ...trained('now', { lr: '9' }, [1]).slice(0, -1)]);
  const shown = await board.read(query);
  expect(shown.leftOut.find(({ reason }) => reason === 'running')).toMatchObject({
    count: 1,
    runs: [{ id: 'now' }],
  });
  expect(shown.rows.flatMap(({ runs }) => runs.map(({ id }) => id))).toEqual(['c', 'a', 'b']);
});

test('it ranks by what the files of the disk hold, and says who read what could not be told', async () => {
  const folder = makeFolder();
  const hashes = new FileHashes(join(folder, 'cache'));
  const read = async (name: string, content: string): Promise<RunFile> => {
    const path = join(folder, name);
    writeFileSync(path, content);
    const { size, mtimeMs } = statSync(path);
    const hash = await hashes.hash(path, { sizeBytes: size, modifiedAtMs: mtimeMs });
    return data(name, hash ?? '');
  };
  const { hash: _unknown, ...unhashed } = await read('huge.csv', 'too large to be read');
  const gone = join(folder, 'gone.csv');
  const goneHash = await hashes
    .hash(gone, { sizeBytes: 3, modifiedAtMs: 1 })
    .catch(() => undefined);
  expect(goneHash).toBeUndefined();
  const { hash: _gone, ...missing } = data('gone.csv', '');
  const board = await openBoard([
    ...trained('one', { lr: '1' }, [0.5], [await read('train.csv', 'x,y\n1,2\n')]),
    ...trained('copy', { lr: '2' }, [0.75], [await read('copy of train.csv', 'x,y\n1,2\n')]),
    ...trained('newer', { lr: '3' }, [1], [await read('train2.csv', 'x,y\n1,3\n')]),
    ...trained('huge', { lr: '4' }, [1], [unhashed]),
    ...trained('missing', { lr: '5' }, [1], [await read('train3.csv', 'x,y\n1,2\n'), missing]),
    ...trained('nothing', { lr: '6' }, [1], []),
  ]);
  const shown = await board.read(query);
  expect(shape(shown)).toEqual([
    [1, 0.75, 1, 'copy'],
    [2, 0.5, 1, 'one'],
  ]);
  expect(shown.leftOut.map(({ reason, runs }) => [reason, ...runs.map(({ id }) => id)])).toEqual([
    ['otherData', 'newer'],
    ['dataNotRead', 'huge', 'missing'],
    ['noData', 'nothing'],
  ]);
  const withUnknown = await board.read({ ...query, withUnknownData: true });
  expect(withUnknown.unknownDataCount).toBe(3);
  expect(withUnknown.rows.map(({ hasUnknownData }) => hasUnknownData)).toEqual(
    expect.arrayContaining([true, false]),
  );
});

test('it counts all runs of a large group that reached the target, and times the best', async () => {
  const seeds = Array.from({ length: 25 }, (_, seed) =>
    trained(`s${seed}`, { lr: '0.1', seed: String(seed) }, seed < 23 ? [0.5, 0.75] : [0.25, 0.5]),
  );
  const board = await openBoard(seeds.flat());
  const wanted: BoardQuery = { ...query, metric: 'val_acc', direction: 'higher', target: 0.75 };
  const { rows } = await board.read(wanted);
  const keys = rows.map(({ key }) => key);
  expect(await board.readReached(keys, wanted)).toMatchObject([
    { reachedCount: 23, timedCount: 20, durationMs: 2000 },
  ]);
});
