import { execFileSync } from 'node:child_process';
import { renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createCheckpointKeeper } from '../../../src/app/checkpointKeeper';
import { findGitOperation } from '../../../src/app/gitReflog';
import { createCheckpointWriter } from '../../../src/app/history/checkpointWriter';
import { createNotebookFiles } from '../../../src/app/notebookFiles';
import { createNotebookMover } from '../../../src/app/notebookMover';
import { createRecordCache } from '../../../src/app/recordCache';
import { createRecordReader } from '../../../src/app/recordReader';
import { makeFolder, openTestStore } from '../store/openTestStore';
import { serveInMemory } from './memoryRpc';

test('what git did to a file is told, in a worktree too, and nothing where there is no git', async () => {
  const root = makeFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd: root,
    });
  const path = join(root, 'a.ipynb');
  git('init', '-q', '-b', 'main');
  for (const [text, branch] of [
    ['1', 'dev'],
    ['2', 'other'],
  ] as const) {
    writeFileSync(path, text);
    git('add', '.');
    git('commit', '-qm', text);
    git('branch', branch);
  }
  git('checkout', '-q', 'dev');
  expect(await findGitOperation(path, statSync(path).mtimeMs)).toBe('git checkout (main → dev)');
  expect(await findGitOperation(path, Date.now() - 3_600_000)).toBeUndefined();
  const worktree = join(makeFolder(), 'tree');
  git('worktree', 'add', '-q', worktree, 'other');
  execFileSync('git', ['reset', '-q', '--hard', 'dev'], { cwd: worktree });
  expect(await findGitOperation(join(worktree, 'a.ipynb'), Date.now())).toBe('git reset (dev)');
  expect(await findGitOperation(join(makeFolder(), 'a.ipynb'), Date.now())).toBeUndefined();
});

const notebook = (...lines: readonly string[]) =>
  JSON.stringify({
    cells: [{ cell_type: 'code', metadata: {}, outputs: [], source: lines.join('\n') }],
    ...{ metadata: {}, nbformat: 4, nbformat_minor: 4 },
  });
const lines = Array.from({ length: 10 }, (_, index) => `x${index} = ${index}`);

test('a history follows its file, by the same content or nearly the same, and leaves others', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const keeper = createCheckpointKeeper(
    store,
    serveInMemory(createCheckpointWriter(folder)),
    Date.now,
  );
  const path = join(folder, 'a.ipynb');
  writeFileSync(path, notebook(...lines));
  await keeper.take('nb/a.ipynb', 'save', { path });
  await keeper.take('nb/b.ipynb', 'save', Buffer.from(notebook('other')));
  const cache = createRecordCache(store, (_what, error) => {
    throw error;
  });
  await cache.ready;
  const mover = createNotebookMover(
    store,
    keeper,
    cache,
    createRecordReader(store),
    serveInMemory(createNotebookFiles()),
    Date.now,
  );
  renameSync(path, join(folder, 'c.ipynb'));
  const gone = ['nb/b.ipynb', 'nb/a.ipynb'];
  expect(await mover.findOrigin(gone, join(folder, 'c.ipynb'))).toBe('nb/a.ipynb');
  writeFileSync(path, notebook(...lines, 'y = 1'));
  expect(await mover.findOrigin(gone, path)).toBe('nb/a.ipynb');
  writeFileSync(path, notebook(...lines.map((line) => `# ${line}`)));
  expect(await mover.findOrigin(gone, path)).toBeUndefined();

  await mover.renamed('nb', 'deep/nb');
  await vi.waitFor(async () =>
    expect((await store.listCheckpoints()).map((each) => each.notebook).sort()).toEqual([
      'deep/nb/a.ipynb',
      'deep/nb/b.ipynb',
    ]),
  );
});

test('a checkpoint that is under way when its notebook is renamed goes along', async () => {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const writer = createCheckpointWriter(folder);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let calls = 0;
  const slow: typeof writer = {
    async keep(request) {
      calls += 1;
      if (calls === 2) await held;
      return writer.keep(request);
    },
  };
  const keeper = createCheckpointKeeper(store, serveInMemory(slow), Date.now);
  await keeper.take('a.ipynb', 'save', Buffer.from(notebook('x = 1')));
  const cache = createRecordCache(store, (_what, error) => {
    throw error;
  });
  await cache.ready;
  const mover = createNotebookMover(
    ...([store, keeper, cache, createRecordReader(store)] as const),
    ...([serveInMemory(createNotebookFiles()), Date.now] as const),
  );
  const taking = keeper.take('a.ipynb', 'save', Buffer.from(notebook('x = 2')));
  const renaming = mover.renamed('a.ipynb', 'b.ipynb');
  await vi.waitFor(() => expect(calls).toBe(2));
  // Time enough for a move that does not wait.
  await store.listCheckpoints();
  release();
  await Promise.all([taking, renaming]);
  const checkpoints = await store.listCheckpoints();
  expect(checkpoints.map((each) => each.notebook)).toEqual(['b.ipynb', 'b.ipynb']);
});
