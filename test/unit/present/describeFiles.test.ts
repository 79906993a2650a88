import { expect, test } from 'vitest';
import {
  describeFile,
  describeFiles,
  fileDetails,
  fileName,
} from '../../../src/core/present/describeFiles';
import type { BlobHash, RunFile } from '../../../src/core/run/run';

const file = (more: Partial<RunFile>): RunFile => ({
  ...{ role: 'output', path: 'out/last.ckpt', type: 'model', sizeBytes: 12_300_000 },
  ...{ modifiedAtMs: 0, isKept: false },
  ...more,
});

test('the files of a run in a few words', () => {
  const files = [file({}), file({ path: 'b' }), file({ role: 'input' }), file({ role: 'config' })];
  expect(describeFiles(files)).toBe('2 written, 1 read, 1 configuration');
});

test('one file says what it was to the run, how large, and where', () => {
  expect(describeFile(file({}))).toBe('written · 12 MB · out');
  expect(describeFile(file({ role: 'input', path: 'data.csv', sizeBytes: 8 }))).toBe('read · 8 B');
  expect(describeFile(file({ role: 'input', path: 'data/train/' }))).toBe('read · 12 MB · data');
  expect([fileName('a/b/c.pt'), fileName('data/train/'), fileName('C:\\x\\y.pt')]).toEqual([
    'c.pt',
    'train/',
    'y.pt',
  ]);
});

test('its details have the exact size and the hash', () => {
  const hash = 'ab'.repeat(32) as BlobHash;
  expect(fileDetails(file({ hash }))).toMatch(
    new RegExp(`^out/last.ckpt\\n12,300,000 bytes, modified .+\\nSHA-256 ${hash}$`),
  );
  expect(fileDetails(file({}))).toContain('Not hashed');
});
