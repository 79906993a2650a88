import { expect, test, vi } from 'vitest';
import { createRecordCache, exceptViews, type RecordChange } from '../../../src/app/recordCache';
import type { SavedView, ViewId } from '../../../src/core/view/savedView';
import { makeFolder, openTestStore } from '../store/openTestStore';
import {
  checkpointId,
  edited,
  ended,
  points,
  runId,
  sampleContent,
  started,
  taken,
} from '../store/sampleChanges';
import { soon } from './recordingBench';

/** A cache that is told what its store tells, as a window's is. */
async function openCache(folder = makeFolder()) {
  const store = await openTestStore(folder);
  const errors: string[] = [];
  const said: RecordChange[] = [];
  const cache = createRecordCache(store, (what) => errors.push(what));
  cache.onDidChange((change) => said.push(change));
  let told = 0;
  const tell = setInterval(() => {
    for (const change of store.changes.slice(told)) cache.storeChanged(change);
    told = store.changes.length;
  }, 5);
  tell.unref();
  return { folder, store, cache, errors, said };
}

test('it holds what was there before, newest first, and says when it does', async () => {
  const folder = makeFolder();
  const before = await openTestStore(folder);
  await before.putBlob(sampleContent);
  await before.commit([
    started('old', 1000),
    started('new', 2000),
    started('gone', 3000),
    edited('gone', { field: 'deletedAtMs', value: 9 }),
    taken('c1', 'a.ipynb', 1000),
    taken('c2', 'b.ipynb', 2000),
  ]);
  await before.close();
  const { cache, said } = await openCache(folder);
  await cache.ready;
  expect(cache.runs().map(({ id }) => id)).toEqual(['new', 'old']);
  expect(cache.checkpoints().map(({ id }) => id)).toEqual(['c2', 'c1']);
  expect(cache.run(runId('gone'))).toBeUndefined();
  expect(said.slice(0, 2)).toEqual([
    { runs: false, checkpoints: true, views: false },
    { runs: true, checkpoints: false, views: false },
  ]);
});

test('a view that was saved or deleted just now is known once the views are read again', async () => {
  const { store, cache } = await openCache();
  await cache.ready;
  // SAFETY: any text is an id.
  const id = 'v1' as ViewId;
  const view: SavedView = { id, name: 'Best', page: 'charts', state: '{}', savedAtMs: 1 };
  await store.commit([{ kind: 'viewSaved', view }]);
  await cache.readViews();
  expect(cache.views('charts')).toEqual([view]);
  await store.commit([{ kind: 'viewDeleted', viewId: id, atMs: 2 }]);
  await cache.readViews();
  expect(cache.views('charts')).toEqual([]);
});

test('who shows no views is not told that they were read', async () => {
  const { store, cache, said } = await openCache();
  await cache.ready;
  // SAFETY: any text is an id.
  const view: SavedView = {
    ...{ id: 'v1' as ViewId, name: 'Best', page: 'charts', state: '{}', savedAtMs: 1 },
  };
  let told = 0;
  cache.onDidChange(exceptViews(() => told++));
  await store.commit([{ kind: 'viewSaved', view }]);
  await cache.readViews();
  await soon(async () => expect(said.filter(({ views }) => views)).toHaveLength(2));
  expect(told).toBe(0);
  await store.commit([started('r1', 1000)]);
  await soon(async () => expect(told).toBeGreaterThan(0));
  told = 0;
  await store.putBlob(sampleContent);
  await store.commit([taken('c1', 'a.ipynb', 1000)]);
  await soon(async () => expect(told).toBeGreaterThan(0));
});

test('it follows the window: runs, points, edits, checkpoints, deleting and undoing', async () => {
  const { store, cache, said } = await openCache();
  await cache.ready;
  const shows = (check: () => void) => soon(async () => check());

  await store.commit([started('r1')]);
  await shows(() => expect(cache.run(runId('r1'))).toMatchObject({ status: 'running' }));
  expect(said.at(-1)).toEqual({ runs: true, checkpoints: false, views: false });
  await store.commit([points('r1', 'loss', [2, 1]), ended('r1')]);
  await shows(() =>
    expect(cache.runs()).toMatchObject([{ status: 'finished', metrics: [{ last: 1 }] }]),
  );
  await store.putBlob(sampleContent);
  await store.commit([taken('c1')]);
  await shows(() => expect(cache.checkpoints()).toMatchObject([{ id: 'c1' }]));
  expect(said.at(-1)).toEqual({ runs: false, checkpoints: true, views: false });

  await store.commit([
    edited('r1', { field: 'deletedAtMs', value: 5 }),
    {
      kind: 'checkpointEdited',
      checkpointId: checkpointId('c1'),
      edit: { field: 'deletedAtMs', value: 5 },
    },
  ]);
  await shows(() => expect([cache.runs(), cache.checkpoints()]).toEqual([[], []]));
  await store.commit([edited('r1', { field: 'deletedAtMs', value: undefined })]);
  await shows(() => expect(cache.runs()).toHaveLength(1));
});

