import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCheckpointKeeper } from '../../../src/app/checkpointKeeper';
import { createCheckpointWriter } from '../../../src/app/history/checkpointWriter';
import { createHistoryImporter } from '../../../src/app/historyImporter';
import { createRecordReader } from '../../../src/app/recordReader';
import { makeFolder, openTestStore } from '../store/openTestStore';
import { serveInMemory } from './memoryRpc';

const file = (source: string) =>
  `${JSON.stringify({
    cells: [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source }],
    ...{ metadata: {}, nbformat: 4, nbformat_minor: 4 },
  })}\n`;

/** A repository whose notebook has versions, one of them damaged, and was renamed. */
function makeRepository() {
  const root = makeFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@example.org', ...args], {
      cwd: root,
    });
  let seconds = 1_600_000_000;
  const commit = (message: string) => {
    const date = `${seconds++} +0000`;
    execFileSync(
      'git',
      ['-c', 'user.name=Ada', '-c', 'user.email=a@example.org', 'commit', '-qam', message],
      {
        cwd: root,
        env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      },
    );
  };
  git('init', '-q');
  mkdirSync(join(root, 'nb'));
  const write = (path: string, text: string) => {
    writeFileSync(join(root, path), text);
    git('add', path);
  };
  const texts = [file('x = 1'), file('x = 2'), '<<<<<<< HEAD\n', file('x = 3\n'.repeat(40))];
  for (const [index, text] of texts.entries()) {
    write('nb/old.ipynb', text);
    commit(`Version ${index + 1}`);
  }
  git('mv', 'nb/old.ipynb', 'nb/nöw 1.ipynb');
  commit('Rename');
  texts.push(file('x = 3\n'.repeat(41)));
  write('nb/nöw 1.ipynb', texts.at(-1) ?? '');
  commit('Version 5');
  return { path: join(root, 'nb/nöw 1.ipynb'), texts };
}

async function openImporter() {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const keeper = createCheckpointKeeper(
    store,
    serveInMemory(createCheckpointWriter(folder)),
    () => 2e12,
  );
  return { store, keeper, importer: createHistoryImporter(store, keeper) };
}

const quiet = { onVersion: () => undefined, isCancelled: () => false };

test('every version is a checkpoint of its time, byte for byte, and only once', async () => {
  const { path, texts } = makeRepository();
  const { store, keeper, importer } = await openImporter();
  const now = await keeper.take('n.ipynb', 'save', Buffer.from(file('y')));
  const told: string[] = [];
  const progress = {
    ...quiet,
    onVersion: (done: number, total: number) => told.push(`${done}/${total}`),
  };
  expect(await importer.importHistory(path, 'n.ipynb', progress)).toEqual({
    imported: 5,
    known: 0,
    missing: 0,
  });
  expect(told).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
  const [newest, ...versions] = await store.listCheckpoints({ notebook: 'n.ipynb' });
  expect(newest?.id).toBe(now);
  const read = createRecordReader(store);
  const contents = await Promise.all(versions.map((each) => read.readCheckpoint(each)));
  expect(contents.map((each) => Buffer.from(each).toString()).reverse()).toEqual(texts);
  expect(versions.map(({ kind, takenAtMs }) => [kind, takenAtMs])).toEqual(
    [5, 3, 2, 1, 0].map((second) => ['git', (1_600_000_000 + second) * 1000]),
  );
  expect(versions[0]?.origin).toMatch(/^[0-9a-f]{10} Version 5 · Ada$/);
  expect(versions[3]?.changes).toMatchObject({ changed: 1 });

  expect(await importer.importHistory(path, 'n.ipynb', quiet)).toMatchObject({ imported: 0 });
  expect((await store.listCheckpoints({ notebook: 'n.ipynb' })).length).toBe(6);
});

test('what a cancelled import has taken stays, and the next one goes on', async () => {
  const { path } = makeRepository();
  const { store, importer } = await openImporter();
  let asked = 0;
  await importer.importHistory(path, 'n.ipynb', { ...quiet, isCancelled: () => asked++ === 2 });
  expect((await store.listCheckpoints({ notebook: 'n.ipynb' })).length).toBe(2);
  expect(await importer.importHistory(path, 'n.ipynb', quiet)).toMatchObject({
    imported: 3,
    known: 2,
  });
  const taken = await store.listCheckpoints({ notebook: 'n.ipynb' });
  expect(taken.map(({ origin }) => origin?.slice(11))).toEqual(
    [5, 4, 3, 2, 1].map((version) => `Version ${version} · Ada`),
  );
});

test('a folder without a repository, and a notebook that was never committed, say so', async () => {
  const { importer } = await openImporter();
  const { path } = makeRepository();
  await expect(
    importer.importHistory(join(makeFolder(), 'a.ipynb'), 'a.ipynb', quiet),
  ).rejects.toThrow('no repository');
  await expect(importer.importHistory(`${path}.ipynb`, 'a.ipynb', quiet)).rejects.toThrow(
    'never committed',
  );
});
