import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDefaults } from '../../../src/core/params/readDefaults';
import { resolveParams } from '../../../src/core/params/resolveParams';

function paramsOf(source: string, args: readonly string[] = []): Record<string, string> {
  const params = resolveParams(readDefaults(source, { args }), args);
  return Object.fromEntries(params.map(({ key, value }) => [key, value]));
}

function parserWith(lines: string): string {
  return `import argparse, torch, os, time\np = argparse.ArgumentParser()\n${lines}\nargs = p.parse_args()\n`;
}

describe('what cannot be known without running it', () => {
  it.each([
    ['a call into a library', "p.add_argument('--x', default=torch.cuda.device_count())"],
    ['the clock', "p.add_argument('--x', default=time.strftime('%H'))"],
    ['the environment', "p.add_argument('--x', default=os.environ.get('X', 'a'))"],
    [
      'a branch that may go either way',
      "d = 'cpu'\nif torch.cuda.is_available():\n    d = 'cuda'\np.add_argument('--x', default=d)",
    ],
    [
      'a choice that may go either way',
      "p.add_argument('--x', default='a' if torch.ok() else 'b')",
    ],
    [
      'a loop of unknown length',
      "n = 1\nfor _ in torch.all():\n    n = n * 2\np.add_argument('--x', default=n)",
    ],
    [
      'a list that may have grown',
      "n = []\nif torch.ok():\n    n.append(1)\np.add_argument('--x', default=n)",
    ],
    [
      'an option that is added either way',
      "if torch.ok():\n    p.add_argument('--x', default=1)\nelse:\n    p.add_argument('--x', default=2)",
    ],
    ['a type of which nothing is known', "p.add_argument('--x', type=torch.device, default='cpu')"],
  ])('stays out: %s', (_, lines) => {
    expect(paramsOf(parserWith(`${lines}\np.add_argument('--y', default=1)`))).toEqual({ y: '1' });
  });

  it('is known again where both ways agree, or only one goes on', () => {
    const agree = "if torch.ok():\n    d = 1\nelse:\n    d = 1\np.add_argument('--x', default=d)";
    const leaves =
      "d = 1\nif torch.ok():\n    d = 2\n    raise ValueError\np.add_argument('--x', default=d)";
    expect(paramsOf(parserWith(agree))).toEqual({ x: '1' });
    expect(paramsOf(parserWith(leaves))).toEqual({ x: '1' });
  });
});

describe('arguments that the script names otherwise', () => {
  it('take the name and the place of the default', () => {
    const source = parserWith(
      "p.add_argument('-b', '--batch-size', dest='bs', default=8)\np.add_argument('--no-cuda', action='store_true')",
    );
    expect(paramsOf(source)).toEqual({ bs: '8', no_cuda: 'False' });
    expect(paramsOf(source, ['-b', '4', '--no-cuda'])).toEqual({ bs: '4', no_cuda: 'True' });
    expect(paramsOf(source, ['-b4', '--new=1'])).toEqual({ bs: '4', no_cuda: 'False', new: '1' });
  });

  it('are each a param where a list holds overrides', () => {
    const source = parserWith(
      "p.add_argument('--cfg-options', nargs='+')\np.add_argument('opts', nargs=argparse.REMAINDER)",
    );
    expect(paramsOf(source, ['--cfg-options', 'a.b=1', 'c=2'])).toMatchObject({
      'a.b': '1',
      c: '2',
    });
    expect(paramsOf(source, ['SOLVER.LR', '0.1', 'MODEL.N', '2'])).toMatchObject({
      'SOLVER.LR': '0.1',
      'MODEL.N': '2',
    });
  });

  it('come first and keep their origin', () => {
    const source = parserWith("p.add_argument('--a', default=1)\np.add_argument('--b', default=2)");
    const params = resolveParams(readDefaults(source, { args: [] }), ['--b', '3']);
    expect(params).toEqual([
      { key: 'b', value: '3', origin: 'argv' },
      { key: 'a', value: '1', origin: 'default' },
    ]);
  });
});

describe('a script that reads its arguments elsewhere', () => {
  it('gives the constants of its module, which arguments overrule', () => {
    const source = `
import torch
learning_rate = 6e-4
max_iters = 600_000
decay = max_iters // 2
device = 'cuda' if torch.ok() else 'cpu'
step = 0
names = ['a', 'b']
model = torch.nn.Linear(2, 2)
text = 'a longer text, that is said'
for _ in range(3):
    step += 1
exec(open('configurator.py').read())
`;
    expect(paramsOf(source, ['--learning_rate=1e-3'])).toEqual({
      learning_rate: '1e-3',
      max_iters: '600000',
      decay: '300000',
      names: "['a', 'b']",
    });
  });

  it('gives beside a parser only those in capitals', () => {
    const source = `EPOCHS = 3\nfolder = 'x'\n${parserWith("p.add_argument('--lr', default=1)")}`;
    expect(paramsOf(source)).toEqual({ lr: '1', EPOCHS: '3' });
  });

  it('gives what its dicts, objects and classes of settings hold in the end', () => {
    const source = `
from dataclasses import dataclass
from easydict import EasyDict
config = {'lr': 0.1, 'model': {'depth': 2}}
config['lr'] = 0.2
config.update(seed=1)
cfg = EasyDict()
cfg.net = EasyDict(width=3)
names = {'cat': 1, 'dog': 2}
label_config = {0: 'cat', 1: 'dog'}
class CFG:
    epochs = 4
    folder = f'run-{epochs}'
    def method(self): pass
@dataclass
class TrainArgs:
    wd: float = 0.5
train_args = TrainArgs()
train_args.wd = 1e-2
if unknown():
    config['later'] = 1
`;
    expect(paramsOf(source.slice(0, source.indexOf('if unknown')))).toEqual({
      'config.lr': '0.2',
      'config.model.depth': '2',
      'config.seed': '1',
      'cfg.net.width': '3',
      'CFG.epochs': '4',
      'CFG.folder': 'run-4',
      'train_args.wd': '0.01',
    });
    expect(Object.keys(paramsOf(source))).not.toContain('config.lr');
  });

  it('gives the options of the classes that LightningCLI is given', () => {
    const source = `from lightning.pytorch.cli import LightningCLI
class Model:
    def __init__(self, lr: float = 0.1, layers: int = 2): pass
class Data:
    def __init__(self, batch_size: int = 32): pass
def main():
    LightningCLI(Model, datamodule_class=Data)
main()
`;
    expect(paramsOf(source, ['fit', '--model.lr', '0.5', '--trainer.max_epochs=3'])).toEqual({
      'model.lr': '0.5',
      'trainer.max_epochs': '3',
      'model.layers': '2',
      'data.batch_size': '32',
    });
  });

  it('gives the parser that it makes for another module', () => {
    const source = `import argparse
def get_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument('--lr', default=1)
    return parser
`;
    expect(paramsOf(source)).toEqual({ lr: '1' });
  });
});

