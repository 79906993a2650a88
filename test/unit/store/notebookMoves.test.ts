import { expect, test } from 'vitest';
import type { NotebookMoved } from '../../../src/core/change/change';
import { migrate } from '../../../src/store/database/migrate';
import { writeMove } from '../../../src/store/database/notebookMoves';
import { openSqlDatabase } from '../../../src/store/database/sqlDatabase';
import type { Stamp } from '../../../src/store/journal/hybridClock';
import { makeFolder, openTestStore, type TestStore, wasmPath } from './openTestStore';
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
  expect(store.changes.slice(before)).toEqual([
    { runIds: ['r1'], checkpointIds: ['c1'], viewIds: [] },
  ]);
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

test('each move of a folder asks for its own notebook alone, by an index', async () => {
  const database = await openSqlDatabase(wasmPath);
  migrate(database);
  const asked: string[] = [];
  const { rows } = database;
  database.rows = function* (sql, ...values) {
    asked.push(sql);
    yield* rows.call(database, sql, ...values);
  };
  const changed: number[] = [];
  const asksEach: number[] = [];
  for (let each = 0; each < 30; each += 1) {
    const from = `nb/${each}.ipynb`;
    const source = JSON.stringify({ kind: 'notebook', notebook: from });
    database.run(
      `INSERT INTO runs (id, source_kind, source_path, source, started_stamp)
        VALUES (?1, 'notebook', ?1, ?2, '0')`,
      ...[from, source],
    );
    database.run(
      `INSERT INTO checkpoints (id, notebook, taken_as, taken_stamp) VALUES (?1, ?1, ?1, '0')`,
      from,
    );
    const before = asked.length;
    // SAFETY: only their order counts.
    const stamp = String(1000 + each) as Stamp;
    const move = moved(from, `deep/${each}.ipynb`);
    const { runs, checkpointIds } = writeMove(database, move, stamp);
    changed.push(runs.length + checkpointIds.length);
    asksEach.push(asked.length - before);
  }
  expect(changed).toEqual(Array(30).fill(2));
  expect(Math.max(...asksEach)).toBeLessThanOrEqual(3);
  for (const sql of new Set(asked)) {
    const plan = [...rows.call(database, `EXPLAIN QUERY PLAN ${sql}`)].map((row) => row[3]);
    expect(plan.join()).toMatch(/^SEARCH .* USING /);
  }
  database.close();
});

test('a move that is read late takes along only what was at its path then', async () => {
  const database = await openSqlDatabase(wasmPath);
  migrate(database);
  for (const id of ['a', 'b']) {
    database.run(
      'INSERT INTO checkpoints (id, notebook, taken_as, taken_stamp) VALUES (?1, ?1, ?1, 0)',
      id,
    );
  }
  // SAFETY: only their order counts.
  const move = (from: string, to: string, stamp: string) =>
    writeMove(database, moved(from, to), stamp as Stamp).checkpointIds;
  expect(move('b', 'z', '3')).toEqual(['b']);
  expect(move('a', 'z', '4')).toEqual(['a']);
  expect(move('z', 'end', '5')).toHaveLength(2);
  expect(move('a', 'elsewhere', '2')).toEqual(['a']);
  expect([...database.rows('SELECT id, notebook FROM checkpoints ORDER BY id')]).toEqual([
    ['a', 'elsewhere'],
    ['b', 'end'],
  ]);
  database.close();
});
