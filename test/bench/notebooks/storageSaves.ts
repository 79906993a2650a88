import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { NotebookCell, NotebookOutput } from '../../../src/core/notebook/notebook';
import { serializeNotebook } from '../../../src/core/notebook/serializeNotebook';
import type { Store } from '../../../src/store/store';
import { SetupError } from '../../../tools/start/step.cjs';
import { composeLine, composeNotebook } from '../../support/notebooks/composeNotebook';
import { createRandom, type Random } from '../store/random';
import type { Figures } from '../store/report';
import { percentile, rounded } from '../store/statistics';
import { storeMegabytes } from '../store/storeFiles';
import { checkRestored, openKeeper, sha256 } from './storageKeeper';

const cellCount = 648;
const imageCount = 220;
const notebookBytes = 20_200_000;
/** Of a thousand saves: 605 edit a cell and run it, 385 edit only, 10 run all. */
const saves = { total: 1000, editAndRun: 605, runAll: 10 };
const changedImages = 0.3;
/** Five sixths of the file are images, the rest is sources and printed text, as in the notebook of the study. */
const imageBytes = 57_000;
const checked = 100;

/** A thousand saves of a notebook of 20.2 MB through the keeper, and a few of one of 50 MB. */
export async function measureThousandSaves(folder: string, workers: string): Promise<Figures> {
  const large = await replay(join(folder, 'large'), workers, notebookBytes, saves);
  console.log(`  disk usage of the thousand saves: ${rounded(large.usedMB)} MB`);
  const huge = await replay(join(folder, 'huge'), workers, 50_000_000, {
    ...{ total: 20, editAndRun: 12, runAll: 1 },
  });
  return {
    thousandSavesMB: rounded(large.fileMB),
    saveWorkerMs: rounded(mean(large.workerMs)),
    saveWorkerP95Ms: rounded(percentile(large.workerMs, 0.95)),
    saveWorkerMaxMs: rounded(Math.max(...large.workerMs)),
    saveHostMs: rounded(Math.max(...large.hostMs)),
    saveHostMeanMs: rounded(mean(large.hostMs)),
    hugeSaveWorkerMs: rounded(mean(huge.workerMs)),
    hugeSaveHostMs: rounded(Math.max(...huge.hostMs)),
  };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

interface Replayed {
  readonly fileMB: number;
  readonly usedMB: number;
  /** CPU of the thread that writes, of each save. */
  readonly workerMs: readonly number[];
  /** The longest time for which this thread was busy, of each save. */
  readonly hostMs: readonly number[];
}

async function replay(
  folder: string,
  workers: string,
  sizeBytes: number,
  mix: typeof saves,
): Promise<Replayed> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'notebook.ipynb');
  const place = join(folder, 'store');
  const { store, keeper, close } = openKeeper(place, workers);
  const random = createRandom(20);
  const notebook = composeLarge(random, sizeBytes);
  const edits = shuffle(random, [
    ...Array<Edit>(mix.editAndRun).fill('editAndRun'),
    ...Array<Edit>(mix.runAll).fill('runAll'),
    ...Array<Edit>(mix.total - mix.editAndRun - mix.runAll).fill('edit'),
  ]);
  const hashes = new Map<string, string>();
  const workerMs: number[] = [];
  const hostMs: number[] = [];
  const writer = await watchWriter(store);
  for (const edit of [undefined, ...edits]) {
    if (edit !== undefined) change(random, notebook.cells, edit);
    const bytes = Buffer.from(serializeNotebook(notebook));
    writeFileSync(path, bytes);
    const before = edit === undefined ? 0 : writer();
    const watch = watchLoop();
    const id = await keeper.take('notebook.ipynb', 'save', { path });
    const busyMs = await watch.stop();
    // The first is what there was before the saves.
    if (edit !== undefined) {
      workerMs.push(writer() - before);
      hostMs.push(busyMs);
    }
    hashes.set(id, sha256(bytes));
  }
  const checkpoints = await store.listCheckpoints();
  const step = Math.max(1, Math.floor(checkpoints.length / checked));
  for (const [index, checkpoint] of checkpoints.entries()) {
    if (index % step !== 0) continue;
    await checkRestored(store, checkpoint, hashes.get(checkpoint.id) ?? 'no such save');
  }
  if (checkpoints.length !== mix.total + 1) throw new Error('Not every save is a checkpoint');
  await close();
  const { diskMB } = storeMegabytes(place);
  return { fileMB: diskMB, usedMB: usedBytes(place) / 1e6, workerMs, hostMs };
}

type Edit = 'edit' | 'editAndRun' | 'runAll';

