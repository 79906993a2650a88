import { describe, expect, it } from 'vitest';
import { diffNotebooks } from '../../../src/core/notebook/diffNotebooks';
import type { Notebook } from '../../../src/core/notebook/notebook';
import { toDiffRows } from '../../../src/core/notebook/view/diffRows';
import { comparePixels, describePictures } from '../../../webviews/notebookDiff/comparePixels';
import { foldLines, toDiffLines, toInline } from '../../../webviews/notebookDiff/diffLines';
import { HeightIndex } from '../../../webviews/notebookDiff/heightIndex';
import { pageAction } from '../../../webviews/notebookDiff/pageKeys';
import {
  cellTitle,
  type Filter,
  isChange,
  nextChange,
  toBlocks,
} from '../../../webviews/notebookDiff/state';
import { toImageUrl } from '../../../webviews/shared/imageUrl';
import { cutSegments, lineSegments } from '../../../webviews/shared/lineSegments';
import { longNotebooks, recordedNotebook, toCell, toNotebook } from '../../page/support/sampleDiff';

const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const all: Filter = { hideUnchanged: true, parts: 'all', showNoise: false };
const rowsOf = (old: Notebook, fresh: Notebook) => toDiffRows(diffNotebooks(old, fresh).cells);

describe('toImageUrl', () => {
  it('shows pictures of pixels from valid base64 only', () => {
    expect(toImageUrl('image/png', `${png}\n`)).toBe(`data:image/png;base64,${png}`);
    for (const bad of ['', 'abc', '<script>', `${png}" onload="alert(1)`, 'javascript:alert(1)']) {
      expect(toImageUrl('image/png', bad)).toBeUndefined();
    }
    expect(toImageUrl('text/html', png)).toBeUndefined();
  });

  it('shows an SVG as a picture, every character of it escaped', () => {
    const url = toImageUrl('image/svg+xml', '<svg onload="alert(1)"/>\ud800');
    expect(url).toBe(
      'data:image/svg+xml;charset=utf-8,%3Csvg%20onload%3D%22alert(1)%22%2F%3E%EF%BF%BD',
    );
  });
});

describe('blocks', () => {
  const rows = rowsOf(...longNotebooks(300));
  const changes = rows.flatMap((row, at) => (isChange(row, all) ? [at] : []));

  it('folds runs of unchanged cells and opens some on demand', () => {
    const blocks = toBlocks(rows, all, new Set());
    const shown = blocks.map((block) =>
      block.kind === 'fold' ? block.to - block.from : block.row.kind,
    );
    expect(shown).toEqual([50, 'changed', 99, 'changed', 99, 'changed', 49, 'added']);
    const opened = toBlocks(rows, all, new Set([49, 51]));
    expect(opened.map(({ key }) => key).slice(0, 5)).toEqual([
      'fold0',
      '49.49',
      '50.50',
      '51.51',
      'fold52',
    ]);
    expect(toBlocks(rows, { ...all, hideUnchanged: false }, new Set())).toHaveLength(301);
  });

  it('goes from change to change and round at the ends', () => {
    expect([undefined, 50, 100, 300].map((from) => nextChange(changes, from, 1))).toEqual([
      50, 150, 150, 50,
    ]);
    expect([undefined, 50, 200].map((from) => nextChange(changes, from, -1))).toEqual([
      300, 300, 150,
    ]);
    expect(nextChange([], undefined, 1)).toBeUndefined();
  });

  it('shows the old place of a moved cell where it was', () => {
    const cells = ['a', 'b', 'c', 'd'].map((id) => toCell(id, `print("${id} of the notebook")`));
    const [a, b, c, d] = cells;
    if (!a || !b || !c || !d) throw new Error('four cells');
    const moved = rowsOf(toNotebook([a, b, c, d]), toNotebook([d, a, b, c]));
    const keys = (filter: Filter) => toBlocks(moved, filter, new Set()).map(({ key }) => key);
    expect(keys(all)).toEqual(['3.0', 'fold1', 'ghost3.0']);
    expect(keys({ ...all, parts: 'outputs' })).toEqual(['fold0']);
    const back = rowsOf(toNotebook([d, a, b, c]), toNotebook([a, b, c, d]));
    expect(toBlocks(back, all, new Set()).map(({ key }) => key)).toEqual([
      'ghost0.3',
      'fold0',
      '0.3',
    ]);
  });

  it('looks at sources or outputs alone, and at noise where that is wanted', () => {
    const cell = toCell('a', 'train()', 'loss 1\n');
    const rerun = { ...cell, outputs: toCell('a', '', 'loss 0.5\n').outputs };
    const counted = { ...cell, executionCount: 7 };
    const [outputs] = rowsOf(toNotebook([cell]), toNotebook([rerun]));
    const [noise] = rowsOf(toNotebook([cell]), toNotebook([counted]));
    if (!outputs || !noise) throw new Error('a row each');
    const seen = (row: typeof noise, filter: Partial<Filter>) =>
      isChange(row, { ...all, ...filter });
    expect(seen(outputs, {})).toBe(true);
    expect(seen(outputs, { parts: 'sources' })).toBe(false);
    expect(seen(outputs, { parts: 'outputs' })).toBe(true);
    expect(seen(noise, {})).toBe(false);
    expect(seen(noise, { showNoise: true })).toBe(true);
  });
});

