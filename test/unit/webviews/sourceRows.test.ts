import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffSource } from '../../../src/core/notebook/diffSource';
import { createWorkBudget } from '../../../src/core/notebook/workBudget';
import {
  alignSource,
  foldRows,
  hunkRows,
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

  it('sets a line beside the one that it became, not the one at its place', () => {
    const [old, now] = ['a\nlr = 0.1\nc', 'a\nimport math\nlr = 0.2\nc'];
    expect(alignSource(old, now, diff(old, now))).toEqual([
      { kind: 'same', old: { number: 1, text: 'a' }, new: { number: 1, text: 'a' } },
      { kind: 'changed', new: { number: 2, text: 'import math' } },
      {
        kind: 'changed',
        old: { number: 2, text: 'lr = 0.1' },
        new: { number: 3, text: 'lr = 0.2' },
      },
      { kind: 'same', old: { number: 3, text: 'c' }, new: { number: 4, text: 'c' } },
    ]);
  });
});

describe('foldRows', () => {
  it('keeps the context of a change and says how much it hides', () => {
    const old = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const now = old.with(10, 'line ten');
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
