import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Change } from '../../../src/core/change/change';
import type { SavedView, ViewId } from '../../../src/core/view/savedView';
import { openSqlDatabase } from '../../../src/store/database/sqlDatabase';
import { makeFolder, openTestStore, wasmPath } from './openTestStore';
import { edited, ended, points, runId, started, startedInNotebook, taken } from './sampleChanges';

const root = join(import.meta.dirname, '../../..');

/** Runs the developer command as it is run by hand. */
async function storeCommand(...args: string[]) {
  const script = join(root, 'tools/store.ts');
  return promisify(execFile)(process.execPath, ['--import', 'tsx', script, ...args], { cwd: root });
}

const view = (id: string): SavedView => ({
  id: id as ViewId,
  name: `view ${id}`,
  page: 'runTable',
  state: '{}',
  savedAtMs: 5,
});

async function makeStore(): Promise<string> {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await store.commit([
    started('r1', Date.UTC(2026, 0, 2, 3, 4, 5)),
    {
      kind: 'paramsAdded',
      runId: runId('r1'),
      params: [{ key: 'lr', value: '0.01', origin: 'argv' }],
    },
    points('r1', 'loss', [2, Number.NaN, Number.NEGATIVE_INFINITY]),
    edited('r1', { field: 'tag', key: 'baseline', value: '' }),
    edited('r1', { field: 'archivedAtMs', value: 5 }),
    edited('r1', { field: 'experiment', value: 'digits' }),
    ...['v1', 'v2'].map((id): Change => ({ kind: 'viewSaved', view: view(id) })),
    { kind: 'viewDeleted', viewId: view('v2').id, atMs: 6 },
    ended('r1'),
    startedInNotebook('r2', 'explore.ipynb', Date.UTC(2026, 0, 3)),
    ended('r2', 'failed'),
  ]);
  const content = await store.putBlob(new TextEncoder().encode('{"cells":[]}'));
  const { checkpoint } = taken('c1');
  await store.commit([{ kind: 'checkpointTaken', checkpoint: { ...checkpoint, content } }]);
  await store.appendLog(runId('r1'), new TextEncoder().encode('epoch 1\n'));
  await store.close();
  return folder;
}

test('the exported file shows all of the store under readable names', async () => {
  const folder = await makeStore();
  const out = join(folder, 'out', 'all.db');
  expect((await storeCommand('export', folder, out)).stdout).toBe(`Wrote ${out}\n`);
  const database = await openSqlDatabase(wasmPath, readFileSync(out));
  const all = (sql: string) => [...database.rows(sql)];
  expect(all('PRAGMA integrity_check')).toEqual([['ok']]);
  expect(all('SELECT id, status, source_path, command_line, started_at FROM runs')).toEqual([
    ['r1', 'finished', 'train.py', 'python train.py', '2026-01-02T03:04:05.000Z'],
    ['r2', 'failed', 'explore.ipynb', null, '2026-01-03T00:00:00.000Z'],
  ]);
  expect(all('SELECT id, experiment, archived, deleted FROM runs')).toEqual([
    ['r1', 'digits', 1, 0],
    ['r2', 'explore.ipynb', 0, 0],
  ]);
  expect(all('SELECT * FROM saved_views')).toEqual([
    ['v1', 'view v1', 'runTable', '{}', '1970-01-01T00:00:00.005Z'],
  ]);
  expect(all('SELECT * FROM params')).toEqual([['r1', 'lr', '0.01', 'argv']]);
  expect(all('SELECT * FROM metrics')).toEqual([
    ['r1', 'loss', 0, 2, '1970-01-01T00:00:02.000Z'],
    ['r1', 'loss', 1, null, '1970-01-01T00:00:03.000Z'],
    ['r1', 'loss', 2, Number.NEGATIVE_INFINITY, '1970-01-01T00:00:04.000Z'],
  ]);
  expect(all('SELECT run_id, best, count FROM metric_summaries')).toEqual([
    ['r1', Number.NEGATIVE_INFINITY, 3],
  ]);
  expect(all('SELECT id, notebook, taken_at FROM checkpoints')).toEqual([
    ['c1', 'explore.ipynb', '1970-01-01T00:00:01.000Z'],
  ]);
  expect(all('SELECT * FROM tags')).toEqual([['run', 'r1', 'baseline', '']]);
  expect(
    all('SELECT CAST(content AS TEXT) FROM checkpoints JOIN blobs ON hash = content_blob'),
  ).toEqual([['{"cells":[]}']]);
  expect(all("SELECT CAST(content AS TEXT) FROM logs WHERE run_id = 'r1'")).toEqual([
    ['epoch 1\n'],
  ]);
  // Tools that go by declared types take a column without one for text, and a view with an order too.
  const untyped = `SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c
    WHERE m.type = 'view' AND c.type = ''`;
  expect(all(untyped)).toEqual([['metrics', 'time']]);
  expect(
    all("SELECT name FROM sqlite_master WHERE type = 'view' AND sql LIKE '%ORDER BY%'"),
  ).toEqual([]);
  database.close();
}, 60_000);

test('the check passes on a whole store and fails with the reason on a damaged one', async () => {
  const folder = await makeStore();
  expect((await storeCommand('check', folder)).stdout).toBe(`${folder} is whole.\n`);
  const path = join(folder, 'store.db');
  const whole = readFileSync(path);
  writeFileSync(path, Buffer.concat([whole.subarray(0, 4000), whole.subarray(4001)]));
  await expect(storeCommand('check', folder)).rejects.toMatchObject({
    code: 1,
    stderr: 'damaged: store.db is not as it was written.\n',
  });
  rmSync(path);
  expect((await storeCommand('check', folder)).stdout).toBe(`${folder} is whole.\n`);
  await expect(storeCommand('check')).rejects.toMatchObject({ code: 2 });
}, 60_000);