describe('lines', () => {
  const old = Array.from({ length: 40 }, (_, i) => `line ${i}`).join('\n');
  const fresh = old.replace('line 20', 'line twenty').replace('line 39', 'line 39\nlast');
  const [cell] = diffNotebooks(
    toNotebook([toCell('a', old)]),
    toNotebook([toCell('a', fresh)]),
  ).cells;
  const lines = toDiffLines(old, fresh, cell?.hunks ?? []);

  it('stand side by side where one took the place of the other, else alone', () => {
    expect(lines).toHaveLength(41);
    expect(lines[20]).toEqual({
      old: { number: 21, text: 'line 20' },
      new: { number: 21, text: 'line twenty' },
      hunk: 0,
    });
    expect(lines.at(-1)).toEqual({ new: { number: 41, text: 'last' }, hunk: 1 });
    const side = (name: 'old' | 'new') =>
      lines.flatMap((line) => line[name]?.text ?? []).join('\n');
    expect([side('old'), side('new')]).toEqual([old, fresh]);
  });

  it('stand below each other in one column, the old ones of a hunk first', () => {
    const inline = toInline(lines);
    expect(inline).toHaveLength(42);
    expect(inline[20]).toMatchObject({ old: { text: 'line 20' }, hunk: 0 });
    expect(inline[21]).toMatchObject({ new: { text: 'line twenty' }, hunk: 0 });
    expect(inline[21]?.spans?.filter(({ changed }) => changed)).toEqual([
      { text: 'twenty', changed: true },
    ]);
  });

  it('are folded far from changes, and opened one by one', () => {
    expect(foldLines(lines, 3, new Set())).toEqual([
      { kind: 'fold', from: 0, to: 17 },
      { kind: 'lines', from: 17, to: 24 },
      { kind: 'fold', from: 24, to: 37 },
      { kind: 'lines', from: 37, to: 41 },
    ]);
    expect(foldLines(lines, 3, new Set([15, 16]))[0]).toEqual({ kind: 'fold', from: 0, to: 15 });
    expect(foldLines(lines.slice(0, 3), 3, new Set())).toEqual([{ kind: 'fold', from: 0, to: 3 }]);
    expect(foldLines([], 3, new Set())).toEqual([]);
  });
});

describe('segments', () => {
  const spans = [
    { text: 'x = ', changed: false },
    { text: '"ab"', changed: true },
    { text: ' # c', changed: false },
  ];
  const tokens = [
    { from: 4, to: 8, kind: 'string' as const },
    { from: 9, to: 12, kind: 'comment' as const },
  ];

  it('carry the colour and the mark of each piece, and are the line', () => {
    const segments = lineSegments('x = "ab" # c', tokens, spans);
    expect(segments).toEqual([
      { text: 'x = ', changed: false },
      { text: '"ab"', changed: true, token: 'string' },
      { text: ' ', changed: false },
      { text: '# c', changed: false, token: 'comment' },
    ]);
  });

  it('of a very long line are those around its first change', () => {
    const long = `${'a'.repeat(5000)}X${'b'.repeat(5000)}`;
    const marked = [
      { text: 'a'.repeat(5000), changed: false },
      { text: 'X', changed: true },
      { text: 'b'.repeat(5000), changed: false },
    ];
    const cut = cutSegments(lineSegments(long, [], marked), 2000);
    const text = cut.segments.map((segment) => segment.text).join('');
    expect(text).toHaveLength(2000);
    expect(text.indexOf('X')).toBe(200);
    expect([cut.before, cut.after]).toEqual([4800, 3201]);
    const same = cutSegments(lineSegments('c'.repeat(3000), [], undefined), 2000);
    expect([same.before, same.after]).toEqual([0, 1000]);
  });
});

