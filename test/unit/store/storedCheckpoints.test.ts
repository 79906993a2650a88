import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createCheckpointKeeper } from '../../../src/app/checkpointKeeper';
import { createCheckpointContents } from '../../../src/app/history/checkpointContents';
import { createCheckpointWriter } from '../../../src/app/history/checkpointWriter';
import { createHistoryService } from '../../../src/app/history/historyService';
import { OutlineVersions } from '../../../src/app/history/outlineVersions';
import { CheckpointVersions } from '../../../src/store/contents/checkpointVersions';
import { SpanMarks } from '../../../src/store/contents/reducedNotebook';
import { openSqlDatabase } from '../../../src/store/database/sqlDatabase';
import { nodeDisk } from '../../../src/store/disk/disk';
import { checkStore } from '../../../src/store/export/checkStore';
import { exportStore } from '../../../src/store/export/exportStore';
import { storePaths } from '../../../src/store/storePaths';
import { createRandom } from '../../bench/store/random';
import { serveInMemory } from '../app/memoryRpc';
import { EditedFile } from '../checkpoint/randomEdits';
import { makeFolder, openTestStore, type TestStore, wasmPath } from './openTestStore';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function keeperOf(folder: string, store: TestStore) {
  let clock = 1000;
  return createCheckpointKeeper(
    store,
    serveInMemory(createCheckpointWriter(folder)),
    () => clock++,
  );
}

/** A store with so many versions of a notebook. */
async function makeHistory(count: number) {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const keeper = keeperOf(folder, store);
  const file = new EditedFile(createRandom(5));
  const versions: Buffer[] = [];
  for (let version = 0; version < count; version += 1) {
    file.edit();
    versions.push(file.bytes());
    await keeper.take('a.ipynb', 'save', versions.at(-1) ?? Buffer.alloc(0));
  }
  return { folder, store, versions };
}

const blobFiles = (folder: string) =>
  readdirSync(join(folder, 'blobs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.z'))
    .map((name) => join(folder, 'blobs', name));

/** As if nobody had touched them for an hour. */
function rest(folder: string): void {
  const seconds = Date.now() / 1000 - 3600;
  for (const path of blobFiles(folder)) utimesSync(path, seconds, seconds);
}

async function expectAll(store: TestStore, versions: readonly Buffer[]): Promise<void> {
  const expected = new Set(versions.map(sha256));
  const checkpoints = await store.listCheckpoints();
  expect(new Set(checkpoints.map(({ content }) => content))).toEqual(expected);
  for (const checkpoint of checkpoints) {
    expect(sha256(await store.readCheckpoint(checkpoint))).toBe(checkpoint.content);
  }
}

test('a collection leaves all that checkpoints are put together from', async () => {
  const { folder, store, versions } = await makeHistory(70);
  const before = blobFiles(folder).length;
  rest(folder);
  expect(await store.cleanUp('unreferenced')).toEqual({ freedBytes: 0, isDone: true });
  expect(blobFiles(folder)).toHaveLength(before);
  await expectAll(store, versions);
  expect((await store.spaceUsage()).unreferenced).toEqual({ count: 0, bytes: 0 });
});

test('of a history that goes but for its last version, what only the others needed goes', async () => {
  const { folder, store, versions } = await makeHistory(40);
  const [last, ...others] = await store.listCheckpoints();
  await store.commit(
    others.map(({ id }) => ({ kind: 'checkpointPurged' as const, checkpointId: id })),
  );
  rest(folder);
  const { freedBytes } = await store.cleanUp('unreferenced');
  expect(freedBytes).toBeGreaterThan(10_000);
  if (last)
    expect(sha256(await store.readCheckpoint(last))).toBe(
      sha256(versions.at(-1) ?? Buffer.alloc(0)),
    );
  expect((await checkStore(folder, wasmPath)).damage).toEqual([]);
});

test('where a manifest cannot be read nothing is collected, and it is said', async () => {
  const { folder, store } = await makeHistory(10);
  const [last] = await store.listCheckpoints();
  const orphan = await store.putBlob(new Uint8Array(1000));
  await store.close();
  const name = `${last?.manifest}.z`;
  writeFileSync(join(folder, 'blobs', name.slice(0, 2), name), 'damaged');
  const again = await openTestStore(folder);
  rest(folder);
  const step = await again.cleanUp('unreferenced');
  expect(step.note).toMatch(/nobody can tell which/);
  expect(step.freedBytes).toBe(0);
  expect(blobFiles(folder).some((path) => path.includes(orphan))).toBe(true);
  const { damage } = await checkStore(folder, wasmPath);
  expect(damage.join('\n')).toContain(`checkpoint ${last?.id}`);
});

