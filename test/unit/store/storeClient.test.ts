import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { StoreProblem } from '../../../src/store/store';
import { startStore } from '../../../src/store/storeClient';
import { eventually, makeFolder, wasmPath } from './openTestStore';
import { ended, points, runId, started } from './sampleChanges';

let workerPath: string;

beforeAll(async () => {
  // Inside the project, as `dist` is, but not in it: another test may be building that.
  const outdir = join(import.meta.dirname, '../../../out/test/store');
  mkdirSync(outdir, { recursive: true });
  workerPath = join(outdir, 'storeWorker.js');
  const workers = join(import.meta.dirname, '../../../src/workers');
  await build({
    entryPoints: ['storeWorker', 'snapshotWorker'].map((name) => join(workers, `${name}.ts`)),
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', outdir },
  });
  copyFileSync(wasmPath, join(outdir, 'sql-wasm.wasm'));
});

function start(folder: string, path = workerPath) {
  const problems: StoreProblem[] = [];
  let changes = 0;
  const listener = {
    changed: () => {
      changes++;
    },
    problem: (problem: StoreProblem) => {
      problems.push(problem);
    },
  };
  const store = startStore({ folder, workerPath: path, listener });
  onTestFinished(() => store.close());
  return { store, problems, changes: () => changes };
}

test('a store in a worker answers as one in this thread does', async () => {
  const folder = makeFolder();
  const { store, problems, changes } = start(folder);
  await store.commit([started('r1'), points('r1', 'loss', [1, Number.NaN]), ended('r1')]);
  expect((await store.readSeries(runId('r1'), 'loss')).values).toEqual(
    new Float64Array([1, Number.NaN]),
  );
  expect(await store.getRuns([runId('none'), runId('r1')])).toMatchObject([{ id: 'r1' }]);
  const hash = await store.putBlob(new Uint8Array([1, 2, 3]));
  expect([...(await store.readBlob(hash))]).toEqual([1, 2, 3]);
  await expect(store.readBlob('x' as typeof hash)).rejects.toMatchObject({
    name: 'UserError',
    message: 'x is not the hash of a blob.',
  });
  expect(await store.putBlobIfRoom(new Uint8Array([1, 2, 3]))).toEqual({ hash, isKept: true });
  await eventually(async () => expect(changes()).toBe(1));
  await store.setLimits({ maxLogBytes: 2, maxTotalBytes: 0 });
  await store.appendLog(runId('r1'), new Uint8Array([1, 2, 3]));
  expect((await store.spaceUsage()).logs).toEqual({ count: 1, bytes: 2 });
  expect(await store.cleanUp('setAside')).toEqual({ freedBytes: 0, isDone: true });
  await store.close();
  await expect(store.listRuns()).rejects.toThrow('The store is closed.');

  const again = start(folder);
  expect(await again.store.listRuns()).toHaveLength(1);
  expect([...problems, ...again.problems]).toEqual([]);
});

test('a snapshot is built in a thread of its own while the store goes on', async () => {
  const folder = makeFolder();
  const { store, problems } = start(folder);
  await store.commit([started('r1')]);
  const noise = Array.from({ length: 100_000 }, Math.random);
  for (const key of ['a', 'b', 'c']) await store.commit([points('r1', key, noise)]);
  for (let step = 0; step < 200; step++) await store.commit([points('r1', 'loss', [step], step)]);
  await store.close();
  expect(existsSync(join(folder, 'store.db'))).toBe(true);
  expect(problems).toEqual([]);
  const again = start(folder);
  expect((await again.store.readSeries(runId('r1'), 'c')).values).toEqual(new Float64Array(noise));
  expect((await again.store.readSeries(runId('r1'), 'loss')).values).toHaveLength(200);
});

test('a worker that dies rejects what is open and what comes later, and says so', async () => {
  const folder = makeFolder();
  const path = join(folder, 'dying.js');
  writeFileSync(
    path,
    "require('node:worker_threads').parentPort.on('message', () => { throw new Error('out of memory'); });",
  );
  const { store, problems } = start(folder, path);
  const message = `The store in ${folder} stopped (out of memory). What it acknowledged is on disk; reload the window to go on recording.`;
  await expect(store.listRuns()).rejects.toThrow(message);
  await expect(store.commit([started('r1')])).rejects.toThrow(message);
  expect(problems.map((problem) => problem.message)).toEqual([message]);
  await store.close();
});

test('a store that cannot be opened says why to each who asks', async () => {
  const folder = makeFolder();
  // A folder in the place of a file cannot be read as one, by root neither.
  mkdirSync(join(folder, 'store.db'));
  const { store, problems } = start(folder);
  await expect(store.listRuns()).rejects.toThrow(/^Epochlog cannot read .*store\.db: .*EISDIR/);
  await eventually(async () => expect(problems).toHaveLength(1));
  await store.close();
});
