import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFilesCompanion } from '../../../src/app/files/filesCompanion';
import { createFilesService } from '../../../src/app/files/filesService';
import type { RecordingHandle } from '../../../src/app/recordingStart';
import type { RunFile } from '../../../src/core/run/run';
import { serveInMemory } from './memoryRpc';
import {
  exited,
  makeWorkspaceFolder,
  openBench,
  type RecordingBench,
  soon,
} from './recordingBench';

const formats = join(__dirname, '../../fixtures/formats');
const events = readFileSync(
  join(formats, 'tensorboardX/runs/exp1/events.out.tfevents.1795728996.vm'),
);
const table = readFileSync(join(formats, 'lightning/lightning_logs/version_0/metrics.csv'), 'utf8');
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
const isLinux = process.platform === 'linux';

interface FilesBench extends RecordingBench {
  readonly notes: readonly string[];
  /** Starts `commandLine` as recorded, by a process that really runs `script` in the workspace. */
  train(commandLine: string, script: string): { readonly handle: RecordingHandle };
  filesOf(handle: RecordingHandle): Promise<readonly RunFile[]>;
}

async function openFilesBench(): Promise<FilesBench> {
  const notes: string[] = [];
  const root = makeWorkspaceFolder();
  const folder = join(root, '.epochlog');
  const service = createFilesService(join(folder, 'cache', 'fileHashes'));
  const bench: RecordingBench = await openBench({
    besides: { root, folder },
    companions: [
      createFilesCompanion({
        service: serveInMemory(service),
        store: { putBlobIfRoom: (bytes) => bench.store.putBlobIfRoom(bytes) },
        workspace: {
          rootPath: root,
          toWorkspacePath: (path) => path.replace(`${root}/`, ''),
        },
        storeFolder: folder,
        onNote: (note) => notes.push(note),
        onError: (what, error) => notes.push(`${what}: ${String(error)}`),
      }),
    ],
  });
  return {
    ...bench,
    notes,
    train(commandLine, script) {
      // As in a terminal, where the shell is there before the command.
      let say: (processId: number | undefined) => void = () => undefined;
      const processId = new Promise<number | undefined>((resolve) => {
        say = resolve;
      });
      const handle = bench.commands.start(commandLine, root, {
        kind: 'terminal',
        processId,
      });
      if (!handle) throw new Error('not recorded');
      const child = spawn('sh', ['-c', script], { cwd: root, stdio: 'ignore', detached: true });
      say(child.pid);
      onTestFinished(() => {
        try {
          process.kill(-(child.pid ?? 0), 'SIGKILL');
        } catch {
          // It was over.
        }
      });
      return { handle };
    },
    filesOf: (handle) => bench.store.listFiles(handle.runId),
  };
}

const runs = async (bench: RecordingBench) => bench.store.listRuns();
/** So that what was written is not taken for the work of a command that is told of late. */
const longBefore = () => delay(800);
/** Longer than the first look at a command takes to come, and one more. */
const aFewLooks = () => delay(4_000);

