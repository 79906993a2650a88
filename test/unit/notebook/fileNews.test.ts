import { expect, test } from 'vitest';
import type { Checkpoint, CheckpointKind } from '../../../src/core/checkpoint/checkpoint';
import {
  isToolsCopy,
  mayBeNotebook,
  mayHaveNews,
  movesOf,
} from '../../../src/core/notebook/fileNews';

const taken = (kind: CheckpointKind, takenAtMs: number, sizeBytes: number): Checkpoint =>
  ({ kind, takenAtMs, sizeBytes }) as Checkpoint;
const file = (modifiedAtMs: number, sizeBytes = 10) => ({ modifiedAtMs, sizeBytes });

test('a file that is newer, or of another size than what was saved, may have news', () => {
  expect(mayHaveNews(file(5), [])).toBe(true);
  expect(mayHaveNews(file(100), [taken('save', 100, 10)])).toBe(false);
  expect(mayHaveNews(file(101), [taken('save', 100, 10)])).toBe(true);
  expect(mayHaveNews(file(50, 11), [taken('external', 100, 10)])).toBe(true);
  expect(mayHaveNews(file(50, 11), [taken('execution', 100, 10), taken('save', 40, 11)])).toBe(
    false,
  );
  expect(mayHaveNews(file(50), [taken('git', 100, 10)])).toBe(true);
});

test('a rename takes along what is in the folder, and nothing beside it', () => {
  const known = ['nb/a.ipynb', 'nb/deep/b.ipynb', 'nb2/c.ipynb', 'd.ipynb'];
  expect([...movesOf(known, 'nb', 'x/y')]).toEqual([
    ['nb/a.ipynb', 'x/y/a.ipynb'],
    ['nb/deep/b.ipynb', 'x/y/deep/b.ipynb'],
  ]);
  expect([...movesOf(known, 'd.ipynb', 'e.ipynb')]).toEqual([['d.ipynb', 'e.ipynb']]);
});

test('copies that tools keep are told by their folder', () => {
  expect(isToolsCopy('a/.ipynb_checkpoints/b-checkpoint.ipynb')).toBe(true);
  expect(isToolsCopy('.venv/lib/x.ipynb')).toBe(true);
  expect(isToolsCopy('my.venv/x.ipynb')).toBe(false);
});

test('of scripts only those that are known as notebooks are looked at, and no copies of tools', () => {
  const isKnown = (path: string) => path === 'known.py';
  const looked = ['known.py', 'other.py', 'new.ipynb', 'node_modules/a.ipynb'].filter((path) =>
    mayBeNotebook(path, isKnown),
  );
  expect(looked).toEqual(['known.py', 'new.ipynb']);
});
