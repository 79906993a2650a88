import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCheckpointKeeper } from '../../../src/app/checkpointKeeper';
import {
  type CheckpointWriter,
  createCheckpointWriter,
} from '../../../src/app/history/checkpointWriter';
import { createRecordReader } from '../../../src/app/recordReader';
import type { NotebookCell } from '../../../src/core/notebook/notebook';
import { serializeNotebook } from '../../../src/core/notebook/serializeNotebook';
import { checkStore } from '../../../src/store/export/checkStore';
import { makeFolder, openTestStore, wasmPath } from '../store/openTestStore';
import { serveInMemory } from './memoryRpc';

/** A notebook file with one code cell a source. */
function notebookFile(...sources: readonly string[]): Uint8Array {
  const cells: NotebookCell[] = sources.map((source, index) => ({
    kind: 'code',
    id: `cell-${index}`,
    source,
    outputs: [],
    metadata: {},
  }));
  const rest = { metadata: {}, language: 'python', nbformat: 4, nbformatMinor: 5 };
  return Buffer.from(serializeNotebook({ cells, ...rest }));
}

async function openKeeper(
  options: { now?: () => number; writer?: (folder: string) => CheckpointWriter } = {},
) {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  let clock = 1000;
  const keeper = createCheckpointKeeper(
    store,
    serveInMemory((options.writer ?? createCheckpointWriter)(folder)),
    options.now ?? (() => clock++),
  );
  return { folder, store, keeper };
}

test('a save is kept byte for byte, with what changed against the one before', async () => {
  const { store, keeper } = await openKeeper();
  await keeper.take('a.ipynb', 'save', notebookFile('x = 1', 'y = 2'));
  const content = Buffer.concat([
    Buffer.from([0xef, 0xbb, 0xbf]),
    notebookFile('x = 2', 'y = 2', 'z'),
  ]);
  const id = await keeper.take('a.ipynb', 'restore', content);
  const [newest, first] = await store.listCheckpoints();
  expect(first).toMatchObject({ kind: 'save', cellCount: 2, takenAtMs: 1000 });
  expect(first).not.toHaveProperty('changes');
  expect(newest).toMatchObject({
    id,
    notebook: 'a.ipynb',
    kind: 'restore',
    cellCount: 3,
    sizeBytes: content.byteLength,
    changes: { changed: 1, added: 1, removed: 0, moved: 0 },
  });
  if (newest) expect(Buffer.from(await store.readCheckpoint(newest))).toEqual(content);
});

test('a save of what the latest checkpoint holds is that checkpoint', async () => {
  const { store, keeper } = await openKeeper();
  const first = await keeper.take('a.ipynb', 'save', notebookFile('x'));
  expect(await keeper.take('a.ipynb', 'execution', notebookFile('x'))).toBe(first);
  const second = await keeper.take('a.ipynb', 'save', notebookFile('y'));
  // Going back is a change: only the latest counts.
  const third = await keeper.take('a.ipynb', 'save', notebookFile('x'));
  expect(new Set([first, second, third]).size).toBe(3);
  // Another notebook of the same content is its own.
  await keeper.take('b.ipynb', 'save', notebookFile('x'));
  expect(await store.listCheckpoints()).toHaveLength(4);
});

test('a checkpoint that the user deleted does not stand for a new save', async () => {
  const { store, keeper } = await openKeeper();
  const first = await keeper.take('a.ipynb', 'save', notebookFile('x'));
  await store.commit([
    {
      kind: 'checkpointEdited',
      checkpointId: first,
      edit: { field: 'deletedAtMs', value: 5000 },
    },
  ]);
  expect(await keeper.take('a.ipynb', 'save', notebookFile('x'))).not.toBe(first);
});

test.each([
  ['a clock that moves', undefined],
  ['a clock that stands still', () => 1000],
])('saves at once are kept in their order, each against the one before (%s)', async (_, now) => {
  const { store, keeper } = await openKeeper(now ? { now } : {});
  const sources = Array.from({ length: 12 }, (_each, count) => Array(count + 1).fill('x'));
  const taken = sources.map((cells) => keeper.take('a.ipynb', 'save', notebookFile(...cells)));
  const again = keeper.take('a.ipynb', 'save', notebookFile(...(sources.at(-1) ?? [])));
  const ids = await Promise.all(taken);
  expect(await again).toBe(ids.at(-1));
  const kept = [...(await store.listCheckpoints())].reverse();
  expect(kept.map(({ id }) => id)).toEqual(ids);
  expect(kept.map(({ cellCount }) => cellCount)).toEqual(sources.map(({ length }) => length));
  for (const { changes } of kept.slice(1)) expect(changes).toMatchObject({ added: 1, removed: 0 });
});

