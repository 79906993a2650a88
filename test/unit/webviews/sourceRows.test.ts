import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffSource } from '../../../src/core/notebook/diffSource';
import { createWorkBudget } from '../../../src/core/notebook/workBudget';
import {
  alignSource,
  foldRows,
  hunkRows,
  lineParts,
  type SourceRow,
} from '../../../webviews/shared/sourceRows';

const diff = (old: string, now: string) => diffSource(old, now, createWorkBudget(1e7));

/** The text of one side, put together again from the rows. */
function sideText(rows: readonly SourceRow[], side: 'old' | 'new'): string {
  return rows
    .flatMap((row) => (row.kind === 'fold' ? row.rows : [row]))
    .flatMap((row) => (row.kind === 'fold' ? [] : (row[side]?.text ?? [])))
    .join('\n');
}

describe('alignSource', () => {
  it('loses no line of either side, folded or not', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', '', 'x = 1'), { maxLength: 30 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (old, now) => {
        const rows = alignSource(old, now, diff(old, now));
        for (const shown of [rows, foldRows(rows, 3)]) {
          expect(sideText(shown, 'old')).toBe(old);
          expect(sideText(shown, 'new')).toBe(now);
        }
      }),
    );
  });

  it('sets replaced lines side by side with their numbers', () => {
    expect(alignSource('a\nb\nc', 'a\nB\nB2\nc', diff('a\nb\nc', 'a\nB\nB2\nc'))).toEqual([
      { kind: 'same', old: { number: 1, text: 'a' }, new: { number: 1, text: 'a' } },
      { kind: 'changed', old: { number: 2, text: 'b' }, new: { number: 2, text: 'B' } },
      { kind: 'changed', new: { number: 3, text: 'B2' } },
      { kind: 'same', old: { number: 3, text: 'c' }, new: { number: 4, text: 'c' } },
    ]);
  });
});

describe('foldRows', () => {
  it('keeps the context of a change and says how much it hides', () => {
    const old = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const now = old.with(10, 'changed');
    const rows = foldRows(
      alignSource(old.join('\n'), now.join('\n'), diff(old.join('\n'), now.join('\n'))),
      3,
    );
    expect(rows.map((row) => (row.kind === 'fold' ? row.count : row.kind))).toEqual([
      7,
      'same',
      'same',
      'same',
      'changed',
      'same',
      'same',
      'same',
      6,
    ]);
  });
});

describe('hunkRows', () => {
  it('says how many lines lie before and between the hunks', () => {
    const rows = hunkRows([
      { oldStart: 4, oldLines: ['a'], newStart: 4, newLines: [] },
      { oldStart: 9, oldLines: [], newStart: 8, newLines: ['b'] },
    ]);
    expect(rows).toEqual([
      { kind: 'fold', count: 4, rows: [] },
      { kind: 'changed', old: { number: 5, text: 'a' } },
      { kind: 'fold', count: 4, rows: [] },
      { kind: 'changed', new: { number: 9, text: 'b' } },
    ]);
  });
});

describe('lineParts', () => {
  it('marks what differs between the shared ends', () => {
    expect(lineParts('lr = 0.1 # rate', 'lr = 0.02 # rate')).toEqual([
      { start: 'lr = 0.', changed: '1', end: ' # rate' },
      { start: 'lr = 0.', changed: '02', end: ' # rate' },
    ]);
  });

  it('marks nothing where the lines have little in common', () => {
    expect(lineParts('import numpy', 'model.fit(x, y)')).toBeUndefined();
  });

  it('does not cut a character in two', () => {
    const parts = lineParts('emoji 😀 here', 'emoji 😁 here');
    expect(parts?.[0].changed).toBe('😀');
    expect(parts?.[1].changed).toBe('😁');
  });

  it('gives back both texts', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '=', '😀', '😁') });
    fc.assert(
      fc.property(line, line, (old, now) => {
        const parts = lineParts(old, now);
        if (parts === undefined) return;
        expect(parts.map((part) => part.start + part.changed + part.end)).toEqual([old, now]);
      }),
    );
  });
});
