import { writeFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { RunId } from '../../../src/core/run/run';
import { exited, openBench, soon } from './recordingBench';

const epochs = ['epoch 1 loss=0.5\r\n', 'epoch 2 loss=0.25\r\n'];
const trainer = 'import torch\nprint("not yet")\n';

describe('params of a script', () => {
  const script = `import argparse
parser = argparse.ArgumentParser()
parser.add_argument('-b', '--batch-size', type=int, default=32)
parser.add_argument('--lr', type=float, default=1e-3)
parser.add_argument('--token', default='hf_abcdefghijklmnopqrstuvwxyzABCDEFGH')
args = parser.parse_args()
`;

  test('are its arguments under its own names, and the defaults of the others', async () => {
    const bench = await openBench();
    bench.write('train.py', script);
    await bench.play('python train.py -b 8', epochs);
    const { params } = await bench.onlyRun();
    expect(params.slice(0, 2)).toEqual([
      { key: 'batch_size', value: '8', origin: 'argv' },
      { key: 'lr', value: '0.001', origin: 'default' },
    ]);
    expect(JSON.stringify(params)).not.toContain('abcdefghijkl');
    expect(bench.errors).toEqual([]);
  });

  test('that it prints count more than what its source says', async () => {
    const bench = await openBench();
    bench.write('train.py', `${trainer}${script}`);
    await bench.play('python train.py', ['Namespace(batch_size=64, lr=0.5)\r\n', ...epochs]);
    const { params } = await bench.onlyRun();
    expect(params).toContainEqual({ key: 'lr', value: '0.5', origin: 'printed' });
    expect(params).toContainEqual({ key: 'batch_size', value: '64', origin: 'printed' });
  });

  test('are its arguments alone where it cannot be read', async () => {
    const bench = await openBench();
    bench.write('train.sh', script);
    await bench.play('bash train.sh -b 8', epochs);
    await bench.play('python gone.py --lr 1', epochs);
    const runs = await bench.store.listRuns();
    expect(runs.map(({ params }) => params.map(({ key }) => key)).sort()).toEqual([['b'], ['lr']]);
  });
});

describe('what becomes a run', () => {
  test('a command that prints no metric leaves nothing', async () => {
    const bench = await openBench();
    expect(await bench.play('make report', ['written report.html in 3 s\r\n'])).toBe(false);
    expect(await bench.store.listRuns({ includeDeleted: true })).toEqual([]);
    expect(bench.store.changes).toEqual([]);
    expect(bench.errors).toEqual([]);
  });

  test('a metric makes one, while the command still runs', async () => {
    const bench = await openBench();
    const handle = bench.commands.start('python train.py --lr 0.1', bench.root);
    handle?.push(epochs[0] ?? '');
    await soon(async () =>
      expect(await bench.onlyRun()).toMatchObject({
        id: handle?.runId,
        status: 'running',
        experiment: 'train.py',
        params: [{ key: 'lr', value: '0.1', origin: 'argv' }],
        metrics: [{ key: 'loss', last: 0.5, count: 1 }],
      }),
    );
    expect(bench.recorder.activeRuns()).toMatchObject([{ runId: handle?.runId }]);
    handle?.push(epochs[1] ?? '');
    expect(await handle?.end(exited(0))).toBe(true);
    expect(bench.recorder.activeRuns()).toEqual([]);
    const run = await bench.onlyRun();
    expect(run).toMatchObject({
      status: 'finished',
      exitCode: 0,
      source: {
        kind: 'terminal',
        commandLine: 'python train.py --lr 0.1',
        cwd: bench.root,
        script: 'train.py',
      },
    });
    const { values, steps } = await bench.store.readSeries(run.id, 'loss');
    expect([[...steps], [...values]]).toEqual([
      [1, 2],
      [0.5, 0.25],
    ]);
    expect(bench.errors).toEqual([]);
  });

  test('a training script is kept though it fails before its first metric', async () => {
    const bench = await openBench();
    bench.write('train.py', trainer);
    const output = ['Traceback (most recent call last):\r\n', 'ModuleNotFoundError: no torch\r\n'];
    expect(await bench.play('python train.py --lr 1', output, exited(1))).toBe(true);
    expect(await bench.onlyRun()).toMatchObject({ status: 'failed', exitCode: 1, metrics: [] });
  });

  test('a script that imports no training library is not', async () => {
    const bench = await openBench();
    bench.write('report.py', 'import json\nprint("import torch")\n');
    expect(await bench.play('python report.py', ['done\r\n'], exited(1))).toBe(false);
  });

  test('a script that trained before is kept though it fails before its first metric', async () => {
    const bench = await openBench();
    bench.write('fit.py', 'import mylib\n');
    expect(await bench.play('python fit.py', ['starting\r\n'], exited(1))).toBe(false);
    expect(await bench.play('python fit.py', epochs)).toBe(true);
    expect(await bench.play('python fit.py --lr 9', ['starting\r\n'], exited(1))).toBe(true);
    expect((await bench.store.listRuns()).map(({ status }) => status).sort()).toEqual([
      'failed',
      'finished',
    ]);
  });

  test('the script is found where `cd` went', async () => {
    const bench = await openBench();
    bench.write('deep/er/train.py', trainer);
    await bench.play('cd deep && cd /nowhere; python train.py', ['x\r\n']);
    expect(await bench.store.listRuns()).toEqual([]);
    await bench.play('cd deep/er && python train.py', ['x\r\n']);
    expect((await bench.onlyRun()).source).toMatchObject({ script: 'deep/er/train.py' });
  });

  it.each(['git log', 'pip install torch', 'ls', 'pytest -k train', 'cat train.log'])(
    'nothing of `%s`, whatever it prints',
    async (commandLine) => {
      const bench = await openBench();
      expect(bench.commands.start(commandLine, bench.root)).toBeUndefined();
    },
  );
});

describe('what the user wants', () => {
  test('nothing while recording is paused', async () => {
    const bench = await openBench({ paused: true });
    expect(bench.commands.start('python train.py', bench.root)).toBeUndefined();
  });

  test('no script of an excluded path, nor an excluded command', async () => {
    const bench = await openBench({
      policy: { excludePaths: ['scratch/**', 'tmp_*.py'], excludeCommands: ['--debug'] },
    });
    const start = (commandLine: string) => bench.commands.start(commandLine, bench.root);
    expect(start('python scratch/a/train.py')).toBeUndefined();
    expect(start('cd scratch && python train.py')).toBeUndefined();
    expect(start('python deep/tmp_1.py')).toBeUndefined();
    expect(start('python train.py --debug')).toBeUndefined();
    expect(start('python train.py')).toBeDefined();
  });

  test('an included command is a run whatever it prints, also one that never trains', async () => {
    const bench = await openBench({ policy: { includeCommands: ['make train*', 'uv sync'] } });
    expect(await bench.play('make train-all', ['nothing to do\r\n'])).toBe(true);
    expect(await bench.play('uv sync', ['done\r\n'])).toBe(true);
    expect(await bench.play('make test', ['nothing to do\r\n'])).toBe(false);
  });

  test('an excluded command stays out though it is included too', async () => {
    const bench = await openBench({
      policy: { includeCommands: ['make*'], excludeCommands: ['clean'] },
    });
    expect(bench.commands.start('make clean', bench.root)).toBeUndefined();
  });
});

test('the source of the script is that of its start, though it is edited while it runs', async () => {
  const bench = await openBench();
  const source = new Uint8Array([...Buffer.from('import torch # caf'), 0xe9, 0x0d, 0x0a]);
  const path = bench.write('train.py', source);
  const handle = bench.commands.start('python train.py', bench.root);
  // Reading it takes a moment; what nobody can type as fast is what is tested.
  await new Promise((resolve) => setTimeout(resolve, 200));
  writeFileSync(path, 'import torch # edited\n');
  handle?.push('epoch 1 loss=0.5\r\n');
  await handle?.end(exited(0));
  const hash = (await bench.onlyRun()).codeState?.script;
  expect(hash).toBeDefined();
  if (hash) expect(new Uint8Array(await bench.store.readBlob(hash))).toEqual(source);
});

describe('a command that ran on while the window was reloaded', () => {
  async function reloadedBench() {
    const bench = await openBench();
    bench.write('train.py', trainer);
    const handle = bench.commands.start('python train.py --lr 0.1', bench.root);
    handle?.push('  epoch 1 loss=0.5\r\n');
    await handle?.end({ kind: 'lost' });
    const run = await bench.onlyRun();
    expect(run.status).toBe('interrupted');
    return { bench, runId: run.id };
  }

  test.each([
    [0, 'finished'],
    [1, 'failed'],
    [130, 'killed'],
  ] as const)('ends with its exit code %s, and adds no run', async (exitCode, status) => {
    const { bench, runId } = await reloadedBench();
    // Nothing to read, and all that it printed glued to the command line.
    const glued = 'python train.py --lr 0.1  epoch 1 loss=0.5epoch 2 loss=0.25';
    expect(await bench.play(glued, [], exited(exitCode))).toBe(false);
    expect(await bench.onlyRun()).toMatchObject({ id: runId, status, exitCode });
  });

  test('is not ended by a later command that begins alike', async () => {
    const { bench, runId } = await reloadedBench();
    for (const later of [
      'python train.py --lr 0.1 > train.log 2>&1',
      'python train.py --lr 0.1 && true',
      'python train.py --lr 0.1',
      'python train.py --lr 0.15',
      'python train.py',
    ]) {
      await bench.play(later, [], exited(0));
      expect(await bench.store.getRun(runId), later).toMatchObject({ status: 'interrupted' });
    }
  });

  test.each([
    '--token hunter2hunter2 --lr 0.1',
    '--lr 0.1 --token hunter2hunter2',
    '--lr 0.1 --token "hunter2 hunter2"',
  ])('ends too if its secret was masked: %s', async (args) => {
    for (const glue of ['', '  ']) {
      const bench = await openBench();
      bench.write('train.py', trainer);
      const handle = bench.commands.start(`python train.py ${args}`, bench.root);
      handle?.push(`${glue}epoch 1 loss=0.5 of training\r\n`);
      await handle?.end({ kind: 'lost' });
      const glued = `python train.py ${args}${glue}epoch 1 loss=0.5 of training`;
      expect(await bench.play(glued, [], exited(0))).toBe(false);
      expect(await bench.onlyRun()).toMatchObject({ status: 'finished', exitCode: 0 });
    }
  });

  test('is ended once', async () => {
    const { bench, runId } = await reloadedBench();
    const glued = 'python train.py --lr 0.1  epoch 1 loss=0.5epoch 2 loss=0.25';
    await bench.play(glued, [], exited(0));
    await bench.play(glued, [], exited(1));
    expect(await bench.store.getRun(runId)).toMatchObject({ status: 'finished', exitCode: 0 });
  });
});

test.each([
  ['fails', exited(1), 'failed'],
  ['succeeds', exited(0), 'finished'],
] as const)(
  'keeps a training that prints nothing, as one whose output goes to a file, and %s',
  async (_how, outcome, status) => {
    const bench = await openBench();
    bench.write('train.py', 'import torch\n');
    expect(await bench.play('python train.py --lr 1 > train.log 2>&1', [], outcome)).toBe(true);
    expect(await bench.onlyRun()).toMatchObject({ status, params: [{ key: 'lr', value: '1' }] });
  },
);

test('a window closes at once though a command has not printed anything yet', async () => {
  const bench = await openBench();
  bench.write('train.py', 'import torch\n');
  bench.commands.start('python train.py', bench.root);
  await bench.recorder.endAll({ kind: 'lost' });
  expect(await bench.store.listRuns()).toEqual([]);
});

test('two commands at once keep their output apart', async () => {
  const bench = await openBench();
  const starts = ['a.py', 'b.py'].map((script) =>
    bench.commands.start(`python ${script}`, bench.root),
  );
  for (let epoch = 1; epoch <= 20; epoch++) {
    starts[0]?.push(`epoch ${epoch} lo`);
    starts[1]?.push(`epoch ${epoch} loss=${epoch + 100}\r\n`);
    starts[0]?.push(`ss=${epoch}\r\n`);
  }
  await Promise.all(starts.map((handle) => handle?.end(exited(0))));
  const valuesOf = async (runId: RunId | undefined) =>
    runId === undefined ? [] : [...(await bench.store.readSeries(runId, 'loss')).values];
  const counted = Array.from({ length: 20 }, (_, index) => index + 1);
  expect(await valuesOf(starts[0]?.runId)).toEqual(counted);
  expect(await valuesOf(starts[1]?.runId)).toEqual(counted.map((value) => value + 100));
});
