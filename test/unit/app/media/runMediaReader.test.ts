import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMediaService } from '../../../../src/app/media/mediaService';
import { createRunMediaReader } from '../../../../src/app/media/runMediaReader';
import type { BlobHash, CheckpointId, Run, RunFile, RunId } from '../../../../src/core/run/run';
import { makeFolder, openTestStore } from '../../store/openTestStore';
import { serveInMemory } from '../memoryRpc';

const fixtures = join(__dirname, '../../../fixtures/media');
// SAFETY: any text is as good an id as another.
const runId = 'run-a' as RunId;

async function openBench() {
  const folder = makeFolder();
  const work = join(folder, 'work');
  mkdirSync(work);
  const store = await openTestStore(join(folder, 'store'));
  await store.commit([
    {
      ...{ kind: 'runStarted', runId, experiment: 'train.py', startedAtMs: 1 },
      source: { kind: 'terminal', commandLine: 'python train.py', script: 'train.py' },
    },
  ]);
  const reader = createRunMediaReader({
    store,
    service: serveInMemory(createMediaService()),
    toAbsolutePath: (path) => join(work, path),
  });
  return {
    ...{ store, work, reader },
    run: async () => (await store.getRun(runId)) as Run,
    /** Copies fixtures into the folder of the run and records them as written by it. */
    async write(files: Readonly<Record<string, string | Uint8Array>>) {
      const recorded: RunFile[] = [];
      for (const [path, content] of Object.entries(files)) {
        const target = join(work, path);
        if (typeof content === 'string')
          cpSync(join(fixtures, content), target, { recursive: true });
        else writeFileSync(target, content);
        const { size, mtimeMs } = statSync(target);
        const hash = createHash('sha256').update(readFileSync(target)).digest('hex') as BlobHash;
        recorded.push({
          ...{ role: 'output', path, type: 'other', sizeBytes: size, modifiedAtMs: mtimeMs, hash },
          isKept: false,
        });
      }
      await store.commit([{ kind: 'filesRecorded', runId, files: recorded }]);
      return recorded;
    },
  };
}

test('pictures of files and event files, by step, with their bytes', async () => {
  const { reader, run, write } = await openBench();
  await write({
    'samples_e1.png': 'figures/figure.png',
    'samples_e2.png': 'figures/lossless.webp',
    'events.out.tfevents.1.host': 'tensorboardX/runs/exp1/events.out.tfevents.1700000000.host',
    'weights.bin': 'figures/figure.png',
  });
  const { items, notes } = await reader.list(await run(), 'image');
  expect(notes).toEqual([]);
  expect(items.map(({ tag, step, source }) => [source, tag, step])).toEqual([
    ['file', 'samples', 1],
    ['file', 'samples', 2],
    ['events', 'samples', 0],
    ['events', 'samples', 100],
    ['events', 'samples', 200],
    ['events', 'batch', 100],
  ]);
  const images = await Promise.all(items.map(async ({ id }) => reader.readImage(await run(), id)));
  // By its bytes, whatever its name says.
  expect(images.map(({ head }) => head.media)).toEqual([
    'image/png',
    'image/webp',
    ...Array.from({ length: 4 }, () => 'image/png'),
  ]);
  expect(Buffer.from(images[0]?.bytes ?? [])).toEqual(
    readFileSync(join(fixtures, 'figures/figure.png')),
  );
});

test('what was written over is not shown, but what is kept of it', async () => {
  const { store, work, reader, run, write } = await openBench();
  const [gone, kept] = await write({
    'a.png': 'figures/figure.png',
    'b.png': 'figures/figure.png',
    'cm.json': 'written/confusion_matrix.json',
  });
  await store.putBlob(readFileSync(join(work, 'b.png')));
  if (kept)
    await store.commit([{ kind: 'filesRecorded', runId, files: [{ ...kept, isKept: true }] }]);
  for (const name of ['a.png', 'b.png', 'cm.json']) writeFileSync(join(work, name), 'another');
  const { items } = await reader.list(await run(), 'image');
  const [a, b] = items.map(({ id }) => id);
  await expect(reader.readImage(await run(), a ?? '')).rejects.toThrow(
    'written again after this run',
  );
  expect((await reader.readImage(await run(), b ?? '')).head.widthPx).toBe(40);
  expect(await reader.list(await run(), 'matrix')).toEqual({
    items: [],
    notes: ['cm.json was written again after this run, so that what it showed is gone.'],
  });
  expect(gone?.isKept).toBe(false);
});

