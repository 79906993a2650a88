import { expect, test } from 'vitest';
import { cellAsRan } from '../../../src/core/compare/cellAsRan';
import type { NotebookCell } from '../../../src/core/notebook/notebook';

const code = (source: string, id?: string): NotebookCell => ({
  ...{ kind: 'code', source, outputs: [], metadata: {} },
  ...(id === undefined ? {} : { id }),
});
const notebook = (...cells: NotebookCell[]) => ({
  ...{ cells, metadata: {}, language: 'python', nbformat: 4, nbformatMinor: 5 },
});
const sources = (cells: readonly NotebookCell[], cellIndex: number, cellId?: string) =>
  cellAsRan(notebook(...cells), {
    ...{ cellIndex, cellSource: 'ran' },
    ...(cellId === undefined ? {} : { cellId }),
  }).cells.map(({ source }) => source);

test('a cell that was edited after it began has what ran, wherever it stands now', () => {
  expect(sources([code('a', '1'), code('edited', '2')], 0, '2')).toEqual(['a', 'ran']);
  expect(sources([code('a'), code('edited')], 1)).toEqual(['a', 'ran']);
  // Its notebook was given ids when it was saved.
  expect(sources([code('a', '1'), code('edited', '2')], 1)).toEqual(['a', 'ran']);
});

test('nothing else is touched where the cell holds it still, was moved, or is gone', () => {
  const moved = notebook(code('ran'), code('b'));
  expect(cellAsRan(moved, { cellIndex: 1, cellSource: 'ran' })).toBe(moved);
  expect(sources([code('a', '1'), code('b', '2')], 1, 'gone')).toEqual(['a', 'b']);
  expect(sources([code('a'), { ...code('text'), kind: 'markdown' }], 1)).toEqual(['a', 'text']);
  expect(sources([code('a')], 7)).toEqual(['a']);
});
