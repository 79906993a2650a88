import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseCommand } from '../../../src/core/command/parseCommand';
import { changeArguments } from '../../../src/core/params/changeArguments';
import { readDefaults } from '../../../src/core/params/readDefaults';
import { resolveParams } from '../../../src/core/params/resolveParams';

const argparse = `import argparse
parser = argparse.ArgumentParser()
parser.add_argument('data')
parser.add_argument('-b', '--batch-size', type=int, default=32)
parser.add_argument('--lr', type=float, default=1e-3)
parser.add_argument('--layers', type=int, nargs='+', default=[64, 64])
parser.add_argument('--amp', action='store_true')
parser.add_argument('--shuffle', action=argparse.BooleanOptionalAction, default=True)
parser.add_argument('--no-cuda', action='store_true')
parser.add_argument('-e', dest='epochs', default=10)
parser.add_argument('--name', default='run')
args = parser.parse_args()
SEED = 1
`;

function change(script: string, commandLine: string, changes: Readonly<Record<string, string>>) {
  const path = '/p/train.py';
  const readParams = (args: readonly string[]) =>
    resolveParams(readDefaults(script, { args, path }), args);
  const { args } = parseCommand(commandLine);
  return changeArguments(
    commandLine,
    Object.entries(changes).map(([key, value]) => ({ key, value })),
    { readParams, spec: readDefaults(script, { args, path }).command, dialect: 'posix' },
  );
}

describe('a script whose options are known', () => {
  it.each([
    ['python t.py d --lr 0.1', { lr: '0.2' }, 'python t.py d --lr 0.2'],
    [
      'python t.py d --lr=0.1 > out.log 2>&1',
      { lr: '0.2' },
      'python t.py d --lr=0.2 > out.log 2>&1',
    ],
    ['python t.py d -b 8', { batch_size: '16' }, 'python t.py d -b 16'],
    ['python t.py d -b8 --lr 8', { batch_size: '16' }, 'python t.py d -b16 --lr 8'],
    ['python t.py d -b 8 --lr 8', { lr: '16' }, 'python t.py d -b 8 --lr 16'],
    ['python t.py d', { batch_size: '16' }, 'python t.py d --batch-size 16'],
    ['python t.py d', { epochs: '3' }, 'python t.py d -e 3'],
    ['python t.py d', { layers: '8 16' }, 'python t.py d --layers 8 16'],
    [
      'python t.py d --layers 8 8 --lr 1',
      { layers: '4 4 4' },
      'python t.py d --layers 4 4 4 --lr 1',
    ],
    ['python t.py d', { amp: 'True' }, 'python t.py d --amp'],
    ['python t.py d --amp --lr 1', { amp: 'False' }, 'python t.py d --lr 1'],
    ['python t.py d', { shuffle: 'False' }, 'python t.py d --no-shuffle'],
    ['python t.py d --no-shuffle', { shuffle: 'True' }, 'python t.py d'],
    ['python t.py d', { no_cuda: 'True' }, 'python t.py d --no-cuda'],
    ['python t.py "my data" --lr 1', { data: "it's" }, `python t.py 'it'\\''s' --lr 1`],
    [
      "python t.py 'a  b' --name 'a  b'",
      { name: '$HOME; id' },
      `python t.py 'a  b' --name '$HOME; id'`,
    ],
    [
      'cd x && A=1 python t.py d --lr 1 | tee log',
      { lr: '2', name: 'b' },
      'cd x && A=1 python t.py d --lr 2 --name b | tee log',
    ],
    ['python t.py d --lr 1 --lr 2', { lr: '3' }, 'python t.py d --lr 1 --lr 3'],
    [
      'torchrun --nproc_per_node 2 t.py d --lr 2',
      { lr: '3' },
      'torchrun --nproc_per_node 2 t.py d --lr 3',
    ],
    ['python t.py d --lr -0.5', { lr: '-1e-3' }, 'python t.py d --lr -1e-3'],
    [
      'for s in 1 2; do python t.py d --lr $s; done',
      { lr: '5' },
      'for s in 1 2; do python t.py d --lr 5; done',
    ],
    [
      'python t.py d \\\n  --lr 1 \\\n  --name a',
      { lr: '2' },
      'python t.py d \\\n  --lr 2 \\\n  --name a',
    ],
  ] as const)('%s with %j', (commandLine, changes, expected) => {
    expect(change(argparse, commandLine, changes)).toEqual({ commandLine: expected, refused: [] });
  });

  test('what is set in the script itself cannot be given', () => {
    expect(change(argparse, 'python t.py d', { SEED: '2', lr: '1' })).toEqual({
      commandLine: 'python t.py d --lr 1',
      refused: ['SEED'],
    });
  });
});

describe('a script of which nothing is known', () => {
  it.each([
    [
      'python t.py --lr 0.1 --my-name x',
      { lr: '0.2', my_name: 'y z' },
      "python t.py --lr 0.2 --my-name 'y z'",
    ],
    ['python t.py --my-name x', { batch_size: '8' }, 'python t.py --my-name x --batch-size 8'],
    ['python t.py --my_name x', { batch_size: '8' }, 'python t.py --my_name x --batch_size 8'],
    ['python t.py -lr 0.1', { lr: '3' }, 'python t.py -lr 3'],
    ['python t.py model.lr=0.1 +x=1', { 'model.lr': '3', x: '2' }, 'python t.py model.lr=3 +x=2'],
    ['python t.py model.lr=0.1', { 'data.size': '3' }, 'python t.py model.lr=0.1 data.size=3'],
    ['python t.py --amp', { amp: 'false' }, 'python t.py'],
    ['python t.py --no-amp', { amp: 'true' }, 'python t.py'],
    ['python -m pkg.train --lr 1', { lr: '2' }, 'python -m pkg.train --lr 2'],
    ['make train LR=1', { LR: '2' }, 'make train LR=2'],
    ['./train --lr 1', { lr: '2' }, './train --lr 2'],
  ] as const)('%s with %j', (commandLine, changes, expected) => {
    const result = change('', commandLine, changes);
    expect(result).toEqual({ commandLine: expected, refused: [] });
  });

  test('whose arguments are not where they are read is refused', () => {
    const line = 'papermill a.ipynb b.ipynb -p lr 1';
    expect(change('', line, { lr: '2' })).toEqual({ commandLine: line, refused: ['lr'] });
  });
});

test('any value is read back as it was given, and nothing else is changed', () => {
  const value = fc
    .string({ minLength: 1, maxLength: 12 })
    .filter((text) => /^[^-\s]\S*$/.test(text));
  fc.assert(
    fc.property(value, value, value, (first, second, third) => {
      const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
      const line = `python t.py ${quote(first)} --name=${quote(second)} --lr 1`;
      const { commandLine, refused } = change(argparse, line, { name: third });
      expect(refused).toEqual([]);
      expect(parseCommand(commandLine).args).toEqual([first, `--name=${third}`, '--lr', '1']);
    }),
    { numRuns: 60 },
  );
});