test('what is no notebook is kept with the reason, and so is the next one', async () => {
  const { store, keeper } = await openKeeper();
  const cut = notebookFile('x').subarray(0, 40);
  const notUtf8 = Buffer.concat([notebookFile('caf').subarray(0, 60), Buffer.from([0xe9, 0xff])]);
  await keeper.take('a.ipynb', 'save', notebookFile('x'));
  for (const content of [cut, notUtf8, new Uint8Array()]) {
    const id = await keeper.take('a.ipynb', 'save', content);
    const checkpoint = await store.getCheckpoint(id);
    expect(checkpoint).toMatchObject({ cellCount: 0, problem: expect.stringMatching(/./) });
    expect(checkpoint).not.toHaveProperty('changes');
    if (checkpoint) {
      expect(Buffer.from(await store.readCheckpoint(checkpoint))).toEqual(Buffer.from(content));
    }
  }
  const id = await keeper.take('a.ipynb', 'save', notebookFile('x', 'y'));
  const last = await store.getCheckpoint(id);
  expect(last).toMatchObject({ cellCount: 2 });
  expect(last).not.toHaveProperty('problem');
});

test('a checkpoint whose file is damaged does not keep the next one from being taken', async () => {
  const { folder, store, keeper } = await openKeeper();
  const first = await keeper.take('a.ipynb', 'save', notebookFile('x'));
  const hash = (await store.getCheckpoint(first))?.manifest ?? '';
  writeFileSync(join(folder, 'blobs', hash.slice(0, 2), `${hash}.z`), 'gone');
  const id = await keeper.take('a.ipynb', 'save', notebookFile('x', 'y'));
  expect(await store.getCheckpoint(id)).toMatchObject({ cellCount: 2 });
});

test('a save that fails is told to its caller, and the next one is taken', async () => {
  let fails = true;
  const { store, keeper } = await openKeeper({
    writer(folder) {
      const writer = createCheckpointWriter(folder);
      return {
        keep(request) {
          if (fails) throw new Error('a bug');
          return writer.keep(request);
        },
      };
    },
  });
  const failing = keeper.take('a.ipynb', 'save', notebookFile('x'));
  await expect(failing).rejects.toThrow('a bug');
  await keeper.settle();
  fails = false;
  await keeper.take('a.ipynb', 'save', notebookFile('x'));
  expect(await store.listCheckpoints()).toHaveLength(1);
});

test('settling waits for what is under way', async () => {
  const { store, keeper } = await openKeeper();
  const taken = [1, 2, 3].map((count) =>
    keeper.take(`${count}.ipynb`, 'save', notebookFile(...Array(count).fill('x'))),
  );
  await keeper.settle();
  expect(await store.listCheckpoints()).toHaveLength(3);
  await Promise.all(taken);
});

test('in a full store a checkpoint says that its content was not kept, and a later one keeps it', async () => {
  const { folder, store, keeper } = await openKeeper();
  await keeper.take('a.ipynb', 'save', notebookFile('x'));
  await store.setLimits({ maxLogBytes: 0, maxTotalBytes: 1 });
  const file = notebookFile('y');
  const without = await keeper.take('a.ipynb', 'save', file);
  expect(await keeper.take('a.ipynb', 'save', file)).toBe(without);
  expect(await store.getCheckpoint(without)).toMatchObject({
    cellCount: 1,
    changes: { changed: 1 },
    leftOut: { what: 'content', bytes: file.byteLength },
  });
  expect((await checkStore(folder, wasmPath)).damage).toEqual([]);
  const reader = createRecordReader(store);
  const [checkpoint] = await store.listCheckpoints();
  if (checkpoint) await expect(reader.readCheckpoint(checkpoint)).rejects.toThrow(/maxTotalGB/);
  // What the user relies on, such as the state before a restore, is kept all the same.
  const always = await keeper.take('a.ipynb', 'save', file, { always: true });
  expect(always).not.toBe(without);
  expect(await store.getCheckpoint(always)).not.toHaveProperty('leftOut');
  const [kept] = await store.listCheckpoints();
  if (kept) expect(Buffer.from(await reader.readCheckpoint(kept))).toEqual(file);
});

test('a checkpoint says which outputs it lacks', async () => {
  const { store, keeper } = await openKeeper();
  const leftOut = { what: 'outputs', bytes: 9_000_000 } as const;
  const id = await keeper.take('a.ipynb', 'execution', notebookFile('x'), { leftOut });
  expect((await store.getCheckpoint(id))?.leftOut).toEqual(leftOut);
});
