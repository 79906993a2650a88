import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Brush,
  type BrushKey,
  brushBetween,
  brushEnds,
  brushedRows,
  brushStops,
  describeBrush,
  moveBrush,
} from '../../../src/core/plot/brush';
import type { RunColumn } from '../../../src/core/plot/runColumn';

const numberColumn = (values: readonly (number | undefined)[]): RunColumn => ({
  kind: 'number',
  isPresent: Uint8Array.from(values, (value) => Number(value !== undefined)),
  numbers: Float64Array.from(values, (value) => value ?? Number.NaN),
});
const textColumn = (values: readonly string[]): RunColumn => {
  const texts = [...new Set(values)].sort();
  return {
    kind: 'text',
    texts,
    isPresent: new Uint8Array(values.length).fill(1),
    codes: Int32Array.from(values, (value) => texts.indexOf(value)),
  };
};
const lr = numberColumn([0.1, 0.01, 0.001, undefined, Number.NaN]);
const opt = textColumn(['adam', 'sgd', 'adam', 'lion', 'sgd']);

describe('brushedRows', () => {
  it('keeps the runs that every brush keeps, and none without a value', () => {
    const range: Brush = { kind: 'range', from: 0.001, to: 0.05 };
    expect([...brushedRows([lr, opt], [range, undefined], 5)]).toEqual([0, 1, 1, 0, 0]);
    expect([...brushedRows([lr, opt], [range, { kind: 'texts', texts: ['adam'] }], 5)]).toEqual([
      0, 0, 1, 0, 0,
    ]);
    expect([...brushedRows([lr, opt], [undefined, undefined], 5)]).toEqual([1, 1, 1, 1, 1]);
  });

  it('equals a naive filter', () => {
    const values = fc.array(fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }), {
      maxLength: 50,
    });
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        (each, a, b) => {
          const column = numberColumn(each);
          const kept = brushedRows([column], [brushBetween(column, a, b)], each.length);
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          expect([...kept]).toEqual(
            each.map((value) => Number(value !== undefined && value >= from && value <= to)),
          );
        },
      ),
    );
  });
});

describe('moveBrush', () => {
  const keys: readonly BrushKey[] = ['up', 'down', 'growUp', 'growDown', 'shrinkUp', 'shrinkDown'];

  it('always keeps a run, whatever is pressed', () => {
    const values = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        values,
        fc.boolean(),
        fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 20 }),
        (each, isText, pressed) => {
          const column = isText ? textColumn(each.map(String)) : numberColumn(each);
          let brush: Brush | undefined;
          for (const key of pressed) brush = moveBrush(column, brush, key);
          expect(brush).toBeDefined();
          expect(brushedRows([column], [brush], each.length)).toContain(1);
        },
      ),
    );
  });

  it('moves by one value, and one end of it', () => {
    const column = numberColumn([1, 2, 4, 8]);
    const first = moveBrush(column, undefined, 'up');
    expect(first).toEqual({ kind: 'range', from: 1, to: 1 });
    const grown = moveBrush(column, first, 'growUp');
    expect(grown).toEqual({ kind: 'range', from: 1, to: 2 });
    const moved = moveBrush(column, grown, 'up');
    expect(moved).toEqual({ kind: 'range', from: 2, to: 4 });
    expect(moveBrush(column, moved, 'shrinkUp')).toEqual({ kind: 'range', from: 4, to: 4 });
    expect(moveBrush(column, moved, 'down')).toEqual(grown);
    expect(moveBrush(column, moved, 'clear')).toBeUndefined();
    expect(moveBrush(opt, undefined, 'down')).toEqual({ kind: 'texts', texts: ['sgd'] });
  });

  it('has stops at each value once', () => {
    expect(brushStops(lr)).toEqual([0.001, 0.01, 0.1]);
    expect(brushStops(opt)).toEqual([0, 1, 2]);
    expect(brushEnds(opt, { kind: 'texts', texts: ['lion', 'sgd'] }, [0, 1, 2])).toEqual({
      low: 1,
      high: 2,
    });
  });
});

it('describes a brush in words', () => {
  expect(describeBrush('lr', { kind: 'range', from: 0.1, to: 1 }, String)).toBe('lr from 0.1 to 1');
  expect(describeBrush('opt', { kind: 'texts', texts: ['adam', 'sgd'] }, String)).toBe(
    'opt is adam or sgd',
  );
});
