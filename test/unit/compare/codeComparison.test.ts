import { describe, expect, it } from 'vitest';
import {
  boundHunks,
  changedLines,
  pairCodeFiles,
  splitPatch,
} from '../../../src/core/compare/codeComparison';
import type { BlobHash, RunFile } from '../../../src/core/run/run';

const module = (path: string, hash: string | undefined): RunFile => ({
  ...{ role: 'code', type: 'code', path, sizeBytes: 1, modifiedAtMs: 0, isKept: true },
  ...(hash === undefined ? {} : { hash: hash as BlobHash }),
});

describe('pairCodeFiles', () => {
  it('pairs by path and calls the same what has the same hash', () => {
    const { differing, same } = pairCodeFiles(
      [module('a.py', '1'), module('b.py', '2'), module('c.py', undefined)],
      [module('a.py', '1'), module('b.py', '3'), module('c.py', undefined), module('d.py', '4')],
    );
    expect(same).toEqual(['a.py']);
    expect(differing.map(({ path, old, new: fresh }) => [path, old?.hash, fresh?.hash])).toEqual([
      ['b.py', '2', '3'],
      ['c.py', undefined, undefined],
      ['d.py', undefined, '4'],
    ]);
  });
});

describe('boundHunks', () => {
  const hunk = (lines: number) => ({
    ...{ oldStart: 0, newStart: 0, oldLines: [] },
    newLines: Array.from({ length: lines }, (_, at) => String(at)),
  });

  it('keeps what can be read and counts the rest', () => {
    const { hunks, linesLeftOut } = boundHunks([hunk(1_500), hunk(900), hunk(5)]);
    expect(hunks.map(({ newLines }) => newLines.length)).toEqual([1_500, 500]);
    expect(linesLeftOut).toBe(405);
    const part = { kind: 'script', title: 'x', change: 'changed' } as const;
    expect(changedLines({ ...part, hunks, linesLeftOut })).toBe(2_405);
  });
});

describe('splitPatch', () => {
  it('gives the part of each file by its path', () => {
    const patch = [
      'diff --git a/train.py b/train.py',
      '--- a/train.py',
      '+++ b/train.py',
      '@@ -1 +1 @@',
      '-lr = 1',
      '+lr = 2',
      'diff --git a/logo.png b/logo.png',
      'Binary files a/logo.png and b/logo.png differ',
      '',
    ].join('\n');
    const parts = splitPatch(patch);
    expect([...parts.keys()]).toEqual(['train.py', 'logo.png']);
    expect([...parts.values()].join('')).toBe(patch);
    expect(splitPatch('').size).toBe(0);
  });
});