test('it follows another window on the same folder', async () => {
  const { folder, cache } = await openCache();
  await cache.ready;
  const other = await openTestStore(folder);
  await other.putBlob(sampleContent);
  await other.commit([started('theirs'), taken('c9', 'b.ipynb')]);
  await other.commit([points('theirs', 'loss', [0.5])]);
  await soon(async () => {
    expect(cache.run(runId('theirs'))).toMatchObject({ metrics: [{ key: 'loss', last: 0.5 }] });
    expect(cache.checkpoint(checkpointId('c9'))).toMatchObject({ notebook: 'b.ipynb' });
  });
});

test('a burst of changes is read together', async () => {
  const { store, cache, said } = await openCache();
  await cache.ready;
  await store.commit([started('r1')]);
  const getRun = vi.spyOn(store, 'getRun');
  for (let step = 0; step < 60; step++) await store.commit([points('r1', 'loss', [step], step)]);
  await soon(async () =>
    expect(cache.run(runId('r1'))).toMatchObject({ metrics: [{ count: 60 }] }),
  );
  expect(getRun.mock.calls.length).toBeLessThan(40);
  expect(said.length).toBeLessThan(40);
});

test('what could not be read is told of, and read again with the next change', async () => {
  const store = await openTestStore(makeFolder());
  await store.commit([started('r1'), started('r2')]);
  const errors: string[] = [];
  const cache = createRecordCache(store, (what) => errors.push(what));
  await cache.ready;
  expect(errors).toEqual([]);
  vi.spyOn(store, 'getRun').mockRejectedValueOnce(new Error('the thread is busy'));
  await store.commit([edited('r1', { field: 'name', value: 'renamed' })]);
  cache.storeChanged({ runIds: [runId('r1')], checkpointIds: [], viewIds: [] });
  await soon(async () => expect(errors).toEqual(['Reading the record']));
  expect(cache.run(runId('r1'))?.name).toBeUndefined();
  cache.storeChanged({ runIds: [runId('r2')], checkpointIds: [], viewIds: [] });
  await soon(async () => expect(cache.run(runId('r1'))?.name).toBe('renamed'));
});

test('a checkpoint more is read by itself, however many there are', async () => {
  const { store, cache } = await openCache();
  await cache.ready;
  await store.putBlob(sampleContent);
  const ids = Array.from({ length: 450 }, (_, index) => `c${index}`);
  await store.commit(ids.map((id, index) => taken(id, 'a.ipynb', index)));
  await soon(async () => expect(cache.checkpoints()).toHaveLength(450));
  const list = vi.spyOn(store, 'listCheckpoints');
  await store.commit([taken('last', 'a.ipynb', 1000)]);
  await soon(async () => expect(cache.checkpoints()[0]?.id).toBe('last'));
  expect(list).not.toHaveBeenCalled();
  const moved = { kind: 'notebookMoved', from: 'a.ipynb', to: 'b.ipynb', atMs: 2000 } as const;
  await store.commit([moved]);
  await soon(async () =>
    expect(new Set(cache.checkpoints().map(({ notebook }) => notebook))).toEqual(
      new Set(['b.ipynb']),
    ),
  );
});

test('of very many runs that changed at once all are read anew', async () => {
  const { store, cache } = await openCache();
  await cache.ready;
  const ids = Array.from({ length: 450 }, (_, index) => `r${index}`);
  await store.commit(ids.flatMap((id) => [started(id), points(id, 'my_thing', [2, 9, 1])]));
  await soon(async () => expect(cache.runs()).toHaveLength(450));
  const getRun = vi.spyOn(store, 'getRun');
  await store.setDirections([{ metric: 'my_thing', direction: 'higher' }]);
  await soon(async () =>
    expect(new Set(cache.runs().map(({ metrics }) => metrics[0]?.best))).toEqual(new Set([9])),
  );
  expect(getRun).not.toHaveBeenCalled();
});
