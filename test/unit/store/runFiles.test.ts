import { expect, test } from 'vitest';
import type { BlobHash, RunFile } from '../../../src/core/run/run';
import { makeFolder, openTestStore } from './openTestStore';
import { ended, points, runId, started } from './sampleChanges';

const file = (more: Partial<RunFile> = {}): RunFile => ({
  role: 'output',
  path: 'out/model.pt',
  type: 'model',
  sizeBytes: 10,
  modifiedAtMs: 2000,
  isKept: false,
  ...more,
});

test('files, environment and parent of a run are there again after a restart', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const packages = await store.putBlob(new TextEncoder().encode('[]'));
  const hash = await store.putBlob(new TextEncoder().encode('lr: 0.1\n'));
  const config = file({ role: 'config', path: 'conf.yaml', type: 'config', hash, isKept: true });
  await store.commit([
    started('parent'),
    { ...started('r1'), parentId: runId('parent') },
    { kind: 'filesRecorded', runId: runId('r1'), files: [file(), config] },
    { kind: 'filesRecorded', runId: runId('r1'), files: [file({ sizeBytes: 20 })] },
    {
      kind: 'environmentRecorded',
      runId: runId('r1'),
      environment: { os: 'Linux', python: { executable: '/usr/bin/python3', packages } },
    },
    ended('r1'),
    ended('parent'),
  ]);
  await store.close();
  const again = await openTestStore(folder);
  expect(await again.listFiles(runId('r1'))).toEqual([config, file({ sizeBytes: 20 })]);
  expect(await again.listRuns({ parentId: runId('parent') })).toMatchObject([
    { id: 'r1', parentId: 'parent', environment: { os: 'Linux', python: { packages } } },
  ]);
  await again.commit([{ kind: 'runPurged', runId: runId('r1') }]);
  expect(await again.listFiles(runId('r1'))).toEqual([]);
});

test('a file or an environment whose content is not there is refused', async () => {
  const store = await openTestStore(makeFolder());
  const hash = 'a'.repeat(64) as BlobHash;
  const commit = (isKept: boolean) =>
    store.commit([
      started('r1'),
      { kind: 'filesRecorded', runId: runId('r1'), files: [file({ hash, isKept })] },
    ]);
  await expect(commit(true)).rejects.toThrow(/is not in/);
  await commit(false);
  const environment = { os: 'Linux', python: { executable: 'python', packages: hash } };
  await expect(
    store.commit([{ kind: 'environmentRecorded', runId: runId('r1'), environment }]),
  ).rejects.toThrow(/is not in/);
});

test('points of another edition take the place of those before, and what is late of those is dropped', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const replaced = (edition: string, ...keys: string[]) =>
    ({ kind: 'seriesReplaced', runId: runId('r1'), keys, edition }) as const;
  await store.commit([
    started('r1'),
    points('r1', 'loss', [3, 2, 1]),
    points('r1', 'acc', [0.5]),
    replaced('e1', 'loss', 'acc', 'never'),
    { ...points('r1', 'loss', [3.25, 2.25]), edition: 'e1' },
    points('r1', 'loss', [9], 9),
  ]);
  const check = async (shown: typeof store) => {
    expect((await shown.getRun(runId('r1')))?.metrics).toMatchObject([
      { key: 'loss', first: 3.25, last: 2.25, min: 2.25, max: 3.25, count: 2, lastStep: 1 },
    ]);
    expect([...(await shown.readSeries(runId('r1'), 'loss')).values]).toEqual([3.25, 2.25]);
  };
  await check(store);
  await store.commit([ended('r1')]);
  await store.close();
  await check(await openTestStore(folder));
});
