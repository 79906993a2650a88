import { describe, expect, it, test } from 'vitest';
import type { Param } from '../../../src/core/run/run';
import {
  baseName,
  experimentName,
  partName,
  runName,
  sourceName,
} from '../../../src/core/run/runName';
import { parseTag } from '../../../src/core/run/tag';

const terminal = (commandLine: string, script?: string) =>
  ({ kind: 'terminal', commandLine, ...(script === undefined ? {} : { script }) }) as const;
const cell = {
  kind: 'notebook',
  notebook: 'nb/explore.ipynb',
  cellIndex: 4,
  cellSource: '',
} as const;
const params = (origin: Param['origin'], ...pairs: readonly string[]): Param[] =>
  pairs.map((pair) => {
    const [key = '', value = ''] = pair.split('=');
    return { key, value, origin };
  });

describe('partName', () => {
  const source = terminal('python sweep.py', 'sweep.py');

  it('leaves the script to the run that it is a part of', () => {
    const settings = params('argv', 'lr=0.0003', 'hidden=256', 'seed=1', 'data=data/digits.csv.gz');
    expect(partName({ source, params: settings })).toBe('lr=0.0003 hidden=256 seed=1');
  });

  it('is its own name, or the script where nothing else is known', () => {
    expect(partName({ name: 'fold 2/5', source, params: [] })).toBe('fold 2/5');
    expect(partName({ source, params: [] })).toBe('sweep.py');
  });
});

describe('runName', () => {
  it('is the name that the user gave', () => {
    const source = terminal('python train.py', 'train.py');
    expect(runName({ name: 'the good one', source, params: params('argv', 'lr=1') })).toBe(
      'the good one',
    );
  });

  it.each([
    ['a script with its params', terminal('x', 'src/train.py'), ['lr=0.01'], 'train.py · lr=0.01'],
    ['a script without', terminal('x', 'train.py'), [], 'train.py'],
    [
      'as many params as fit',
      terminal('x', 'a.py'),
      ['learning_rate=0.005', 'k=2', 'hidden_units=64', 'd=4'],
      'a.py · learning_rate=0.005 k=2',
    ],
    [
      'a long value cut',
      terminal('x', 'a.py'),
      ['data=/very/long/path/to/it'],
      'a.py · data=/very/long/path…',
    ],
    ['a Windows path', terminal('x', 'C:\\work\\train.py'), [], 'train.py'],
    ['a command without a script', terminal(' make train '), [], 'make train'],
    ['a cell', cell, ['epochs=3'], 'explore [5] · epochs=3'],
  ] as const)('tells %s', (_name, source, pairs, expected) => {
    expect(runName({ source, params: params('argv', ...pairs) })).toBe(expected);
  });

  it('shows what was typed before what was printed', () => {
    const source = terminal('x', 'a.py');
    const all = [
      ...params('printed', 'seed=1'),
      ...params('argv', 'lr=2'),
      ...params('cell', 'k=3'),
    ];
    expect(runName({ source, params: all })).toBe('a.py · lr=2 k=3');
    expect(runName({ source, params: params('printed', 'seed=1') })).toBe('a.py · seed=1');
  });
});

test('a long command is cut to forty characters', () => {
  const name = sourceName(terminal(`make ${'x'.repeat(100)}`));
  expect(name).toHaveLength(40);
  expect(name.endsWith('…')).toBe(true);
});

test('an experiment is the script or notebook as the workspace names it', () => {
  expect(experimentName(terminal('python src/train.py', 'src/train.py'))).toBe('src/train.py');
  expect(experimentName(cell)).toBe('nb/explore.ipynb');
  expect(experimentName(terminal('make train'))).toBe('make train');
});

test.each([
  ['a/b.py', 'b.py'],
  ['b.py', 'b.py'],
  ['a\\b\\c.py', 'c.py'],
  ['a/', ''],
])('the base name of %s is %s', (path, expected) => {
  expect(baseName(path)).toBe(expected);
});

test.each([
  ['baseline', { key: 'baseline', value: '' }],
  ['#baseline', { key: 'baseline', value: '' }],
  [' data = v2 ', { key: 'data', value: 'v2' }],
  ['url=a=b', { key: 'url', value: 'a=b' }],
  ['', undefined],
  ['  ', undefined],
  ['=x', undefined],
  ['#', undefined],
])('the tag %j is %j', (text, expected) => {
  expect(parseTag(text)).toEqual(expected);
});
