import { array, assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanSpacing, smooth } from '../../../src/core/chart/smooth';

/** The same by its definition: the weight of each earlier point by itself. */
function naive(xs: readonly number[], ys: readonly number[], weight: number, spacing: number) {
  return ys.map((y, end) => {
    if (!Number.isFinite(y)) return y;
    const before = Array.from({ length: end + 1 }, (_, index) => index).filter((index) =>
      Number.isFinite(ys[index]),
    );
    let sum = 0;
    let weights = 0;
    for (const [at, index] of before.entries()) {
      const gap = (i: number) =>
        ((xs[before[i] ?? 0] ?? 0) - (xs[before[i - 1] ?? 0] ?? 0)) / spacing;
      const own = at === 0 ? 1 - weight : 1 - weight ** gap(at);
      const since = ((xs[end] ?? 0) - (xs[index] ?? 0)) / spacing;
      const part = own * weight ** since;
      sum += part * (ys[index] ?? 0);
      weights += part;
    }
    return sum / weights;
  });
}

describe('smooth', () => {
  it('is what its formula says, at irregular steps and with gaps', () => {
    const value = double({ min: -100, max: 100, noNaN: true });
    assert(
      property(
        array(
          integer({ min: 1, max: 9 }).chain((gap) => value.map((y) => ({ gap, y }))),
          { minLength: 1, maxLength: 40 },
        ),
        double({ min: 0.05, max: 0.99, noNaN: true }),
        (points, weight) => {
          let x = 0;
          const xs = points.map(({ gap }) => {
            x += gap;
            return x;
          });
          const ys = points.map(({ y }, index) => (index % 7 === 3 ? Number.NaN : y));
          const spacing = meanSpacing(Float64Array.from(xs), xs.length) || 1;
          const got = smooth(Float64Array.from(xs), Float64Array.from(ys), weight, spacing);
          const wanted = naive(xs, ys, weight, spacing);
          for (const [index, each] of wanted.entries()) {
            if (Number.isNaN(each)) expect(got[index]).toBeNaN();
            else expect(got[index]).toBeCloseTo(each, 6);
          }
        },
      ),
    );
  });

  it('is the debiased moving average of TensorBoard at regular steps', () => {
    const ys = Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6);
    const xs = ys.map((_, index) => 10 * index);
    let last = 0;
    const wanted = Array.from(ys, (y, index) => {
      last = last * 0.6 + 0.4 * y;
      return last / (1 - 0.6 ** (index + 1));
    });
    const got = smooth(xs, ys, 0.6, meanSpacing(xs, xs.length));
    for (const [index, each] of wanted.entries()) expect(got[index]).toBeCloseTo(each, 12);
  });

  it('leaves the values as they are at weight 0', () => {
    const ys = Float64Array.of(1, 2);
    expect(smooth(Float64Array.of(0, 1), ys, 0, 1)).toBe(ys);
  });

  it('begins anew where a run was resumed, and lets infinities be', () => {
    const xs = Float64Array.of(0, 1, 2, 1, 2);
    const got = smooth(xs, Float64Array.of(10, 10, Number.POSITIVE_INFINITY, 0, 0), 0.9, 1);
    expect(Array.from(got, (y) => Math.round(y * 1e9) / 1e9)).toEqual([
      10,
      10,
      Number.POSITIVE_INFINITY,
      0,
      0,
    ]);
  });

  it('stays within the least and the greatest value', () => {
    assert(
      property(array(double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 }), (values) => {
        const ys = Float64Array.from(values);
        const got = smooth(
          ys.map((_, index) => index),
          ys,
          0.95,
          1,
        );
        const slack = 1e-3;
        for (const y of got) {
          expect(y).toBeGreaterThanOrEqual(Math.min(...values) - slack);
          expect(y).toBeLessThanOrEqual(Math.max(...values) + slack);
        }
      }),
    );
  });
});
