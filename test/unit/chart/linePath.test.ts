import { array, assert, constantFrom, double, integer, oneof, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestPoint, toLinePath } from '../../../src/core/chart/linePath';

const linear = { x: false, y: false };
const pathOf = (xs: readonly number[], ys: readonly number[], isLog = linear) =>
  toLinePath(Float64Array.from(xs), Float64Array.from(ys), isLog);

describe('toLinePath', () => {
  it('breaks at what is no number, and marks it', () => {
    const path = pathOf(
      [0, 1, 2, 3, 4],
      [1, Number.NaN, 2, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    expect([...path.drawn]).toEqual([0, 2]);
    expect([...path.begins]).toEqual([1, 1]);
    expect([...path.nans]).toEqual([1]);
    expect([...path.aboves]).toEqual([3]);
    expect([...path.belows]).toEqual([4]);
  });

  it('begins anew where a run was resumed, and knows what was overwritten', () => {
    const path = pathOf([1, 2, 3, 4, 3, 4, 5], [1, 1, 1, 1, 2, 2, 2]);
    expect(path.resumes).toBe(1);
    expect([...path.begins]).toEqual([1, 0, 0, 0, 1, 0, 0]);
    expect([...path.superseded]).toEqual([0, 0, 0, 1, 0, 0, 0]);
    expect(nearestPoint(path, Float64Array.of(1, 2, 3, 4, 3, 4, 5), 4)).toBe(5);
  });

  it('says what a log axis has no place for', () => {
    expect(pathOf([1, 2, 3], [0, -1, 2], { x: false, y: true }).unshown).toBe(2);
    expect(pathOf([0, 1, 2], [1, 1, 1], { x: true, y: false }).unshown).toBe(1);
  });

  it('knows a line that has nothing special, and gives it the same path', () => {
    const number = oneof(
      integer({ min: -3, max: 9 }),
      constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    );
    const isAscending = constantFrom(true, false);
    assert(
      property(array(tuple(number, number)), isAscending, isAscending, (points, sorted, isLogY) => {
        const given = sorted ? points.toSorted(([a], [b]) => a - b) : points;
        const xs = given.map(([x]) => x);
        const ys = given.map(([, y]) => y);
        const path = pathOf(xs, ys, { x: false, y: isLogY });
        // A place at infinity more, which is nowhere: the same path the long way.
        const slow = pathOf([...xs, Number.NaN], [...ys, 0], { x: false, y: isLogY });
        const isAllDrawn = slow.drawn.length === xs.length && slow.begins.lastIndexOf(1) <= 0;
        expect(path.isPlain).toBe(isAllDrawn);
        const { isPlain: _fast, values, ...columns } = path;
        const { isPlain: _slow, values: _none, ...others } = slow;
        expect(values).toEqual(
          isAllDrawn && ys.length > 0 ? { min: Math.min(...ys), max: Math.max(...ys) } : undefined,
        );
        expect(columns).toEqual({ ...others, placeless: others.placeless - 1 });
      }),
    );
  });

  it('counts every point once', () => {
    const number = oneof(
      double({ min: -9, max: 9 }),
      constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0),
    );
    assert(
      property(array(tuple(number, number)), constantFrom(true, false), (points, isLogY) => {
        const path = pathOf(
          points.map(([x]) => x),
          points.map(([, y]) => y),
          { x: !isLogY, y: isLogY },
        );
        const { drawn, nans, aboves, belows, unshown, placeless } = path;
        expect(
          drawn.length + nans.length + aboves.length + belows.length + unshown + placeless,
        ).toBe(points.length);
      }),
    );
  });
});

describe('nearestPoint', () => {
  it('is the nearest of those that count, as looking at all of them finds', () => {
    assert(
      property(
        array(integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 30 }),
        double({ min: -5, max: 35, noNaN: true }),
        (steps, x) => {
          const xs = Float64Array.from(steps);
          const path = toLinePath(
            xs,
            xs.map(() => 1),
            linear,
          );
          const found = nearestPoint(path, xs, x);
          const counting = steps.filter(
            (step, index) => !steps.slice(index + 1).some((later) => later < step),
          );
          const nearest = Math.min(...counting.map((step) => Math.abs(step - x)));
          expect(Math.abs((xs[found ?? -1] ?? Number.NaN) - x)).toBe(nearest);
          expect(steps.slice((found ?? 0) + 1).includes(xs[found ?? 0] ?? -1)).toBe(false);
        },
      ),
    );
  });
});
