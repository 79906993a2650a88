import fc from 'fast-check';
import { expect, test } from 'vitest';
import { notebookLikeness } from '../../../src/core/notebook/notebookLikeness';
import { notebook } from './arbitraryNotebook';

test('a notebook is like itself, and as like another as that is like it', () => {
  fc.assert(
    fc.property(notebook, notebook, (a, b) => {
      const hasText = a.cells.some(({ source }) => source.trim() !== '');
      expect(notebookLikeness(a, a)).toBe(hasText ? 1 : 0);
      expect(notebookLikeness(a, b)).toBe(notebookLikeness(b, a));
    }),
  );
});

test('three lines of four are the same', () => {
  const of = (...sources: string[]) => ({
    cells: sources.map((source) => ({ kind: 'code' as const, source, outputs: [], metadata: {} })),
    metadata: {},
    language: 'python',
    nbformat: 4,
    nbformatMinor: 5,
  });
  expect(notebookLikeness(of('a\nb', 'c\n\nd'), of('d', 'b\n  a\ne'))).toBe(0.75);
});
