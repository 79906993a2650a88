import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openBench } from './recordingBench';

const epochs = ['epoch 1 loss=0.5\r\n', 'epoch 2 loss=0.25\r\n'];

const script = `import argparse, yaml
parser = argparse.ArgumentParser()
parser.add_argument('--config')
parser.add_argument('--lr', type=float, default=1e-3)
parser.add_argument('--batch-size', type=int, default=32)
parser.add_argument('--epochs', type=int, default=2)
args = parser.parse_args()
`;

describe('the configuration files of a run', () => {
  test('give params between its arguments and its defaults, and are kept as they were', async () => {
    const bench = await openBench();
    const config = 'lr: 0.5\nbatch-size: 8\nmodel:\n  depth: 3\n  sizes: [1, 2]\n';
    const path = bench.write('conf/a.yaml', config);
    bench.write('train.py', script);
    const handle = bench.commands.start(
      'python train.py --config conf/a.yaml --lr 0.1',
      bench.root,
    );
    handle?.push(epochs[0] ?? '');
    await bench.store.listRuns();
    await expect.poll(() => bench.recorder.activeRuns().length).toBe(1);
    writeFileSync(path, 'lr: 9\n');
    handle?.push(epochs[1] ?? '');
    await handle?.end({ kind: 'exited', exitCode: 0 });

    const run = await bench.onlyRun();
    expect(run.params).toEqual([
      { key: 'config', value: 'conf/a.yaml', origin: 'argv' },
      { key: 'lr', value: '0.1', origin: 'argv' },
      { key: 'batch_size', value: '8', origin: 'config' },
      { key: 'model.depth', value: '3', origin: 'config' },
      { key: 'model.sizes', value: '[1,2]', origin: 'config' },
      { key: 'epochs', value: '2', origin: 'default' },
    ]);
    const files = await bench.store.listFiles(run.id);
    expect(files).toMatchObject([
      {
        role: 'config',
        type: 'config',
        path: 'conf/a.yaml',
        isKept: true,
        sizeBytes: config.length,
      },
    ]);
    const hash = files[0]?.hash;
    const kept = hash && (await bench.store.readBlob(hash));
    expect(kept && new TextDecoder().decode(kept)).toBe(config);
    expect(bench.errors).toEqual([]);
  });

  test('are read for any program, a launcher’s under its own name', async () => {
    const bench = await openBench();
    bench.write('sft.yaml', 'base_model: llama\n');
    bench.write('acc.yaml', 'num_processes: 2\n');
    await bench.play(
      'LR=3 accelerate launch --config_file acc.yaml -m axolotl.cli.train sft.yaml',
      epochs,
    );
    expect((await bench.onlyRun()).params).toEqual([
      { key: 'LR', value: '3', origin: 'argv' },
      { key: 'launcher.num_processes', value: '2', origin: 'config' },
      { key: 'base_model', value: 'llama', origin: 'config' },
    ]);
  });

  test('of a Hydra sweep are those that all its parts share, beside the choices', async () => {
    const bench = await openBench();
    bench.write(
      'train.py',
      `import hydra
@hydra.main(version_base=None, config_path='conf', config_name='config')
def main(cfg): pass
main()
`,
    );
    bench.write(
      'conf/config.yaml',
      'defaults:\n  - model: a\n  - data: x\n  - _self_\nlr: 1\nseed: 2\n',
    );
    bench.write('conf/model/a.yaml', 'depth: 3\n');
    bench.write('conf/data/x.yaml', 'size: 9\n');
    await bench.play('python train.py -m lr=0.1,0.01 model=a,b', epochs);
    const run = await bench.onlyRun();
    expect(run.params).toEqual([
      { key: 'lr', value: '0.1,0.01', origin: 'argv' },
      { key: 'model', value: 'a,b', origin: 'argv' },
      { key: 'data', value: 'x', origin: 'config' },
      { key: 'data.size', value: '9', origin: 'config' },
      { key: 'seed', value: '2', origin: 'config' },
    ]);
    expect((await bench.store.listFiles(run.id)).map(({ path }) => path)).toEqual([
      'conf/config.yaml',
      'conf/data/x.yaml',
    ]);
  });

  test('of a module that runs are read as those of a script', async () => {
    const bench = await openBench();
    bench.write('pkg/train.py', `import torch\n${script}`);
    await bench.play('python -m pkg.train --epochs 7', ['no metric\r\n']);
    const run = await bench.onlyRun();
    expect(run.params).toContainEqual({ key: 'epochs', value: '7', origin: 'argv' });
    expect(run.params).toContainEqual({ key: 'lr', value: '0.001', origin: 'default' });
    const kept = run.codeState?.script && (await bench.store.readBlob(run.codeState.script));
    expect(kept && new TextDecoder().decode(kept)).toContain('import torch');
  });

  test('may hold arguments, which those that are typed overrule', async () => {
    const bench = await openBench();
    bench.write('train.py', script);
    bench.write('args.txt', '# of the run\n--lr\n0.5\n--batch-size 8\n');
    await bench.play('python train.py @args.txt --lr 0.1', epochs);
    expect((await bench.onlyRun()).params).toEqual([
      { key: 'lr', value: '0.1', origin: 'argv' },
      { key: 'batch_size', value: '8', origin: 'config' },
      { key: 'config', value: 'None', origin: 'default' },
      { key: 'epochs', value: '2', origin: 'default' },
    ]);
  });

  test('of DVC are read unasked', async () => {
    const bench = await openBench();
    bench.write('params.yaml', 'train:\n  lr: 0.5\n  seed: 1\n');
    await bench.play('dvc exp run -S train.lr=0.1', epochs);
    expect((await bench.onlyRun()).params).toEqual([
      { key: 'train.lr', value: '0.1', origin: 'argv' },
      { key: 'train.seed', value: '1', origin: 'config' },
    ]);
  });

  test('are none outside of the project, unless they are typed', async () => {
    const bench = await openBench();
    const outside = bench.write('../outside-of-it.yaml', 'lr: 0.5\n');
    onTestFinished(() => rmSync(outside));
    const opens = (path: string) => `import torch, yaml\ncfg = yaml.safe_load(open('${path}'))\n`;
    bench.write('a.py', opens(outside));
    bench.write('b.py', opens('sub/../../outside-of-it.yaml'));
    bench.write('c.yaml', `_base_: ${outside}\nwd: 1\n`);
    await bench.play('python a.py', epochs);
    await bench.play('python b.py', epochs);
    await bench.play(`python a.py --config ${outside}`, epochs);
    await bench.play('python train.py --config c.yaml', epochs);
    const runs = await bench.store.listRuns();
    expect(runs.map(({ params }) => params.map(({ key }) => key).join(' ')).sort()).toEqual([
      '',
      '',
      'config lr',
      'config wd',
    ]);
    const files = await Promise.all(runs.map(({ id }) => bench.store.listFiles(id)));
    expect(files.flat().filter(({ role }) => role === 'config')).toHaveLength(2);
  });

  test('that are no good are told of, and the run goes on', async () => {
    const bench = await openBench();
    bench.write('a.yaml', 'lr: [1,\nx: 2\n');
    await bench.play('python train.py --config a.yaml --lr 1', epochs);
    expect((await bench.onlyRun()).params.map(({ key }) => key)).toEqual(['config', 'lr']);
    expect(bench.errors).toMatchObject([
      {
        what: 'Reading the configuration of a run',
        message: expect.stringMatching(/^a\.yaml: line \d/),
      },
    ]);
  });

  test('have their secrets masked in params', async () => {
    const bench = await openBench();
    bench.write('a.yaml', 'api_key: sk-abcdefghijklmnopqrstuvwxyz123456\nlr: 1\n');
    await bench.play('python train.py --config a.yaml', epochs);
    expect(JSON.stringify((await bench.onlyRun()).params)).not.toContain('abcdefghijkl');
  });

  test('leave nothing where it is no run', async () => {
    const bench = await openBench();
    bench.write('a.yaml', 'lr: 1\n');
    expect(await bench.play('./report --config a.yaml', ['done\r\n'])).toBe(false);
    expect(bench.store.changes).toEqual([]);
  });
});
