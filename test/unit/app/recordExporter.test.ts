import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { createRecordExporter } from '../../../src/app/recordExporter';
import { Cancelled } from '../../../src/core/userError';
import { makeFolder, openTestStore, wasmPath } from '../store/openTestStore';
import { points, started } from '../store/sampleChanges';

let workerPath: string;

beforeAll(async () => {
  // Inside the project, as `dist` is, but not in it: another test may be building that.
  const outdir = join(import.meta.dirname, '../../../out/test/export');
  mkdirSync(outdir, { recursive: true });
  workerPath = join(outdir, 'exportWorker.js');
  await build({
    entryPoints: [join(import.meta.dirname, '../../../src/workers/exportWorker.ts')],
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile: workerPath },
  });
  copyFileSync(wasmPath, join(outdir, 'sql-wasm.wasm'));
});

const calls = {
  keepSecrets: false,
  directions: [],
  isCancelled: () => false,
  onProgress: () => {},
};

/** A store that a window has open. */
async function openStoreWithPoints(count: number) {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await store.commit([
    { ...started('r1'), source: { kind: 'terminal', commandLine: 'python train.py' } },
    points(
      'r1',
      'loss',
      Array.from({ length: count }, (_, index) => 1 / (index + 1)),
    ),
    {
      kind: 'runEdited',
      runId: started('r1').runId,
      edit: { field: 'note', value: 'password: hunter2' },
    },
  ]);
  return folder;
}

test('an export in a thread of its own gives the file of a store that is in use', async () => {
  const folder = await openStoreWithPoints(1000);
  const out = join(makeFolder(), 'all.db');
  const result = await createRecordExporter(folder, workerPath).exportTo(out, calls);
  const file = readFileSync(out);
  expect(result).toEqual({ runs: 1, points: 1000, secrets: 1, sizeBytes: file.length, notes: [] });
  expect(file.subarray(0, 15).toString()).toBe('SQLite format 3');
  expect(file.includes('hunter2')).toBe(false);
});

test('it tells how far it is, and is cancelled without leaving a file', async () => {
  const folder = await openStoreWithPoints(1_500_000);
  const target = makeFolder();
  const told: string[] = [];
  const exporting = createRecordExporter(folder, workerPath).exportTo(join(target, 'all.db'), {
    ...calls,
    isCancelled: () => told.length > 0,
    onProgress: ({ part }) => told.push(part),
  });
  await expect(exporting).rejects.toThrow(Cancelled);
  expect(told[0]).toBe('points');
  expect(readdirSync(target)).toEqual([]);
});

test('what cannot be exported is said to the user', async () => {
  const exporter = createRecordExporter(makeFolder(), workerPath);
  await expect(exporter.exportTo(join(makeFolder(), 'all.db'), calls)).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining('There is no Epochlog store'),
  });
  const folder = await openStoreWithPoints(1);
  for (const own of ['store.db', 'store.db.previous', join('blobs', 'x.db')]) {
    const exporting = createRecordExporter(folder, workerPath).exportTo(join(folder, own), calls);
    await expect(exporting).rejects.toMatchObject({ name: 'UserError' });
  }
  expect(existsSync(join(folder, 'blobs', 'x.db'))).toBe(false);
});