test('a checkpoint that needs a part that is missing is not recorded', async () => {
  const { folder, store } = await makeHistory(3);
  const [last] = await store.listCheckpoints();
  const usual = blobFiles(folder).filter((path) => !path.includes(last?.manifest ?? ''));
  const other = await openTestStore(folder);
  for (const path of usual) rmSync(path);
  const { tags: _tags, starred: _starred, ...checkpoint } = last ?? ({} as never);
  await expect(
    other.commit([
      { kind: 'checkpointTaken', checkpoint: { ...checkpoint, id: 'other' as never } },
    ]),
  ).rejects.toThrow();
  expect(await other.getCheckpoint('other' as never)).toBeUndefined();
});

test('two windows that save one notebook at once keep every save', async () => {
  const folder = makeFolder();
  const [one, two] = [await openTestStore(folder), await openTestStore(folder)];
  const keepers = [keeperOf(folder, one), keeperOf(folder, two)];
  const file = new EditedFile(createRandom(9));
  const versions: Buffer[] = [];
  const take = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) => {
        file.edit();
        const content = file.bytes();
        versions.push(content);
        return keepers[index % 2]?.take('a.ipynb', 'save', content);
      }),
    );
  await take(20);
  rest(folder);
  const taking = take(20);
  await one.cleanUp('unreferenced');
  await taking;
  for (const store of [one, two]) await store.close();
  await expectAll(await openTestStore(folder), versions);
});

test('an exported file gives every checkpoint back from its pieces', async () => {
  const { folder, store, versions } = await makeHistory(30);
  const out = join(makeFolder(), 'all.db');
  await exportStore(folder, out, {
    wasmPath,
    keepSecrets: true,
    report(message) {
      throw new Error(message);
    },
  });
  const database = await openSqlDatabase(wasmPath, readFileSync(out));
  const checkpoints = await store.listCheckpoints();
  expect(checkpoints.length).toBeGreaterThan(20);
  for (const { id, content } of checkpoints) {
    const parts = database.rows(
      'SELECT content FROM checkpoint_pieces JOIN pieces USING (piece) WHERE checkpoint_id = ? ORDER BY position',
      id,
    );
    expect(sha256(Buffer.concat(Array.from(parts, ([part]) => part as Uint8Array)))).toBe(content);
  }
  const all = versions.reduce((sum, { length }) => sum + length, 0);
  const size = database.row('SELECT total(length(content)) FROM pieces')?.[0];
  expect(Number(size)).toBeLessThan(all / 2);
  database.close();
});

/** An output that is large enough to be kept for itself. */
const image = (seed: number) => createHash('sha512').update(`${seed}`).digest('hex').repeat(64);

const plotted = (seed: number) =>
  Buffer.from(
    JSON.stringify({
      cells: [
        {
          ...{ cell_type: 'code', source: 'plot()', metadata: {}, execution_count: seed },
          outputs: [
            {
              output_type: 'display_data',
              data: { 'image/png': image(seed), 'text/plain': '<Figure>' },
              metadata: {},
            },
          ],
        },
        { cell_type: 'markdown', source: 'x'.repeat(9000), metadata: {} },
      ],
      metadata: { large: 'y'.repeat(9000) },
      nbformat: 4,
    }),
  );