describe.runIf(isLinux)('a program that prints nothing', () => {
  test('becomes a run by the event file that it has open, while it runs', async () => {
    const bench = await openFilesBench();
    bench.write('train.py', 'import helper\n');
    writeFileSync(join(bench.root, '.source'), events.subarray(0, 300));
    const path = 'runs/a/events.out.tfevents.1795728996.host';
    const { handle } = bench.train(
      'python train.py',
      `mkdir -p runs/a; exec 3>>${path}; cat .source >&3; sleep 60`,
    );
    await soon(async () => {
      expect(await runs(bench)).toMatchObject([
        { status: 'running', metrics: [{ key: 'Loss/train' }] },
      ]);
    });
    appendFileSync(join(bench.root, path), events.subarray(300));
    await handle.end(exited(0));
    const [run] = await runs(bench);
    expect(run?.metrics).toMatchObject([{ key: 'Loss/train', count: 9 }]);
    const points = await bench.store.readSeries(handle.runId, 'Loss/train');
    expect([...points.steps]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    // Its own times, not when it was read.
    expect(new Date(points.timesMs[0] ?? 0).toISOString()).toMatch(/^2026-11-26/);
    await soon(async () => {
      expect(await bench.filesOf(handle)).toMatchObject([
        { role: 'output', path, type: 'log', sizeBytes: events.length, hash: sha256(events) },
      ]);
    });
    expect(bench.notes).toEqual([]);
  });

  test('becomes one by its process in the name of the file, after it closed it', async () => {
    const bench = await openFilesBench();
    bench.write('train.py', '');
    writeFileSync(join(bench.root, '.source'), events);
    const { handle } = bench.train(
      'python train.py',
      `mkdir runs; sh -c 'cat .source > runs/events.out.tfevents.1795728996.${hostname()}.$$.0; sleep 60'; true`,
    );
    await soon(async () => expect(await runs(bench)).toHaveLength(1));
    await handle.end(exited(0));
  });
});

describe('somebody else who writes in the folder', () => {
  test('makes no run of a command that is no training, however long it takes', async () => {
    const bench = await openFilesBench();
    bench.write('serve.py', 'import http.server\n');
    const { handle } = bench.train('python serve.py', 'sleep 60');
    const short = bench.commands.start('bash build.sh', bench.root);
    bench.write('lightning_logs/version_0/metrics.csv', table);
    bench.write('runs/events.out.tfevents.1795728996.host', events);
    bench.write('model.pt', 'weights');
    expect(await short?.end(exited(0))).toBe(false);
    await aFewLooks();
    expect(await handle.end(exited(0))).toBe(false);
    expect(bench.store.changes).toEqual([]);
    expect(bench.notes).toEqual([]);
  });

  test.runIf(isLinux)('is known by its process in the name of its file', async () => {
    const bench = await openFilesBench();
    bench.write('train.py', 'import torch\n');
    const { handle } = bench.train('python train.py --logdir runs', 'sleep 60');
    bench.write(`runs/events.out.tfevents.1795728996.${hostname()}.${process.pid}.0`, events);
    await aFewLooks();
    await handle.end(exited(0));
    expect(await runs(bench)).toMatchObject([{ metrics: [] }]);
    expect(await bench.filesOf(handle)).toEqual([]);
  });

  test('does not give a run what lay there before it began', async () => {
    const bench = await openFilesBench();
    bench.write('train.py', 'import torch\n');
    bench.write('lightning_logs/version_0/metrics.csv', table);
    bench.write('old.pt', 'weights');
    await longBefore();
    const { handle } = bench.train('python train.py', 'sleep 60');
    bench.write('new.pt', 'weights');
    await aFewLooks();
    await handle.end(exited(0));
    expect(await runs(bench)).toMatchObject([{ metrics: [] }]);
    await soon(async () =>
      expect((await bench.filesOf(handle)).map(({ path }) => path)).toEqual(['new.pt']),
    );
  });
});

describe('two trainings in one folder', () => {
  test('get what their arguments name, and nobody gets what either may have written', async () => {
    const bench = await openFilesBench();
    bench.write('train.py', 'import torch\n');
    const first = bench.train('python train.py --output_dir out/a', 'sleep 60');
    const second = bench.train('python train.py --output_dir=out/b', 'sleep 60');
    bench.write('out/a/metrics.csv', table);
    bench.write('out/b/metrics.csv', table.replaceAll('0.', '1.'));
    bench.write('stray.pt', 'weights');
    await aFewLooks();
    await Promise.all([first.handle.end(exited(0)), second.handle.end(exited(0))]);
    const [a, b] = await Promise.all([first, second].map(({ handle }) => bench.filesOf(handle)));
    expect(a?.map(({ path }) => path)).toEqual(['out/a/metrics.csv']);
    expect(b?.map(({ path }) => path)).toEqual(['out/b/metrics.csv']);
    const series = await bench.store.readSeries(first.handle.runId, 'val_loss');
    expect([...series.values]).toEqual([
      0.09988203644752502, 0.03896795213222504, 0.028474586084485054,
    ]);
  });

  test.runIf(isLinux)('in the same folder of logs are told apart by their processes', async () => {
    const bench = await openFilesBench();
    bench.write('train.py', 'import torch\n');
    writeFileSync(join(bench.root, '.source'), events);
    const open = (name: string) =>
      `mkdir -p runs/${name}; exec 3>>runs/${name}/events.out.tfevents.1795728996.host; cat .source >&3; echo x > runs/${name}/model.pt; sleep 60`;
    const first = bench.train('python train.py', open('one'));
    const second = bench.train('python train.py', open('two'));
    await soon(async () => {
      const both = await runs(bench);
      expect(both.map(({ metrics }) => metrics.length)).toEqual([1, 1]);
    });
    await Promise.all([first.handle.end(exited(0)), second.handle.end(exited(0))]);
    for (const [{ handle }, name] of [
      [first, 'one'],
      [second, 'two'],
    ] as const) {
      expect((await bench.filesOf(handle)).map(({ path }) => path)).toEqual([
        `runs/${name}/events.out.tfevents.1795728996.host`,
        `runs/${name}/model.pt`,
      ]);
    }
  });
});

describe('what a run wrote', () => {
  test('is recorded with its last state: a checkpoint that is written again, and what it printed', async () => {
    const bench = await openFilesBench();
    bench.write('train.py', 'import torch\n');
    const { handle } = bench.train('python train.py', 'sleep 60');
    handle.push('epoch 1 loss=0.5\n');
    for (const state of ['first', 'second', 'third state']) {
      bench.write('checkpoints/last.ckpt', state);
      await delay(700);
    }
    bench.write('plots/loss.png', 'png');
    bench.write('preds.csv', 'id,label\n1,2\n');
    bench.write('notes.txt', 'no product');
    bench.write('vocab.txt', 'words');
    bench.write('node_modules/x/data.csv', 'a,b\n');
    handle.push('epoch 2 loss=0.4\nSaved vocabulary to vocab.txt\n');
    await handle.end(exited(0));
    await soon(async () => {
      const files = await bench.filesOf(handle);
      expect(files.map(({ path, type, hash }) => [path, type, hash])).toEqual([
        ['checkpoints/last.ckpt', 'model', sha256('third state')],
        ['plots/loss.png', 'figure', sha256('png')],
        ['preds.csv', 'table', sha256('id,label\n1,2\n')],
        ['vocab.txt', 'other', sha256('words')],
      ]);
    });
    // The table of the printed metrics is not doubled by a table of predictions.
    expect((await bench.onlyRun()).metrics).toMatchObject([{ key: 'loss', count: 2 }]);
    expect(bench.notes).toEqual([]);
  });

  test('takes the place of what it printed, under the names that it printed', async () => {
    const bench = await openFilesBench();
    bench.write('train.py', 'import keras\n');
    const { handle } = bench.train('python train.py', 'sleep 60');
    handle.push('epoch 0 loss=0.30 val_loss=0.42\n');
    for (const name of ['train', 'validation']) {
      const folder = join(formats, 'keras/logs', name);
      const [file = ''] = readdirSync(folder);
      mkdirSync(join(bench.root, 'logs', name), { recursive: true });
      copyFileSync(join(folder, file), join(bench.root, 'logs', name, 'events.out.tfevents.1.h'));
    }
    await aFewLooks();
    await handle.end(exited(0));
    const { metrics } = await bench.onlyRun();
    const named = new Map(metrics.map((metric) => [metric.key, metric]));
    expect(named.get('loss')).toMatchObject({ count: 3, first: Math.fround(0.3046795427799225) });
    expect(named.get('val_loss')).toMatchObject({ count: 3 });
    expect(named.has('train/epoch_loss')).toBe(false);
  });
});

describe('what a run reads', () => {
  test('is recorded with its hash: of options, of the source, and folders', async () => {
    const bench = await openFilesBench();
    bench.write(
      'train.py',
      'import torch\nx = np.load("features.npy")\nds = ImageFolder("images/train")\ntorch.save(m, "model.pt")\n',
    );
    bench.write('features.npy', 'features');
    bench.write('data/train.csv', 'a,b\n1,2\n');
    bench.write('images/train/cat/1.png', 'one');
    bench.write('images/train/dog/2.png', 'two');
    bench.write('model.pt', 'of the run before');
    bench.write('conf.yaml', 'lr: 1\n');
    await longBefore();
    const { handle } = bench.train(
      'python train.py --data data/train.csv --config conf.yaml --missing data/none.csv',
      'sleep 60',
    );
    handle.push('epoch 1 loss=0.5\n');
    const folder = sha256(`cat/1.png\0${3}\0${sha256('one')}\ndog/2.png\0${3}\0${sha256('two')}\n`);
    await soon(async () => {
      const files = (await bench.filesOf(handle)).filter(({ role }) => role === 'input');
      expect(files.map(({ path, type, sizeBytes, hash }) => [path, type, sizeBytes, hash])).toEqual(
        [
          ['data/train.csv', 'table', 8, sha256('a,b\n1,2\n')],
          ['features.npy', 'data', 8, sha256('features')],
          ['images/train/', 'data', 6, folder],
        ],
      );
    });
    await handle.end(exited(0));
    expect(bench.notes).toEqual([]);
  });
});

describe('a folder that is made to be hard', () => {
  test('with pipes, devices, links in circles and hostile logs holds nothing up', async () => {
    const bench = await openFilesBench();
    bench.write('train.py', 'import torch\n');
    const { handle } = bench.train('python train.py --data pipe.csv --logdir loop', 'sleep 60');
    symlinkSync('.', join(bench.root, 'loop'));
    symlinkSync('/dev/zero', join(bench.root, 'zero.csv'));
    symlinkSync('/', join(bench.root, 'everything'));
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [join(bench.root, 'metrics.csv'), join(bench.root, 'pipe.csv')]);
    }
    bench.write('a/metrics.csv', 'epoch,__proto__,constructor\n1,2,3\n');
    bench.write('b/metrics.csv', new Uint8Array(2_000_000));
    bench.write('c/metrics.csv', `epoch,${'x,'.repeat(1_000_000)}y\n1\n`);
    bench.write('events.out.tfevents.1.h', new Uint8Array(3_000_000).fill(7));
    bench.write('trainer_state.json', `{"log_history": ${'['.repeat(100_000)}`);
    bench.write('wandb-summary.json', '{"_step": 3, "loss": 0.25, "acc": "Infinity"}');
    bench.write('hparams.yaml', `a: &a [1, 2]\nb: [${'*a,'.repeat(50_000)}]\n`);
    await aFewLooks();
    const startedMs = performance.now();
    await handle.end(exited(0));
    expect(performance.now() - startedMs).toBeLessThan(15_000);
    expect((await bench.onlyRun()).metrics.map(({ key }) => key).sort()).toEqual([
      'acc',
      'constructor',
      'loss',
    ]);
    expect(bench.notes.map((note) => note.replace(`${bench.root}/`, '')).sort()).toEqual([
      'b/metrics.csv: It has a line too long for a table of metrics.',
      'c/metrics.csv: It has a line too long for a table of metrics.',
      'events.out.tfevents.1.h: A damaged part of it was left out.',
      'hparams.yaml: It could not be read.',
      'trainer_state.json: It could not be read.',
    ]);
  });

  test('of a hundred thousand files costs a look little, and still shows what is new', async () => {
    const root = makeWorkspaceFolder();
    for (let folder = 0; folder < 100; folder++) {
      mkdirSync(join(root, `d${folder}`));
      for (let file = 0; file < 200; file++)
        writeFileSync(join(root, `d${folder}`, `${file}.png`), '');
    }
    mkdirSync(join(root, 'huge'));
    for (let file = 0; file < 20_000; file++) writeFileSync(join(root, 'huge', `${file}.csv`), '');
    const service = createFilesService(undefined);
    await longBefore();
    // SAFETY: any text is one here.
    const runId = 'r' as RecordingHandle['runId'];
    service.watch({
      ...{ runId, startedAtMs: Date.now(), folder: root, workspaceFolder: root, args: [] },
      ...{ storeFolder: undefined, scriptPath: undefined, notebookSources: undefined },
      ...{ processId: undefined, mayTrain: true },
    });
    service.becameRun(runId);
    const path = join(root, 'd99', 'best.pt');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'x');
    const timesMs: number[] = [];
    for (let look = 0; look < 40; look++) {
      const startedMs = performance.now();
      service.look(runId);
      timesMs.push(performance.now() - startedMs);
    }
    // A piece of work, and one folder of five thousand entries, is the most that a look begins.
    expect(Math.max(...timesMs)).toBeLessThan(3_000);
    expect(service.finish(runId).files.map((file) => file.path)).toEqual([path]);
  });
});

