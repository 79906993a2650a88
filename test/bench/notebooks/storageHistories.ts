import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { serializeNotebook } from '../../../src/core/notebook/serializeNotebook';
import { runCommand } from '../../../tools/start/step.cjs';
import { composeCell, composeNotebook } from '../../support/notebooks/composeNotebook';
import { type Mutation, mutateNotebook } from '../../support/notebooks/mutateNotebook';
import { createRandom } from '../store/random';
import type { Figures } from '../store/report';
import { rounded } from '../store/statistics';
import { storeMegabytes } from '../store/storeFiles';
import { checkRestored, openKeeper, sha256 } from './storageKeeper';

/** Every version of every history through the keeper, each history in a store of its own; git beside it. */
export async function measureHistories(folder: string, workers: string): Promise<Figures> {
  const given = process.env.EPOCHLOG_HISTORIES_DIR;
  const histories = given ?? composeHistories(join(folder, 'composed'));
  console.log(
    `  histories: ${given ?? 'composed ones; EPOCHLOG_HISTORIES_DIR names a folder of real ones'}`,
  );
  let [ours, git, raw, versions] = [0, 0, 0, 0];
  for (const name of readdirSync(histories).sort()) {
    const files = readdirSync(join(histories, name))
      .filter((file) => file.endsWith('.ipynb'))
      .sort()
      .map((file) => join(histories, name, file));
    const own = await keepAll(join(folder, name), files, workers);
    const theirs = await packWithGit(join(folder, `${name}.git`), files);
    const size = files.reduce((sum, file) => sum + statSync(file).size, 0);
    console.log(
      `  ${name.padEnd(16)} ${String(files.length).padStart(4)} versions ${mb(size).padStart(7)} MB,` +
        ` git ${mb(theirs)} MB, ours ${mb(own)} MB`,
    );
    ours += own;
    git += theirs;
    raw += size;
    versions += files.length;
  }
  console.log(`  all ${versions} versions ${mb(raw)} MB, git ${mb(git)} MB, ours ${mb(ours)} MB`);
  return { historyVersions: versions, storeVsGit: rounded(ours / git) };
}

const mb = (bytes: number) => (bytes / 1e6).toFixed(2);

async function keepAll(folder: string, files: readonly string[], workers: string): Promise<number> {
  const { store, keeper, close } = openKeeper(folder, workers);
  const expected = new Map<string, string>();
  for (const path of files) {
    const id = await keeper.take('notebook.ipynb', 'save', { path });
    expected.set(id, sha256(readFileSync(path)));
  }
  for (const checkpoint of await store.listCheckpoints()) {
    await checkRestored(store, checkpoint, expected.get(checkpoint.id) ?? 'no such file');
  }
  await close();
  return storeMegabytes(folder).diskMB * 1e6;
}

/** All that a full repack leaves of the versions: its packs. */
async function packWithGit(folder: string, files: readonly string[]): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const git = (...args: readonly string[]) =>
    runCommand('git', ['-c', 'user.name=x', '-c', 'user.email=x', '-C', folder, ...args]);
  await git('init', '-q');
  for (const file of files) {
    copyFileSync(file, join(folder, 'notebook.ipynb'));
    await git('add', 'notebook.ipynb');
    await git('commit', '-q', '--allow-empty', '-m', 'x');
  }
  await git('repack', '-q', '-a', '-d', '-f', '--window=50', '--depth=50');
  const packs = join(folder, '.git', 'objects', 'pack');
  return readdirSync(packs)
    .filter((name) => name.endsWith('.pack'))
    .reduce((sum, name) => sum + statSync(join(packs, name)).size, 0);
}

function composeHistories(folder: string): string {
  for (const [index, cells] of [20, 60, 150].entries()) {
    const random = createRandom(index + 1);
    let notebook = composeNotebook(random, cells, { hasIds: true, imageChars: 40_000 });
    const place = join(folder, `composed-${cells}`);
    mkdirSync(place, { recursive: true });
    for (let version = 0; version < 60; version += 1) {
      const name = `${String(version).padStart(4, '0')}.ipynb`;
      writeFileSync(join(place, name), serializeNotebook(notebook));
      const edits: readonly Mutation[] = [random.oneOf(mutations), 'edit'];
      notebook = mutateNotebook(notebook, edits, random, () =>
        composeCell(random, 40_000),
      ).notebook;
    }
  }
  return folder;
}

const mutations = ['insert', 'delete', 'move', 'edit', 'split', 'merge'] as const;
