import { expect, test } from 'vitest';
import {
  createLeaderboardReader,
  type LeaderboardReader,
} from '../../../src/app/leaderboard/leaderboardReader';
import { createRecordCache } from '../../../src/app/recordCache';
import type { Change } from '../../../src/core/change/change';
import type { BoardQuery } from '../../../src/core/leaderboard/boardQuery';
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

async function openBoard(changes: readonly Change[]): Promise<LeaderboardReader> {
  const store = await openTestStore(makeFolder());
  await store.commit(changes);
  const cache = createRecordCache(store, (what, error) => {
    throw new Error(what, { cause: error });
  });
  return createLeaderboardReader({
    ...{ cache, store, now: () => 10_000 },
    prices: () => ({ perHour: 3600, perHardware: [], currency: '$' }),
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