test('only files that are recorded of the run are read, and only as pictures', async () => {
  const { work, reader, run, write } = await openBench();
  writeFileSync(join(work, 'secret.png'), readFileSync(join(fixtures, 'figures/figure.png')));
  const claims = Buffer.from(readFileSync(join(fixtures, 'figures/figure.png')));
  claims.writeUInt32BE(60_000, 16);
  claims.writeUInt32BE(60_000, 20);
  await write({
    'x.png': new TextEncoder().encode('<svg onload="alert(1)"/>'),
    'huge.png': claims,
  });
  const read = async (id: string) => reader.readImage(await run(), id);
  await expect(read('["file","secret.png"]')).rejects.toThrow('no longer there');
  await expect(read('["file","../../etc/passwd"]')).rejects.toThrow('no longer there');
  await expect(read('["file","x.png"]')).rejects.toThrow('nothing that can be shown');
  await expect(read('["file","huge.png"]')).rejects.toThrow('too many pixels');
  await expect(read('no id')).rejects.toThrow('not there');
});

test('matrices of files and of the log', async () => {
  const { store, reader, run, write } = await openBench();
  await write({ 'epoch_2_confusion_matrix.csv': 'written/confusion_matrix.csv' });
  await store.appendLog(runId, readFileSync(join(fixtures, 'printed/log.txt')));
  await store.commit([{ kind: 'runEnded', runId, status: 'finished', endedAtMs: 5 }]);
  const { items } = await reader.list(await run(), 'matrix');
  expect(items.map(({ source, tag, step }) => [source, tag, step])).toEqual([
    ['file', 'confusion_matrix', 2],
    ['log', 'confusion matrix', 1],
    ['log', 'confusion matrix', 2],
    ['log', 'confusion matrix', 3],
    ['log', 'test confusion matrix', 3],
    ['log', 'confusion matrix', 3],
    ['log', 'confusion matrix', 3],
    ['log', 'confusion matrix', 3],
  ]);
  expect(items[0]?.kind === 'matrix' && items[0].matrix.labels).toEqual(['zero', 'one', 'two']);
});

test('pictures and matrices among the outputs of the cell of a run', async () => {
  const { store, reader } = await openBench();
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      { cell_type: 'code', id: 'other', source: '', metadata: {}, execution_count: 1, outputs: [] },
      {
        ...{ cell_type: 'code', id: 'fit', source: 'fit()', metadata: {}, execution_count: 2 },
        outputs: [
          {
            output_type: 'stream',
            name: 'stdout',
            text: 'Confusion matrix:\n[[50  2]\n [ 3 45]]\n',
          },
          {
            output_type: 'display_data',
            metadata: {},
            data: {
              'image/png': readFileSync(join(fixtures, 'figures/figure.png')).toString('base64'),
            },
          },
        ],
      },
    ],
  };
  const content = await store.putBlob(new TextEncoder().encode(JSON.stringify(notebook)));
  const checkpointId = 'checkpoint-a' as CheckpointId;
  const cellRun = 'run-b' as RunId;
  await store.commit([
    {
      kind: 'runStarted',
      ...{ runId: cellRun, experiment: 'a.ipynb', startedAtMs: 1 },
      source: {
        kind: 'notebook',
        notebook: 'a.ipynb',
        cellId: 'fit',
        cellIndex: 0,
        cellSource: 'fit()',
      },
    },
    {
      kind: 'checkpointTaken',
      checkpoint: {
        ...{ id: checkpointId, notebook: 'a.ipynb', kind: 'save', takenAtMs: 2, content },
        ...{ sizeBytes: 1, cellCount: 2 },
      } as never,
    },
    { kind: 'runLinked', runId: cellRun, checkpointId },
  ]);
  const run = (await store.getRun(cellRun)) as Run;
  const images = await reader.list(run, 'image');
  expect(images.items.map(({ source, tag }) => [source, tag])).toEqual([['notebook', 'output']]);
  expect((await reader.readImage(run, images.items[0]?.id ?? '')).head.heightPx).toBe(24);
  const { items } = await reader.list(run, 'matrix');
  expect(
    items.map(
      ({ kind, ...item }) => kind === 'matrix' && 'matrix' in item && [...item.matrix.values],
    ),
  ).toEqual([[50, 2, 3, 45]]);
});
