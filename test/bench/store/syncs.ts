import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Disk, nodeDisk } from '../../../src/store/disk/disk';
import { openStore } from '../../../src/store/openStore';
import { median } from './statistics';
import { pointChanges, startChanges, syntheticRun } from './syntheticRuns';

const wasmPath = createRequire(__filename).resolve('sql.js/dist/sql-wasm.wasm');
const batchSteps = 100;
const batchCount = 100;

/**
 * How often the store syncs a file for each batch of 1,000 points: counted at its file layer, in a
 * pass of its own, as a worker's calls cannot be seen from outside.
 */
export async function countSyncsPerBatch(folder: string): Promise<number> {
  let count = 0;
  const disk: Disk = {
    ...nodeDisk,
    sync(file) {
      count += 1;
      return nodeDisk.sync(file);
    },
  };
  const listener = { changed: () => {}, problem: () => {} };
  const store = await openStore(join(folder, 'syncs'), listener, { wasmPath, disk });
  const run = syntheticRun(0, batchSteps * batchCount);
  await store.commit(startChanges(run));
  count = 0;
  for (let from = 0; from < batchSteps * batchCount; from += batchSteps) {
    await store.commit(pointChanges(run, from, from + batchSteps));
  }
  const syncs = count;
  await store.close();
  return syncs / batchCount;
}

/** What the disk itself takes: the median of an fdatasync after 20 KB were appended, in milliseconds. */
export function measureDataSync(folder: string): number {
  const file = openSync(join(folder, 'sync'), 'a');
  const bytes = Buffer.alloc(20_000, 1);
  try {
    return median(
      Array.from({ length: 200 }, () => {
        writeSync(file, bytes);
        const startedAt = performance.now();
        fdatasyncSync(file);
        return performance.now() - startedAt;
      }),
    );
  } finally {
    closeSync(file);
  }
}
