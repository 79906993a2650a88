import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate, readSchemaVersion, schemaVersion } from '../../../src/store/database/migrate';
import { openSqlDatabase } from '../../../src/store/database/sqlDatabase';
import { decodeSnapshot, encodeSnapshot } from '../../../src/store/snapshot/snapshotFile';
import { makeFolder, openTestStore, wasmPath } from './openTestStore';
import { ended, started } from './sampleChanges';

test('a store of the first version opens as one of the newest', async () => {
  const old = await openSqlDatabase(wasmPath);
  migrate(old, 1);
  old.run(
    `INSERT INTO runs (id, experiment, source_kind, source_path, source, started_at_ms,
       started_stamp, status, ended_at_ms, ended_stamp)
     VALUES ('r1', 'train.py', 'terminal', 'train.py', ?, 1000, 's1', 'finished', 2000, 's2')`,
    JSON.stringify({ kind: 'terminal', commandLine: 'python train.py', script: 'train.py' }),
  );
  expect(readSchemaVersion(old)).toBe(1);
  const folder = makeFolder();
  const parts = encodeSnapshot({ database: old.export(), positions: new Map() });
  writeFileSync(join(folder, 'store.db'), Buffer.concat(parts));

  const store = await openTestStore(folder);
  expect(await store.listRuns()).toMatchObject([{ id: 'r1', status: 'finished', endedAtMs: 2000 }]);
  await store.commit([started('r2', 3000)]);
  expect(store.problems).toEqual([]);
});

test('a store of a newer version can be read and is not written', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await store.commit([started('r1'), ended('r1')]);
  await store.close();
  const path = join(folder, 'store.db');
  const { database, positions } = decodeSnapshot(readFileSync(path)) ?? {};
  if (database === undefined || positions === undefined) throw new Error('no snapshot');
  const newer = await openSqlDatabase(wasmPath, database);
  newer.script(`ALTER TABLE runs ADD COLUMN mood TEXT; PRAGMA user_version = ${schemaVersion + 1}`);
  const parts = encodeSnapshot({ database: newer.export(), positions });
  writeFileSync(path, Buffer.concat(parts));
  const file = readFileSync(path);

  const reader = await openTestStore(folder);
  expect(await reader.listRuns()).toMatchObject([{ id: 'r1' }]);
  expect(reader.problems[0]?.message).toMatch(/was written by a newer version of Epochlog/);
  await expect(reader.commit([started('r2')])).rejects.toThrow(/until Epochlog is updated/);
  await expect(reader.putBlob(new Uint8Array(1))).rejects.toThrow(/until Epochlog is updated/);
  await reader.close();
  expect(readFileSync(path)).toEqual(file);
});

test('a window that was open while a newer version came does not put its own snapshot over it', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await store.commit([started('r1'), ended('r1')]);
  const newer = await openSqlDatabase(wasmPath);
  migrate(newer);
  newer.script(`PRAGMA user_version = ${schemaVersion + 1}`);
  const parts = encodeSnapshot({ database: newer.export(), positions: new Map() });
  const path = join(folder, 'store.db');
  writeFileSync(path, Buffer.concat(parts));
  const file = readFileSync(path);
  await store.close();
  expect(readFileSync(path)).toEqual(file);
  expect(store.problems[0]?.message).toMatch(/newer version/);
});