describe('HeightIndex', () => {
  it('knows where items begin, guessed or measured, whatever the list becomes', () => {
    const index = new HeightIndex();
    index.setItems(['a', 'b', 'c'], () => 10);
    expect([0, 1, 3].map((at) => index.topOf(at))).toEqual([0, 10, 30]);
    expect(index.measure('b', 50)).toBe(true);
    expect(index.measure('b', 50)).toBe(false);
    expect([2, 3].map((at) => index.topOf(at))).toEqual([60, 70]);
    expect([-5, 0, 9, 10, 59, 60, 500].map((px) => index.indexAt(px))).toEqual([
      0, 0, 0, 1, 1, 2, 2,
    ]);
    index.setItems(['b', 'x'], () => 10);
    expect([1, 2].map((at) => index.topOf(at))).toEqual([50, 60]);
    index.setItems([], () => 10);
    expect([index.indexAt(5), index.topOf(0)]).toEqual([0, 0]);
  });
});

describe('pictures', () => {
  const pixels = (width: number, height: number, ...bright: number[]) => {
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (const at of bright) data[at * 4] = 0;
    return { width, height, data };
  };

  it('are compared pixel by pixel', () => {
    expect(comparePixels(pixels(2, 2, 1), pixels(2, 2, 1)).differing).toBe(0);
    const { differing, mask } = comparePixels(pixels(2, 2, 1), pixels(2, 2, 2));
    expect(differing).toBe(2);
    expect([3, 7, 11, 15].map((at) => mask[at])).toEqual([0, 255, 255, 0]);
    // A margin of one column is two pixels that only one side has.
    expect(comparePixels(pixels(2, 2), pixels(3, 2)).differing).toBe(2);
  });

  it('are described with what was done to compare them', () => {
    const size = (width: number, height: number) => ({ width, height });
    const none = { differing: 0, all: 100 };
    expect(describePictures(size(8, 6), size(8, 6), none)).toBe('same picture');
    expect(describePictures(size(640, 480), size(642, 480), { differing: 3, all: 1000 })).toBe(
      '640 × 480 → 642 × 480, aligned at the top left: 0.30 % of pixels differ',
    );
    expect(describePictures(size(640, 480), size(1280, 960), none)).toBe(
      '640 × 480 → 1280 × 960, scaled to the size of the new one: same picture',
    );
    expect(describePictures(size(640, 480), size(300, 480), undefined)).toBe(
      '640 × 480 → 300 × 480, not compared',
    );
  });
});

describe('pageAction', () => {
  const press = (key: string, more: object = {}, isTyping = false) =>
    pageAction(
      { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more },
      isTyping,
    );

  it('reads keys, and leaves those of a field alone', () => {
    expect([press('F7'), press('F7', { shiftKey: true })]).toEqual([
      'nextChange',
      'previousChange',
    ]);
    expect([press('F5', { altKey: true }), press('F5')]).toEqual(['nextChange', undefined]);
    expect([press('f', { ctrlKey: true }), press('f', { metaKey: true })]).toEqual([
      'find',
      'find',
    ]);
    expect([press('n'), press('n', {}, true), press('F7', {}, true)]).toEqual([
      'nextChange',
      undefined,
      'nextChange',
    ]);
    expect([press('constructor'), press('n', { ctrlKey: true })]).toEqual([undefined, undefined]);
  });
});

describe('cellTitle', () => {
  it('says in words what happened to each cell of a recorded pair', () => {
    const rows = rowsOf(recordedNotebook('old'), recordedNotebook('new'));
    expect(rows.map((row) => cellTitle(row))).toEqual([
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
    expect(rows.filter((row) => !isChange(row, all))).toHaveLength(3);
  });

  it('tells changed outputs and metadata of an unchanged source', () => {
    const cell = toCell('a', 'train()', 'loss 1\n');
    const rerun = { ...cell, outputs: toCell('a', '', 'loss 0.5\n').outputs };
    const [outputs] = rowsOf(toNotebook([cell]), toNotebook([rerun]));
    expect(outputs && cellTitle(outputs)).toBe('Outputs changed');
    const tagged = { ...cell, metadata: { tags: ['parameters'] } };
    const [metadata] = rowsOf(toNotebook([cell]), toNotebook([tagged]));
    expect(metadata && cellTitle(metadata)).toBe('Metadata changed');
  });

  it('says where a moved cell came from', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => toCell(id, `print("${id} of the notebook")`));
    if (!a || !b || !c) throw new Error('three cells');
    const rows = rowsOf(toNotebook([a, b, c]), toNotebook([c, a, b]));
    expect(rows.map((row) => cellTitle(row))).toEqual(['Moved from 3', 'Same', 'Same']);
  });
});
