import { describe, expect, it } from 'vitest';
import { diffNotebooks } from '../../../src/core/notebook/diffNotebooks';
import type { NotebookCell } from '../../../src/core/notebook/notebook';
import type { TableDiff } from '../../../src/core/notebook/tableDiff';
import { describeCell } from '../../../src/core/notebook/view/cellDetail';
import { cutGrid, cutTableDiff } from '../../../src/core/notebook/view/cutTable';
import { toDiffRows } from '../../../src/core/notebook/view/diffRows';
import { findInDiff } from '../../../src/core/notebook/view/findInDiff';
import { createWorkBudget } from '../../../src/core/notebook/workBudget';
import { toCell, toNotebook } from '../../page/support/sampleDiff';

const cellsOf = (old: readonly NotebookCell[], fresh: readonly NotebookCell[]) =>
  diffNotebooks(toNotebook(old), toNotebook(fresh)).cells;

describe('findInDiff', () => {
  const cells = cellsOf(
    [toCell('a', 'x = load(1)\nsame = load(2)', 'load\n')],
    [toCell('a', 'x = load(3)\nsame = load(2)\nload(load)', 'load\n')],
  );
  const find = (text: string, more: object = {}) =>
    findInDiff(cells, { text, matchCase: false, parts: 'all', ...more }).matches;

  it('counts what both sides share once, and what was replaced on both', () => {
    const places = find('load').map(({ part, side, line, nth }) => [part, side, line, nth]);
    expect(places).toEqual([
      ['source', 'old', 1, 0],
      ['source', 'new', 1, 0],
      ['source', 'new', 2, 0],
      ['source', 'new', 3, 0],
      ['source', 'new', 3, 1],
      [0, 'new', 1, 0],
    ]);
    expect(find('load', { parts: 'outputs' })).toHaveLength(1);
    expect(find('LOAD', { matchCase: true })).toEqual([]);
    expect(find('(3)')).toHaveLength(1);
    expect(find('')).toEqual([]);
  });

  it('says that there are more than it lists', () => {
    const many = cellsOf([], [toCell('a', 'a '.repeat(6_000))]);
    const found = findInDiff(many, { text: 'a', matchCase: false, parts: 'all' });
    expect([found.matches.length, found.more]).toEqual([5_000, true]);
  });
});

describe('tables', () => {
  const table = (rows: number, columns: number, changed: (row: number) => boolean): TableDiff => ({
    columns: Array.from({ length: columns }, (_, i) => ({
      name: `c${i}`,
      change: 'same',
      isIndex: i === 0,
    })),
    rows: Array.from({ length: rows }, (_, row) => ({
      change: changed(row) ? 'changed' : 'same',
      cells: Array.from({ length: columns }, (_cell, column) => ({
        old: 'a',
        new: 'b',
        changed: changed(row) && column === columns - 1,
      })),
    })),
    oldNote: 'a',
    newNote: 'b',
  });

  it('are shown near their changes', () => {
    const { rows, hiddenRows, note } = cutTableDiff(table(100, 3, (row) => row === 50));
    expect(rows.map((row) => (typeof row === 'number' ? row : row.change))).toEqual([
      49,
      'same',
      'changed',
      'same',
      48,
    ]);
    expect([hiddenRows, note]).toEqual([0, 'a → b']);
  });

  it('are cut to what a page can hold, the columns that changed first', () => {
    const cut = cutTableDiff(table(2_000, 400, () => true));
    expect(cut.columns).toHaveLength(40);
    expect(cut.columns.map(({ name }) => name)).toEqual(expect.arrayContaining(['c0', 'c399']));
    expect([cut.rows.length, cut.hiddenRows, cut.hiddenColumns]).toEqual([300, 1_700, 360]);
    const grid = cutGrid({
      columns: Array.from({ length: 400 }, () => 'c'),
      rows: Array.from({ length: 2_000 }, () => Array.from({ length: 400 }, () => 'x')),
      indexWidth: 1,
      note: '',
    });
    expect([grid.rows.length, grid.hiddenRows, grid.hiddenColumns]).toEqual([300, 1_700, 360]);
  });
});

describe('what a page is told', () => {
  it('has no picture in it, and says where texts differ beyond what is shown', () => {
    const base = 'A'.repeat(3_000);
    const long = 'x\n'.repeat(400_000);
    const of = (data: string, text: string): NotebookCell => ({
      ...toCell('a', 'show()'),
      outputs: [
        { kind: 'display', data: { 'image/png': data } },
        { kind: 'stream', name: 'stdout', data: {}, text },
      ],
    });
    const [cell] = cellsOf([of(`${base}B`, `${long}1`)], [of(`${base}C`, `${long}two`)]);
    if (!cell) throw new Error('one row');
    const detail = describeCell(cell, createWorkBudget(20_000_000));
    expect(detail.outputs[0]?.details).toEqual([
      { kind: 'image', media: 'image/png', oldSize: 3_001, newSize: 3_001 },
    ]);
    expect(detail.outputs[1]).toMatchObject({ change: 'changed', differsBeyond: true });
    const [row] = toDiffRows([cell]);
    expect(JSON.stringify(row).length).toBeLessThan(500);
    expect(row?.outputs?.[1]).toMatchObject({ lines: 400_001 });
  });
});