test('old outputs go, and a checkpoint says in their place what they were', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const keeper = keeperOf(folder, store);
  // All of 1970, so that of one day only the last keeps its outputs.
  for (const seed of [1, 2, 3, 4]) await keeper.take('a.ipynb', 'save', plotted(seed));
  const [newest, third, second, first] = await store.listCheckpoints();
  if (!newest || !third || !second || !first) throw new Error('not all were taken');
  await store.commit([
    { kind: 'checkpointEdited', checkpointId: second.id, edit: { field: 'starred', value: true } },
  ]);
  expect(await store.cleanUp('oldOutputs')).toEqual({ freedBytes: 0, isDone: true });
  rest(folder);
  expect((await store.cleanUp('unreferenced')).freedBytes).toBeGreaterThan(100);
  for (const [checkpoint, seed] of [
    [newest, 4],
    [second, 2],
  ] as const) {
    expect(Buffer.from(await store.readCheckpoint(checkpoint))).toEqual(plotted(seed));
    expect(await store.getCheckpoint(checkpoint.id)).not.toHaveProperty('thinned');
  }
  const thinned = await store.getCheckpoint(first.id);
  const size = image(1).length + 2;
  expect(thinned?.thinned).toEqual({ outputs: 1, bytes: size });
  if (!thinned) throw new Error('it was there');
  const notebook = JSON.parse(Buffer.from(await store.readCheckpoint(thinned)).toString());
  const data = notebook.cells[0].outputs[0].data;
  expect(Object.keys(data)).toEqual(['text/plain']);
  expect(data['text/plain']).toMatch(
    new RegExp(
      `^<Figure>\\n\\[Dropped on .*: image/png, .*, SHA-256 ${sha256(Buffer.from(JSON.stringify(image(1))))}\\]$`,
    ),
  );
  expect(notebook.cells[1].source).toHaveLength(9000);
  expect(notebook.metadata.large).toHaveLength(9000);
  expect((await checkStore(folder, wasmPath)).damage).toEqual([]);
  // Nothing is left to be dropped, and the history goes on.
  expect(await store.cleanUp('oldOutputs')).toEqual({ freedBytes: 0, isDone: true });
  await keeper.take('a.ipynb', 'save', plotted(1));
  const [again] = await store.listCheckpoints();
  if (again) expect(Buffer.from(await store.readCheckpoint(again))).toEqual(plotted(1));
});

test('with a newest checkpoint deleted, the one before keeps its outputs, and a save of it is kept', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const keeper = keeperOf(folder, store);
  for (const seed of [1, 2, 3]) await keeper.take('a.ipynb', 'save', plotted(seed));
  const [newest, second] = await store.listCheckpoints();
  if (!newest || !second) throw new Error('not all were taken');
  await store.commit([
    {
      ...{ kind: 'checkpointEdited', checkpointId: newest.id },
      edit: { field: 'deletedAtMs', value: 2000 },
    },
  ]);
  await store.cleanUp('oldOutputs');
  expect(await store.getCheckpoint(second.id)).not.toHaveProperty('thinned');
  expect(Buffer.from(await store.readCheckpoint(second))).toEqual(plotted(2));
});

test('a save of what a thinned checkpoint was is kept whole', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const keeper = keeperOf(folder, store);
  for (const seed of [1, 2]) await keeper.take('a.ipynb', 'save', plotted(seed));
  await store.cleanUp('oldOutputs');
  const [newest, first] = await store.listCheckpoints();
  if (!newest || !first) throw new Error('not all were taken');
  expect(first.thinned?.outputs).toBe(1);
  await store.commit([{ kind: 'checkpointPurged', checkpointId: newest.id }]);
  rest(folder);
  await store.cleanUp('unreferenced');
  const id = await keeper.take('a.ipynb', 'save', plotted(1));
  expect(id).not.toBe(first.id);
  const kept = await store.getCheckpoint(id);
  if (kept) expect(Buffer.from(await store.readCheckpoint(kept))).toEqual(plotted(1));
});

test('an outline in the middle of a chain puts each version together once, and asks for executions without any', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const keeper = keeperOf(folder, store);
  for (let version = 0; version < 20; version += 1) {
    const cells = Array.from({ length: 30 }, (_, index) => ({
      ...{ cell_type: 'code', metadata: {}, outputs: [], execution_count: null },
      source: `x${index} = ${index === 3 ? version : 0}`,
    }));
    const file = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 });
    await keeper.take('a.ipynb', 'save', Buffer.from(file));
  }
  const place = { disk: nodeDisk, paths: storePaths(folder) };
  const versions = new CheckpointVersions(place);
  const loads: string[] = [];
  const load = versions.load.bind(versions);
  versions.load = (hash) => {
    loads.push(hash);
    return load(hash);
  };
  const newest = (await store.listCheckpoints())[0]?.manifest;
  if (newest === undefined) throw new Error('It has no manifest.');
  const chain = versions.chain(newest, () => false);
  expect(chain.length).toBeGreaterThan(5);
  const outlines = new OutlineVersions(new SpanMarks('mark'));
  expect(outlines.outline(newest, versions).cells.length).toBeGreaterThan(0);
  // Oldest first: the one before is at hand for each.
  expect(loads).toEqual(chain);
  outlines.outline(newest, versions);
  expect(loads).toHaveLength(chain.length);

  const spy = vi.spyOn(CheckpointVersions.prototype, 'load');
  onTestFinished(() => spy.mockRestore());
  const service = createHistoryService(createCheckpointContents(folder));
  await service.executions(await store.listCheckpoints());
  expect(spy).not.toHaveBeenCalled();
});