/** Notebook, its cells open to change. */
function composeLarge(random: Random, sizeBytes: number) {
  const notebook = composeNotebook(random, cellCount, { hasIds: true, imageChars: 100 });
  const cells = [...notebook.cells];
  const scale = sizeBytes / notebookBytes;
  for (let index = 0; index < imageCount; index += 1) {
    const at = Math.floor((index * cellCount) / imageCount);
    const cell = cells[at];
    if (cell === undefined) continue;
    const output = image(random, Math.floor(imageBytes * scale));
    cells[at] = { ...cell, kind: 'code', outputs: [output] };
  }
  const rest = Buffer.byteLength(serializeNotebook({ ...notebook, cells }));
  const lines = Math.floor((sizeBytes - rest) / (cellCount - imageCount) / 40);
  for (const [at, cell] of cells.entries()) {
    if (cell.outputs.some(({ data }) => (data['image/png']?.length ?? 0) > 1000)) continue;
    const text = Array.from({ length: lines }, () => `${composeLine(random)}\n`).join('');
    cells[at] = {
      ...cell,
      kind: 'code',
      outputs: [{ kind: 'stream', name: 'stdout', data: {}, text }],
    };
  }
  return { ...notebook, cells };
}

/** What a PNG of a plot is to a compressor: nothing in it repeats. */
function image(random: Random, bytes: number): NotebookOutput {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  for (let index = 0; index < words.length; index += 1) words[index] = random.bits();
  const data = Buffer.from(words.buffer).subarray(0, bytes);
  return {
    kind: 'display',
    data: { 'image/png': data.toString('base64'), 'text/plain': '<Figure size 640x480>' },
  };
}

function change(random: Random, cells: NotebookCell[], edit: Edit): void {
  if (edit === 'runAll') {
    for (const [at, cell] of cells.entries()) {
      if (cell.kind === 'code') cells[at] = rerun(random, cell, at, changedImages);
    }
    return;
  }
  const at = Math.floor(random.uniform() * cells.length);
  const cell = cells[at];
  if (cell === undefined) return;
  const lines = cell.source.split('\n');
  const line = Math.floor(random.uniform() * lines.length);
  let source = cell.source;
  // The same line again would be no edit.
  while (source === cell.source) source = lines.with(line, composeLine(random)).join('\n');
  const edited = { ...cell, source };
  cells[at] = edit === 'edit' || cell.kind !== 'code' ? edited : rerun(random, edited, 7, 1);
}

function rerun(
  random: Random,
  cell: NotebookCell,
  executionCount: number,
  share: number,
): NotebookCell {
  const outputs = cell.outputs.map((output) => {
    const png = output.data['image/png'];
    if (png === undefined || png.length < 1000 || random.uniform() >= share) return output;
    return image(random, (png.length / 4) * 3);
  });
  return { ...cell, outputs, executionCount: executionCount + Math.floor(random.uniform() * 1000) };
}

function shuffle<T>(random: Random, values: readonly T[]): T[] {
  return values
    .map((value) => [random.uniform(), value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);
}

/**
 * CPU milliseconds of the thread that writes checkpoints: the one that is there after the first of them and
 * was not before, as the store's own and those that compress are at work by then. 0 where there is no `/proc`.
 */
async function watchWriter(store: Store): Promise<() => number> {
  if (!existsSync(tasks)) return () => 0;
  await store.listCheckpoints();
  await Promise.all(Array.from({ length: 16 }, () => promisify(deflate)(Buffer.alloc(1e6))));
  const before = new Set(readdirSync(tasks));
  let task: string | undefined;
  return () => {
    task ??= readdirSync(tasks).find((name) => !before.has(name));
    if (task === undefined) throw new SetupError('No thread writes checkpoints', 'look why.');
    return threadMs(task);
  };
}

const tasks = '/proc/self/task';

/** Linux's scheduler tells the time on a CPU in nanoseconds. */
function threadMs(task: string): number {
  const [onCpuNs] = readFileSync(join(tasks, task, 'schedstat'), 'utf8').split(' ');
  return Number(onCpuNs) / 1e6;
}

/** The longest time that this thread worked at a stretch; what other processes take of it does not count. */
function watchLoop() {
  let longestMs = 0;
  let last = workedMs();
  let isOn = true;
  const turn = () => {
    const now = workedMs();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    if (isOn) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    async stop() {
      await new Promise(setImmediate);
      isOn = false;
      return longestMs;
    },
  };
}

function workedMs(): number {
  return existsSync(tasks) ? threadMs(String(process.pid)) : performance.now();
}

/** In blocks of the disk. */
function usedBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, { blocks }) => sum + blocks * 512, 0);
}
