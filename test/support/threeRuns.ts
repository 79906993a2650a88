import { join } from 'node:path';
import { openStore } from '../../src/store/openStore';
import { repoRoot } from '../../tools/vscodeHost/hostPaths';
import { edited, ended, points, started } from '../unit/store/sampleChanges';

const wasmPath = join(repoRoot, 'node_modules/sql.js/dist/sql-wasm.wasm');

/** Writes three runs that differ in how good they became into the record of a workspace. */
export async function recordThreeRuns(workspace: string): Promise<void> {
  const listener = { changed: () => {}, problem: () => {} };
  const store = await openStore(join(workspace, '.epochlog'), listener, { wasmPath });
  for (const [index, id] of ['poor', 'fair', 'good'].entries()) {
    await store.commit([
      started(id, Date.now() - index * 1000),
      points(id, 'val_acc', [0.1, 0.5 + index * 0.2]),
      ended(id),
      edited(id, { field: 'name', value: `${id} run` }),
    ]);
  }
  await store.close();
}
