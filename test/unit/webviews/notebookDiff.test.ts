import { describe, expect, it } from 'vitest';
import { toOutputParts } from '../../../webviews/notebookDiff/outputParts';
import { cellTitle, isChange, nextChange, toBlocks } from '../../../webviews/notebookDiff/state';
import {
  longDiff,
  recordedNotebook,
  toCell,
  toDiffData,
  toNotebook,
} from '../../page/support/sampleDiff';

const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const display = (data: Record<string, string>) => toOutputParts({ kind: 'display', data });

describe('toOutputParts', () => {
  it('shows pictures of pixels only, from valid base64 only', () => {
    expect(display({ 'image/png': `${png}\n` }).imageUrl).toBe(`data:image/png;base64,${png}`);
    for (const bad of ['', 'abc', '<script>', `${png}" onload="alert(1)`, 'javascript:alert(1)']) {
      expect(display({ 'image/png': bad }).imageUrl).toBeUndefined();
    }
    expect(display({ 'image/svg+xml': '<svg onload="alert(1)"/>' })).toEqual({
      title: 'Display',
      others: [{ media: 'image/svg+xml', text: '<svg onload="alert(1)"/>' }],
    });
  });

  it('decodes escapes and progress bars, and titles an error', () => {
    const stream = {
      kind: 'stream',
      name: 'stderr',
      data: {},
      text: '10%\r\u001b[31m100%\u001b[0m\nend\n',
    };
    expect(toOutputParts({ ...stream, kind: 'stream' })).toMatchObject({
      title: 'stderr',
      text: '100%\nend',
    });
    const error = toOutputParts({
      kind: 'error',
      data: {},
      ename: 'KeyError',
      evalue: "'x'",
      traceback: '',
    });
    expect(error).toMatchObject({ title: 'Error', text: "KeyError: 'x'" });
  });
});

describe('blocks', () => {
  const { cells } = longDiff(300).diff;

  it('folds runs of unchanged cells and opens one on demand', () => {
    const blocks = toBlocks(cells, true, new Set());
    expect(blocks.map((block) => (block.kind === 'fold' ? block.count : block.cell.kind))).toEqual([
      50,
      'changed',
      99,
      'changed',
      99,
      'changed',
      49,
      'added',
    ]);
    expect(toBlocks(cells, true, new Set([51]))).toHaveLength(7 + 99);
    expect(toBlocks(cells, false, new Set())).toHaveLength(301);
  });

  it('goes from change to change and round at the ends', () => {
    expect([undefined, 50, 100, 300].map((from) => nextChange(cells, from, 1))).toEqual([
      50, 150, 150, 50,
    ]);
    expect([undefined, 50, 200].map((from) => nextChange(cells, from, -1))).toEqual([
      300, 300, 150,
    ]);
    expect(nextChange([], undefined, 1)).toBeUndefined();
  });
});

describe('cellTitle', () => {
  it('says in words what happened to each cell of a recorded pair', () => {
    const { cells } = toDiffData(recordedNotebook('old'), recordedNotebook('new')).diff;
    expect(cells.map(cellTitle)).toEqual([
      'Changed',
      'Same',
      'Same',
      'Removed',
      'Changed, outputs changed',
      'Changed, outputs changed',
      'Changed, outputs changed',
      'Same',
      'Added',
    ]);
    expect(cells.map(isChange).filter((changed) => !changed)).toHaveLength(3);
  });

  it('tells changed outputs and metadata of an unchanged source', () => {
    const cell = toCell('a', 'train()', 'loss 1\n');
    const rerun = { ...cell, outputs: toCell('a', '', 'loss 0.5\n').outputs };
    const [outputs] = toDiffData(toNotebook([cell]), toNotebook([rerun])).diff.cells;
    expect(outputs && cellTitle(outputs)).toBe('Outputs changed');
    const tagged = { ...cell, metadata: { tags: ['parameters'] } };
    const [metadata] = toDiffData(toNotebook([cell]), toNotebook([tagged])).diff.cells;
    expect(metadata && cellTitle(metadata)).toBe('Metadata changed');
  });

  it('says where a moved cell came from', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => toCell(id, `print("${id} of the notebook")`));
    if (!a || !b || !c) throw new Error('three cells');
    const { cells } = toDiffData(toNotebook([a, b, c]), toNotebook([c, a, b])).diff;
    expect(cells.map(cellTitle)).toEqual(['Moved from 3', 'Same', 'Same']);
  });
});
