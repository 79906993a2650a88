import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTicks, createAxisScale, rangeOf, suitsLog } from '../../../src/core/plot/axisScale';

const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });

describe('createAxisScale', () => {
  it('keeps order, has its ends at 0 and 1, and goes back to the value', () => {
    fc.assert(
      fc.property(finite, finite, finite, (a, b, c) => {
        const [min = 0, middle = 0, max = 0] = [a, b, c].sort((x, y) => x - y);
        fc.pre(max - min > 1e-6);
        const scale = createAxisScale(min, max, false);
        expect(scale.toUnit(min)).toBe(0);
        expect(scale.toUnit(max)).toBe(1);
        const unit = scale.toUnit(middle);
        expect(unit).toBeGreaterThanOrEqual(0);
        expect(unit).toBeLessThanOrEqual(1);
        expect(Math.abs(scale.fromUnit(unit) - middle)).toBeLessThanOrEqual(
          (max - min) * 1e-9 + 1e-6,
        );
      }),
    );
  });

  it('has no place on a log axis for what is not above 0', () => {
    const scale = createAxisScale(0.001, 1, true);
    expect([0, -1, Number.NaN, Number.POSITIVE_INFINITY].map(scale.toUnit)).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(scale.toUnit(0.0316227766)).toBeCloseTo(0.5);
  });

  it('puts a value that is alone in the middle', () => {
    expect(createAxisScale(3, 3, false).toUnit(3)).toBe(0.5);
    expect(createAxisScale(3, 3, true).toUnit(3)).toBe(0.5);
  });
});

describe('suitsLog', () => {
  it.each([
    [[0.0001, 0.001, 0.01, 0.1], true],
    [[0.1, 0.2, 0.3], false],
    [[0, 0.001, 1], false],
    [[1, 50, 99, 100], false],
    [[16, 64, 256, 1024], true],
    [[], false],
  ])('of %j is %j', (values, expected) => {
    expect(suitsLog(values)).toBe(expected);
  });
});

describe('axisTicks', () => {
  it('are round, ascending and on the axis', () => {
    fc.assert(
      fc.property(
        finite,
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.integer({ min: 2, max: 10 }),
        (min, span, count) => {
          const scale = createAxisScale(min, min + span, false);
          fc.pre(scale.max > scale.min && span > Math.abs(min) * 1e-9);
          const ticks = axisTicks(scale, count);
          expect(ticks.length).toBeLessThanOrEqual(2 * count + 2);
          for (const [at, tick] of ticks.entries()) {
            expect(scale.toUnit(tick)).toBeGreaterThanOrEqual(-1e-6);
            expect(scale.toUnit(tick)).toBeLessThanOrEqual(1 + 1e-6);
            if (at > 0) expect(tick).toBeGreaterThan(ticks[at - 1] ?? 0);
          }
        },
      ),
    );
    expect(axisTicks(createAxisScale(0, 1, false), 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(axisTicks(createAxisScale(0.0001, 0.1, true), 5)).toEqual([0.0001, 0.001, 0.01, 0.1]);
    expect(axisTicks(createAxisScale(1, 60, true), 5)).toEqual([1, 2, 5, 10, 20, 50]);
  });
});

describe('rangeOf', () => {
  it('passes over what cannot be drawn', () => {
    expect(rangeOf([Number.NaN, 3, -1, Number.POSITIVE_INFINITY])).toEqual({ min: -1, max: 3 });
    expect(rangeOf([0, -1], true)).toBeUndefined();
  });
});