describe('configuration files', () => {
  it('are named as Hydra and config_flags name them', () => {
    const hydra = `import hydra
@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg): pass
main()
`;
    const flags = `from ml_collections import config_flags
config_flags.DEFINE_config_file('config', 'configs/base.py', 'which')
`;
    expect(readDefaults(hydra, { args: [] }).configs).toEqual([
      { kind: 'hydra', folder: 'conf', name: 'config', stored: [] },
    ]);
    expect(readDefaults(flags, { args: [] }).configs).toEqual([
      { kind: 'file', path: 'configs/base.py', prefix: 'config' },
    ]);
  });
});

describe('any source', () => {
  const start = 'import argparse\np = argparse.ArgumentParser()\n';
  const end = "p.add_argument('--z', default=1)\np.parse_args()\n";

  it.each([
    ['Python 2', 'print "hi"\nprint >>f, 1\nexec "x=1"\ntry:\n  pass\nexcept E, e:\n  pass\n'],
    ['a function without end', 'def f(x): return f(f(x))\nf(1)\n'],
    ['a text that doubles', `x = "ab"\n${'x = x + x\n'.repeat(60)}`],
    [
      'a text that is replaced and joined',
      `x = "aa"\n${'x = x.replace("a", x).join([x] * 99)\n'.repeat(30)}`,
    ],
    ['a list that doubles', `x = [1]\n${'x.extend(x)\nx = x + x\n'.repeat(60)}`],
    ['a list that holds itself', 'x = []\nx.append(x)\ns = str(x)\n'],
    ['a class that is its own base', 'class A: pass\nclass A(A): pass\nA().x\n'],
    ['a large table', `x = [${'1.5, '.repeat(100_000)}]\n`],
    ['a long sum', `x = ${Array(5_000).fill('"a"').join(' + ')}\n`],
    ['many branches', 'if f():\n    x = 1\n'.repeat(3_000)],
  ])('is read to its end: %s', (_, lines) => {
    expect(paramsOf(start + lines + end)).toMatchObject({ z: '1' });
  });

  it.each([
    [
      'loops in loops',
      Array.from({ length: 8 }, (_, i) => `${' '.repeat(i)}for i${i} in range(300):\n`).join('') +
        `${' '.repeat(8)}y = 1\n`,
    ],
    ['calls that grow threefold', fanOut(20)],
    ['brackets without end', `x = ${'('.repeat(100_000)}\n`],
    ['calls of calls', `x = a${'()'.repeat(20_000)}\n`],
    [
      'commands in commands',
      `s = p.add_subparsers()\n${'s = s.add_parser("a").add_subparsers()\n'.repeat(2_000)}`,
    ],
    [
      'a group in itself',
      'import click\n@click.group()\ndef g(): pass\ng.add_command(g, "g")\ng()\n',
    ],
    ['an app in itself', 'import typer\na = typer.Typer()\na.add_typer(a, name="a")\na()\n'],
    [
      'classes in each other',
      'import tyro\nfrom dataclasses import dataclass\n@dataclass\nclass A:\n  a: "A"\n  b: "A"\ntyro.cli(A)\n',
    ],
    ['parents of parents', 'for i in range(40):\n  p = argparse.ArgumentParser(parents=[p, p])\n'],
  ])('gives what it gives: %s', (_, lines) => {
    expect(() => paramsOf(start + lines + end)).not.toThrow();
  });

  it('never throws', () => {
    const folder = resolve(__dirname, '../../fixtures/defaults/scripts');
    const sources = readdirSync(folder)
      .filter((file) => file.endsWith('.py'))
      .map((file) => readFileSync(join(folder, file), 'utf8'));
    const spoilt = fc
      .tuple(fc.constantFrom(...sources), fc.nat(), fc.nat(), fc.string({ maxLength: 12 }))
      .map(([source, at, length, text]) => {
        const from = at % source.length;
        return source.slice(0, from) + text + source.slice(from + (length % 40));
      });
    const args = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('--lr', '-b', '--', 'train', '--x=1')),
    );
    fc.assert(
      fc.property(fc.oneof(spoilt, fc.string({ unit: 'binary' })), args, (source, given) => {
        resolveParams(readDefaults(source, { args: given }), given);
      }),
      { numRuns: 300 },
    );
  });
});

function fanOut(levels: number): string {
  const calls = Array.from(
    { length: levels },
    (_, i) => `def f${i + 1}():\n  f${i}()\n  f${i}()\n  f${i}()\n`,
  );
  return `def f0(): pass\n${calls.join('')}f${levels}()\n`;
}
