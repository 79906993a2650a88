import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CheckpointId } from '../../../src/core/run/run';
import { schemaVersion } from '../../../src/store/database/migrate';
import { openSqlDatabase } from '../../../src/store/database/sqlDatabase';
import { checkStore } from '../../../src/store/export/checkStore';
import { exportStore } from '../../../src/store/export/exportStore';
import type { Store } from '../../../src/store/store';
import { makeFolder, openTestStore, wasmPath } from './openTestStore';
import { ended, points, runId, started } from './sampleChanges';

const fixtures = join(import.meta.dirname, '../../fixtures/stores');
/** Of every version there was before this one; see `record.ts` beside them. */
const versions = Array.from({ length: schemaVersion - 1 }, (_, index) => index + 1);

function copyOf(version: number): string {
  const folder = makeFolder();
  cpSync(join(fixtures, `v${version}`), folder, { recursive: true });
  return folder;
}

const expectedOf = (version: number) =>
  JSON.parse(readFileSync(join(fixtures, `v${version}`, 'expected.json'), 'utf8'));

/** What the store holds, in the form of `expected.json`. */
async function contentOf(store: Store) {
  const runs = await store.listRuns({ includeDeleted: true });
  const series: Record<string, readonly string[][]> = {};
  for (const { id, metrics } of runs) {
    for (const { key } of metrics) {
      const { steps, values, timesMs } = await store.readSeries(id, key);
      series[`${id} ${key}`] = [steps, values, timesMs].map((column) => Array.from(column, String));
    }
  }
  const checkpoints = await store.listCheckpoints({ includeDeleted: true });
  const asText = (_key: string, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return JSON.parse(JSON.stringify({ runs, series, checkpoints }, asText));
}

test('a store of every earlier version is kept to be opened', () => {
  expect(versions.length).toBeGreaterThan(0);
  const missing = versions.filter((version) => !existsSync(join(fixtures, `v${version}`)));
  expect(missing).toEqual([]);
});

test.each(versions)(
  'a store of version %i opens with all that is in it, and is written',
  async (version) => {
    const folder = copyOf(version);
    const expected = expectedOf(version);
    const store = await openTestStore(folder);
    // Later versions may say more of the same run.
    expect(await contentOf(store)).toMatchObject(expected);
    expect((await store.readSeries(runId('r1'), 'val/loss')).values[4]).toBe(-0);
    const script = (await store.getRun(runId('r1')))?.codeState?.script;
    expect(text(script && (await store.readBlob(script)))).toBe('print("loss=0.5")\n');
    const checkpoint = await store.getCheckpoint('c1' as CheckpointId);
    expect(text(checkpoint && (await store.readBlob(checkpoint.content)))).toBe('{"cells": []}');
    expect(text(await store.readLog(runId('r1')))).toBe('loss=0.5\n');
    expect(store.problems).toEqual([]);

    await store.commit([started('new', 4000), points('new', 'loss', [1]), ended('new')]);
    await store.commit([points('r2', 'loss', [0.25], 4)]);
    await store.close();
    const again = await openTestStore(folder);
    expect(again.problems).toEqual([]);
    const { runs, series } = await contentOf(again);
    expect(runs).toHaveLength(expected.runs.length + 1);
    expect(series).toMatchObject({
      ...expected.series,
      'r2 loss': [
        [...expected.series['r2 loss'][0], '4'],
        [...expected.series['r2 loss'][1], '0.25'],
        [...expected.series['r2 loss'][2], '6000'],
      ],
    });
  },
);

test.each(versions)(
  'a store of version %i is checked and exported without being changed',
  async (version) => {
    const folder = copyOf(version);
    const expected = expectedOf(version);
    expect(await checkStore(folder, wasmPath)).toEqual({ damage: [], notes: [] });
    const out = join(makeFolder(), 'all.db');
    await exportStore(folder, out, {
      wasmPath,
      report(message) {
        throw new Error(message);
      },
    });
    const database = await openSqlDatabase(wasmPath, readFileSync(out));
    const column = (sql: string) => [...database.rows(sql)].map(([value]) => value);
    const ids = expected.runs.map(({ id }: { id: string }) => id).sort();
    expect(column('SELECT id FROM runs ORDER BY id')).toEqual(ids);
    // NaN is NULL there.
    const losses = column(`SELECT value FROM metrics WHERE run_id = 'r1' AND key = 'val/loss'`);
    expect(losses.map((value) => String(value ?? Number.NaN))).toEqual(
      expected.series['r1 val/loss'][1],
    );
    expect(column('SELECT id FROM checkpoints')).toEqual(['c1']);
    expect(column('SELECT count(*) FROM logs')).toEqual([1]);
    for (const name of ['store.db', 'expected.json']) {
      expect(readFileSync(join(folder, name))).toEqual(
        readFileSync(join(fixtures, `v${version}`, name)),
      );
    }
  },
);

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
