import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile, toHistogram } from '../../../src/core/plot/histogram';

const numbers = fc.array(
  fc.oneof(
    fc.double(),
    fc.double({ min: 0.001, max: 1000, noNaN: true }),
    fc.integer({ min: -3, max: 3 }),
  ),
  { maxLength: 200 },
);

describe('toHistogram', () => {
  it('counts every value once, in the bin that holds it, and says what it left out', () => {
    fc.assert(
      fc.property(numbers, fc.boolean(), (values, isLog) => {
        const histogram = toHistogram(values, { isLog });
        const kept = values.filter((value) => Number.isFinite(value) && (!isLog || value > 0));
        if (histogram === undefined) {
          expect(kept).toEqual([]);
          return;
        }
        const { edges, counts, leftOut } = histogram;
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(kept.length);
        expect(leftOut).toBe(values.length - kept.length);
        expect(edges.length).toBe(counts.length + 1);
        expect(counts.length).toBeLessThanOrEqual(200);
        for (const value of kept) {
          expect(value).toBeGreaterThanOrEqual((edges[0] ?? 0) - Math.abs(value) * 1e-9);
          expect(value).toBeLessThanOrEqual((edges.at(-1) ?? 0) + Math.abs(value) * 1e-9);
        }
        if (isLog) return;
        for (const [bin, count] of counts.entries()) {
          const [from = 0, to = 0] = [edges[bin], edges[bin + 1]];
          const isLast = bin === counts.length - 1;
          const naive = kept.filter(
            (value) => value >= from && (isLast ? value <= to : value < to),
          );
          expect(count).toBe(naive.length);
        }
      }),
    );
  });

  it('takes the width of Freedman and Diaconis', () => {
    // IQR 49.5 of 0…99: width 2 · 49.5 · 100^(−1/3) = 21.33, so 99 / 21.33 = 4.64 bins.
    const histogram = toHistogram(Array.from({ length: 100 }, (_, at) => at));
    expect(histogram).toMatchObject({ rule: 'freedmanDiaconis', leftOut: 0 });
    expect([...(histogram?.counts ?? [])]).toEqual([20, 20, 20, 20, 20]);
  });

  it('takes the number of Sturges where the IQR is 0', () => {
    const histogram = toHistogram([...Array.from({ length: 63 }, () => 1), 5]);
    expect(histogram?.rule).toBe('sturges');
    expect(histogram?.counts.length).toBe(7);
  });

  it('puts equal values in one bin and takes the number of bins that is asked for', () => {
    expect(toHistogram([2, 2, 2])).toMatchObject({ rule: 'single', counts: Uint32Array.of(3) });
    expect(toHistogram([1, 2, 3, 4], { binCount: 2 })?.counts).toEqual(Uint32Array.of(2, 2));
    expect(toHistogram([Number.NaN])).toBeUndefined();
  });

  it('has bins of equal width on a log axis', () => {
    const { edges } = toHistogram([0.001, 0.01, 0.1, 1], { isLog: true, binCount: 3 }) ?? {};
    expect([...(edges ?? [])].map((edge) => edge.toPrecision(6))).toEqual([
      '0.00100000',
      '0.0100000',
      '0.100000',
      '1.00000',
    ]);
  });

  it('takes the quantiles that numpy takes', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  });
});
