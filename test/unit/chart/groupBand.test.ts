import { array, assert, double, integer, property, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupBand } from '../../../src/core/chart/groupBand';

const line = (points: readonly (readonly [number, number])[]) => ({
  xs: Float64Array.from(points, ([x]) => x),
  ys: Float64Array.from(points, ([, y]) => y),
});

const sortedLine = uniqueArray(integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 }).chain(
  (xs) =>
    array(double({ min: -50, max: 50, noNaN: true }), {
      minLength: xs.length,
      maxLength: xs.length,
    }).map((ys) => {
      const sorted = [...xs].sort((a, b) => a - b);
      return sorted.map((x, index): readonly [number, number] => [x, ys[index] ?? 0]);
    }),
);

/** The value of a line at a place by looking at each of its segments. */
function naiveValue(points: readonly (readonly [number, number])[], x: number): number[] {
  const there = points.find(([at]) => at === x);
  if (there !== undefined) return [there[1]];
  for (let index = 1; index < points.length; index++) {
    const [x0, y0] = points[index - 1] ?? [0, 0];
    const [x1, y1] = points[index] ?? [0, 0];
    if (x0 < x && x < x1) return [y0 + ((y1 - y0) * (x - x0)) / (x1 - x0)];
  }
  return [];
}

describe('groupBand', () => {
  it('is mean, deviation, least and greatest of the lines at every place', () => {
    assert(
      property(array(sortedLine, { minLength: 1, maxLength: 6 }), (lines) => {
        const band = groupBand(lines.map(line));
        const places = [...new Set(lines.flat().map(([x]) => x))].sort((a, b) => a - b);
        expect([...band.xs]).toEqual(places);
        for (const [at, x] of places.entries()) {
          const values = lines.flatMap((points) => naiveValue(points, x));
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
          expect(band.counts[at]).toBe(values.length);
          expect(band.mean[at]).toBeCloseTo(mean, 8);
          expect(band.min[at]).toBeCloseTo(Math.min(...values), 8);
          expect(band.max[at]).toBeCloseTo(Math.max(...values), 8);
          if (values.length < 2) expect(band.deviation[at]).toBeNaN();
          else expect(band.deviation[at]).toBeCloseTo(Math.sqrt(squares / (values.length - 1)), 6);
        }
      }),
    );
  });

  it('lets a line take no part in its gap', () => {
    const band = groupBand([
      line([
        [0, 1],
        [1, Number.NaN],
        [2, 3],
      ]),
      line([
        [0, 3],
        [1, 5],
        [2, 5],
      ]),
    ]);
    expect([...band.counts]).toEqual([2, 1, 2]);
    expect([...band.mean]).toEqual([2, 5, 4]);
  });

  it('has no value where no line has one', () => {
    const points: readonly (readonly [number, number])[] = [
      [0, 1],
      [1, Number.NaN],
      [2, 3],
    ];
    const band = groupBand([line(points), line(points)]);
    expect([...band.counts]).toEqual([2, 0, 2]);
    expect([...band.mean]).toEqual([1, Number.NaN, 3]);
    expect(band.max[1]).toBeNaN();
  });

  it('counts what was given again after a resume once', () => {
    const band = groupBand([
      line([
        [0, 1],
        [1, 1],
        [2, 100],
        [1, 3],
        [2, 4],
      ]),
    ]);
    expect([...band.mean]).toEqual([1, 3, 4]);
  });

  it('loses no spike where places are put together', () => {
    const points = Array.from({ length: 30_000 }, (_, x): readonly [number, number] => [
      x,
      x === 17_123 ? 1000 : 1,
    ]);
    const band = groupBand([line(points), line(points.map(([x]) => [x, 3]))]);
    expect(band.isBinned).toBe(true);
    expect(band.xs.length).toBe(2000);
    expect(Math.max(...band.max)).toBe(1000);
    expect(band.mean[0]).toBe(2);
    expect(band.counts.every((count) => count === 2)).toBe(true);
  });

  it('in intervals, a line of few points counts all along', () => {
    const dense = Array.from({ length: 5001 }, (_, x): [number, number] => [x, 1]);
    const sparse = Array.from({ length: 51 }, (_, at): [number, number] => [at * 100, 3]);
    const band = groupBand([line(dense), line(sparse)]);
    expect(band.isBinned).toBe(true);
    expect(band.xs.length).toBe(2000);
    expect(new Set(band.mean)).toEqual(new Set([2]));
    expect(new Set(band.counts)).toEqual(new Set([2]));
  });

  it('in intervals, a line does not count in its gap', () => {
    const dense = Array.from({ length: 5000 }, (_, x): [number, number] => [x, 1]);
    const broken = [0, 1000, 2000, 3000, 4000].map((x): [number, number] => [
      x,
      x === 2000 ? Number.NaN : 3,
    ]);
    const { xs, counts } = groupBand([line(dense), line(broken)]);
    const countAt = (x: number) => counts[xs.findIndex((each) => each >= x)];
    expect([500, 1500, 2500, 3500, 4500].map(countAt)).toEqual([2, 1, 1, 2, 1]);
  });
});
