import { describe, expect, it, test } from 'vitest';
import {
  excludesCommand,
  excludesPath,
  globsInFolders,
  includesCommand,
} from '../../../src/core/recording/recordingPolicy';

const none = { excludePaths: [], excludeCommands: [], includeCommands: [] };
const excluded = (pattern: string, path: string) =>
  excludesPath({ ...none, excludePaths: [pattern] }, path);
const matches = (pattern: string, command: string) =>
  includesCommand({ ...none, includeCommands: [pattern] }, command);

describe('excludesPath', () => {
  it.each([
    ['scratch/**', 'scratch/a.py', true],
    ['scratch/**', 'scratch/deep/a.py', true],
    ['scratch/**', 'src/scratch/a.py', false],
    ['**/scratch/**', 'src/scratch/a.py', true],
    ['tmp_*.ipynb', 'tmp_1.ipynb', true],
    ['tmp_*.ipynb', 'deep/er/tmp_1.ipynb', true],
    ['tmp_*.ipynb', 'my_tmp_1.ipynb', false],
    ['*.py', 'train.py', true],
    ['*.py', 'train.pyc', false],
    ['src/*.py', 'src/train.py', true],
    ['src/*.py', 'src/a/train.py', false],
    ['?.py', 'b.py', true],
    ['src/**/train.py', 'src/train.py', true],
    ['src/**/x/*.py', 'src/a/x/b/x/c.py', true],
    ['src/**/x/*.py', 'src/a/x/b/c.py', false],
    ['a*b*c', 'aXbYbc', true],
    ['**/.hidden/**', '.hidden/a.py', true],
    ['/home/me/**', '/home/me/a.py', true],
    ['Train.py', 'train.py', false],
    ['', 'train.py', false],
    ['*'.repeat(70_000), 'train.py', true],
    ['[', 'train.py', false],
    // For a regular expression this would take longer than the universe has.
    [`${'*a'.repeat(30)}b`, `${'a'.repeat(250)}.py`, false],
    [`${'**/a/'.repeat(30)}b`, `${'a/'.repeat(120)}c.py`, false],
    ['train.py', 'train.py', true],
  ])('%.20s over %s: %s', (pattern, path, expected) => {
    expect(excluded(pattern, path)).toBe(expected);
  });

  it('needs one pattern of several', () => {
    const policy = { ...none, excludePaths: ['a.py', 'b.py'] };
    expect([excludesPath(policy, 'b.py'), excludesPath(policy, 'c.py')]).toEqual([true, false]);
    expect(excludesPath(none, 'c.py')).toBe(false);
  });
});

test('globs hold in every folder, full ones as they are', () => {
  const globs = globsInFolders(['scratch/**', 'tmp_*.ipynb', '/home/**', 'C:/x/*'], ['/b', 'D:/c']);
  const policy = { ...none, excludePaths: globs };
  for (const path of ['scratch/a.py', '/b/scratch/a.py', 'D:/c/scratch/x/a.py', '/b/tmp_1.ipynb']) {
    expect(excludesPath(policy, path)).toBe(true);
  }
  expect(excludesPath(policy, '/scratch/a.py')).toBe(false);
  expect(globs.filter((glob) => glob.includes('home') || glob.includes('C:'))).toHaveLength(2);
});

describe('commands', () => {
  it.each([
    ['--debug', 'python train.py --debug', true],
    ['train.py', 'python train.py', true],
    ['eval', 'python train.py', false],
    ['make train*', 'make train-all', true],
    ['make train*', 'make train', true],
    ['make train*', 'cd x && make train', false],
    ['*make train*', 'cd x && make train', true],
    ['python * --lr *', 'python train.py --lr 1', true],
    ['python * --lr *', 'python --lr 1', false],
    ['*', 'anything', true],
    ['a*b', 'ab', true],
    ['ab*ba', 'aba', false],
    ['*aa*aa', 'aaa', false],
    ['*aa*aa', 'aaaa', true],
    ['a.c*', 'abc', false],
    ['$(x)*', '$(x) y', true],
    ['', 'python train.py', false],
    ['  ', 'python train.py', false],
  ])('%s over %s: %s', (pattern, command, expected) => {
    expect(matches(pattern, command)).toBe(expected);
    const policy = { ...none, excludeCommands: [pattern] };
    expect(excludesCommand(policy, command)).toBe(expected);
  });

  it('comes to an end over a pattern that would take a backtracking search for ever', () => {
    const pattern = `${'*a'.repeat(2000)}*b`;
    expect(matches(pattern, 'a'.repeat(4000))).toBe(false);
    expect(matches(pattern, `${'a'.repeat(3999)}b`)).toBe(true);
  });
});
