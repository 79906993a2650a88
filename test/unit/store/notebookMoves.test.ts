import { expect, test } from 'vitest';
import type { NotebookMoved } from '../../../src/core/change/change';
import { makeFolder, openTestStore, type TestStore } from './openTestStore';
import { ended, runId, sampleContent, startedInNotebook, taken } from './sampleChanges';

const moved = (from: string, to: string): NotebookMoved => ({
  kind: 'notebookMoved',
  from,
  to,
  atMs: 1000,
});

async function openWithContent(folder = makeFolder()): Promise<TestStore> {
  const store = await openTestStore(folder);
  await store.putBlob(sampleContent);
  return store;
}

const idsAt = async (store: TestStore, notebook: string) =>
  (await store.listCheckpoints({ notebook })).map(({ id }) => id).sort();

test('a notebook that moves takes its checkpoints and runs with it', async () => {
  const store = await openWithContent();
  await store.commit([
    taken('c1', 'a.ipynb'),
    startedInNotebook('r1', 'a.ipynb'),
    ended('r1'),
    taken('other', 'other.ipynb'),
  ]);
  const before = store.changes.length;
  await store.commit([moved('a.ipynb', 'sub/b.ipynb')]);
  expect(store.changes.slice(before)).toEqual([{ runIds: ['r1'], checkpointIds: ['c1'] }]);
  expect(await idsAt(store, 'sub/b.ipynb')).toEqual(['c1']);
  expect(await idsAt(store, 'a.ipynb')).toEqual([]);
  expect(await idsAt(store, 'other.ipynb')).toEqual(['other']);
  expect(await store.listRuns({ notebook: 'sub/b.ipynb' })).toMatchObject([
    {
      id: 'r1',
      source: { kind: 'notebook', notebook: 'sub/b.ipynb', cellSource: 'model.fit(x, y)\n' },
    },
  ]);
  expect(await store.listRuns({ notebook: 'a.ipynb' })).toEqual([]);
});

test('a later notebook at the old path has a history of its own, wherever either goes', async () => {
  const folder = makeFolder();
  const store = await openWithContent(folder);
  await store.commit([taken('c1', 'a.ipynb')]);
  await store.commit([moved('a.ipynb', 'b.ipynb')]);
  await store.commit([taken('c2', 'a.ipynb'), startedInNotebook('r2', 'a.ipynb'), ended('r2')]);
  await store.commit([moved('b.ipynb', 'c.ipynb')]);
  const expected = async (opened: TestStore) => {
    expect(await idsAt(opened, 'a.ipynb')).toEqual(['c2']);
    expect(await idsAt(opened, 'b.ipynb')).toEqual([]);
    expect(await idsAt(opened, 'c.ipynb')).toEqual(['c1']);
    expect((await opened.getRun(runId('r2')))?.source).toMatchObject({ notebook: 'a.ipynb' });
  };
  await expected(store);
  // A swap by a third name, and back onto a path that has a history.
  await store.commit([
    moved('a.ipynb', 'tmp'),
    moved('c.ipynb', 'a.ipynb'),
    moved('tmp', 'c.ipynb'),
  ]);
  expect(await idsAt(store, 'a.ipynb')).toEqual(['c1']);
  expect(await idsAt(store, 'c.ipynb')).toEqual(['c2']);
  await store.commit([moved('c.ipynb', 'a.ipynb')]);
  expect(await idsAt(store, 'a.ipynb')).toEqual(['c1', 'c2']);
  await store.close();
  expect(await idsAt(await openTestStore(folder), 'a.ipynb')).toEqual(['c1', 'c2']);
});

test('what a run was judged to be worth stays when it is linked again without a judgement', async () => {
  const store = await openWithContent();
  await store.commit([taken('c1'), taken('c2'), startedInNotebook('r1', 'explore.ipynb')]);
  const trust = { verdict: 'stale', faults: ['Cell 2 changed since it ran.'] } as const;
  const link = { kind: 'runLinked', runId: runId('r1') } as const;
  await store.commit([{ ...link, checkpointId: taken('c1').checkpoint.id, trust }]);
  await store.commit([{ ...link, checkpointId: taken('c2').checkpoint.id }]);
  expect(await store.getRun(runId('r1'))).toMatchObject({ checkpointId: 'c2', trust });
});