describe.runIf(isLinux)('what a run wrote to be looked at', () => {
  test('is kept, as the next run writes over it', async () => {
    const media = join(__dirname, '../../fixtures/media');
    const pictures = join(media, 'tensorboardX/runs/exp1/events.out.tfevents.1700000000.host');
    const bench = await openFilesBench();
    bench.write('train.py', '');
    await longBefore();
    const { handle } = bench.train(
      'python train.py',
      `cp ${media}/written/confusion_matrix.json .; cp ${media}/figures/figure.png samples_e1.png; mkdir tb; cp ${pictures} tb/; sleep 60`,
    );
    handle.push('loss: 0.5\nloss: 0.4\n');
    await aFewLooks();
    await handle.end(exited(0));
    await soon(async () => {
      const files = await bench.filesOf(handle);
      const kept = files.filter(({ isKept, role }) => isKept && role === 'output');
      expect(kept.map(({ path }) => path).toSorted()).toEqual([
        'confusion_matrix.json',
        'samples_e1.png',
        'tb/events.out.tfevents.1700000000.host',
      ]);
      const [matrix] = kept.filter(({ path }) => path === 'confusion_matrix.json');
      const bytes = await bench.store.readBlob(matrix?.hash ?? ('' as never));
      expect(sha256(bytes)).toBe(
        sha256(readFileSync(join(media, 'written/confusion_matrix.json'))),
      );
    });
    expect(bench.notes).toEqual([]);
  });
});
