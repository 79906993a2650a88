import { expect, test } from 'vitest';
import { copiedName, isNotebookFile } from '../../../src/core/notebook/notebookFile';

test('what an Interactive Window held is copied into the workspace, as a notebook', () => {
  expect(isNotebookFile('/Interactive-1.interactive')).toBe(false);
  expect(copiedName('/Interactive-1.interactive')).toBe('Interactive-1.ipynb');
});

test('a file is copied beside itself', () => {
  for (const path of ['data/train.ipynb', '/elsewhere/cells.py']) {
    expect(isNotebookFile(path)).toBe(true);
    expect(copiedName(path)).toBe(path);
  }
});
