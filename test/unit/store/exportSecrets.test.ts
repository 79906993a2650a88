import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secretMark } from '../../../src/core/secrets/secretMark';
import { Cancelled } from '../../../src/core/userError';
import { openSqlDatabase } from '../../../src/store/database/sqlDatabase';
import { type ExportOptions, exportStore } from '../../../src/store/export/exportStore';
import { hfToken, pemKey, random } from '../secrets/fakeSecrets';
import { makeFolder, openTestStore, wasmPath } from './openTestStore';
import { edited, ended, points, runId, started, startedInNotebook, taken } from './sampleChanges';

const bytesOf = (text: string) => new TextEncoder().encode(text);

const notebook = JSON.stringify({
  cells: [{ cell_type: 'code', source: ['import os\n', `login("${hfToken}")\n`], outputs: [] }],
  metadata: { n: 1 },
});
const script = `# café\npassword = "hunter2"\n${pemKey}\n`;
const latin1 = Buffer.from(`# caf\xe9\nopen("https://me:hunter2@host")\n`, 'latin1');
const plain = '{"cells": [],   "metadata": {"v": 1.0}}';

async function makeStore(): Promise<string> {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const put = (text: string) => store.putBlob(bytesOf(text));
  const [content, other, scriptHash, diff] = await Promise.all([
    put(notebook),
    put(plain),
    put(script),
    store.putBlob(latin1),
  ]);
  const inNotebook = startedInNotebook('r2', 'a.ipynb', 2);
  await store.commit([
    started('r1', 1),
    points('r1', 'loss', [1]),
    { kind: 'codeStateRecorded', runId: runId('r1'), codeState: { script: scriptHash, diff } },
    edited('r1', { field: 'note', value: `mine: ${hfToken}` }),
    ended('r1'),
    {
      ...inNotebook,
      source: { ...inNotebook.source, cellSource: `token = "${hfToken}"` },
    } as never,
    ended('r2'),
    { kind: 'checkpointTaken', checkpoint: { ...taken('c1').checkpoint, content } },
    { kind: 'checkpointTaken', checkpoint: { ...taken('c2').checkpoint, content: other } },
  ]);
  await store.close();
  return folder;
}

async function exportedFrom(folder: string, options: Partial<ExportOptions>) {
  const out = join(makeFolder(), 'all.db');
  const summary = await exportStore(folder, out, { wasmPath, report: () => {}, ...options });
  const bytes = readFileSync(out);
  const database = await openSqlDatabase(wasmPath, bytes);
  const blobs = Array.from(database.rows('SELECT CAST(content AS BLOB) FROM blobs'), ([content]) =>
    Buffer.from(content as Uint8Array),
  );
  const texts = [...database.rows('SELECT note, cell_source FROM runs ORDER BY id')];
  database.close();
  return { summary, bytes, blobs, texts };
}

test('an export masks what the store keeps byte-exact, and says how much', async () => {
  const folder = await makeStore();
  const { summary, bytes, blobs, texts } = await exportedFrom(folder, {});
  for (const secret of ['hunter2', random(20), hfToken]) {
    expect(bytes.includes(secret), secret).toBe(false);
  }
  expect(summary).toMatchObject({ runs: 2, points: 1, secrets: 6, sizeBytes: bytes.length });
  expect(texts).toEqual([
    [`mine: hf_${secretMark}`, null],
    [null, `token = "${secretMark}"`],
  ]);
  const contents = blobs.map(String);
  expect(contents).toContain(plain);
  const masked = contents.find((text) => text.includes('import os'));
  expect(JSON.parse(masked ?? '')).toMatchObject({
    cells: [{ source: ['import os\n', `login("hf_${secretMark}")\n`] }],
    metadata: { n: 1 },
  });
  expect(blobs).toContainEqual(Buffer.from(`# caf\xe9\nopen("https://me:****@host")\n`, 'latin1'));
});

test('an export that is to keep them is byte-exact, and says how much all the same', async () => {
  const folder = await makeStore();
  const { summary, blobs, texts } = await exportedFrom(folder, { keepSecrets: true });
  expect(summary.secrets).toBe(6);
  expect(texts[0]?.[0]).toBe(`mine: ${hfToken}`);
  for (const content of [bytesOf(notebook), bytesOf(script), latin1, bytesOf(plain)]) {
    expect(blobs).toContainEqual(Buffer.from(content));
  }
});

test('an export that is cancelled leaves nothing, and the store as it was', async () => {
  const folder = await makeStore();
  const target = makeFolder();
  let asked = 0;
  const exporting = exportStore(folder, join(target, 'all.db'), {
    wasmPath,
    report: () => {},
    isCancelled: () => ++asked >= 2,
  });
  await expect(exporting).rejects.toThrow(Cancelled);
  expect(readdirSync(target)).toEqual([]);
  expect((await exportedFrom(folder, {})).summary.runs).toBe(2);
});

test('points of several series and many chunks come out in their order, with their progress', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await store.commit([started('r1', 1), started('r2', 2)]);
  const expected: unknown[] = [];
  for (const run of ['r1', 'r2']) {
    for (const key of ['loss', 'acc']) {
      const values = Array.from({ length: 777 }, (_, index) => index / 8);
      for (let at = 0; at < values.length; at += 100) {
        await store.commit([points(run, key, values.slice(at, at + 100))]);
      }
      expected.push([run, key, 777, values.reduce((sum, value) => sum + value, 0)]);
    }
  }
  await store.close();
  const out = join(makeFolder(), 'all.db');
  const told: string[] = [];
  await exportStore(folder, out, {
    wasmPath,
    report: () => {},
    onProgress: ({ part, done, total }) => told.push(`${part} ${done}/${total}`),
  });
  const database = await openSqlDatabase(wasmPath, readFileSync(out));
  expect([
    ...database.rows(
      'SELECT run_id, key, count(*), sum(value) FROM metrics GROUP BY run_id, key ORDER BY run_id, key DESC',
    ),
  ]).toEqual(expected);
  database.close();
});
