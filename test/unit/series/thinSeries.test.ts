import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxKeptOfBucket, thinSeries } from '../../../src/core/series/thinSeries';

const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100 }) },
  fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0, -0),
);
const values = fc.array(value, { maxLength: 400 });
const buckets = fc.integer({ min: 1, max: 20 });

/** Steps say where in the whole series a point stood. */
const toSeries = (list: readonly number[]) => ({
  steps: Float64Array.from(list, (_, index) => index),
  values: Float64Array.from(list),
  timesMs: Float64Array.from(list, (_, index) => 1000 + 10 * index),
});

test('a series that fits is given back as it is', () => {
  fc.assert(
    fc.property(values, buckets, (list, count) => {
      fc.pre(list.length <= 4 * count);
      const series = toSeries(list);
      expect(thinSeries(series, count)).toBe(series);
    }),
  );
});

test('of each bucket the first, minimum, maximum and last stay, with their step and time', () => {
  fc.assert(
    fc.property(values, buckets, (list, count) => {
      fc.pre(list.length > 4 * count);
      const thinned = thinSeries(toSeries(list), count);
      const kept = [...thinned.steps];
      const most = list.every(Number.isFinite) ? 4 : maxKeptOfBucket;
      expect(kept.length).toBeLessThanOrEqual(most * count);
      // In order, each point once, and each as it was.
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      expect([...thinned.values]).toEqual(kept.map((index) => list[index]));
      expect([...thinned.timesMs]).toEqual(kept.map((index) => 1000 + 10 * index));
      for (let bucket = 0; bucket < count; bucket++) {
        const start = Math.floor((bucket * list.length) / count);
        const end = Math.floor(((bucket + 1) * list.length) / count);
        expect(kept).toContain(start);
        expect(kept).toContain(end - 1);
        const numbers = list.slice(start, end).filter((each) => !Number.isNaN(each));
        const shown = kept
          .filter((index) => index >= start && index < end)
          .flatMap((index) => list[index] ?? [])
          .filter((each) => !Number.isNaN(each));
        if (numbers.length === 0) expect(shown).toEqual([]);
        else {
          // Adding 0 makes one zero of both, which are the same height on a chart.
          expect(Math.min(...shown) + 0).toBe(Math.min(...numbers) + 0);
          expect(Math.max(...shown) + 0).toBe(Math.max(...numbers) + 0);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('a spike of one point among a million is drawn', () => {
  const list = new Float64Array(1_000_000).fill(1);
  list[123_457] = 1e6;
  const thinned = thinSeries(
    { steps: list.map((_, index) => index), values: list, timesMs: list },
    500,
  );
  expect(thinned.values.length).toBeLessThanOrEqual(2000);
  expect(thinned.steps[thinned.values.indexOf(1e6)]).toBe(123_457);
});

test('an empty series and one bucket do no harm', () => {
  expect(thinSeries(toSeries([]), 10).values).toHaveLength(0);
  expect([...thinSeries(toSeries([3, 1, 9, 2, 5, 4]), 1).values]).toEqual([3, 1, 9, 4]);
});

const long = fc.oneof(
  values,
  fc
    .tuple(fc.integer({ min: 50, max: 3000 }), fc.nat(2999), value)
    .map(([length, at, spike]) => Array.from({ length }, (_, index) => (index === at ? spike : 1))),
);

test('no line is drawn over a NaN, and beside infinities the finite extremes stay', () => {
  fc.assert(
    fc.property(long, buckets, (list, count) => {
      fc.pre(list.length > 4 * count);
      const kept = [...thinSeries(toSeries(list), count).steps];
      for (const [position, index] of kept.entries()) {
        const next = kept[position + 1];
        if (next === undefined) continue;
        if (Number.isNaN(list[index]) || Number.isNaN(list[next])) continue;
        expect(list.slice(index, next).some(Number.isNaN)).toBe(false);
      }
      for (let bucket = 0; bucket < count; bucket++) {
        const start = Math.floor((bucket * list.length) / count);
        const end = Math.floor(((bucket + 1) * list.length) / count);
        const shown = kept
          .filter((index) => index >= start && index < end)
          .flatMap((index) => list[index] ?? []);
        const raw = list.slice(start, end);
        const finite = raw.filter(Number.isFinite);
        if (finite.length > 0) {
          expect(Math.min(...shown.filter(Number.isFinite)) + 0).toBe(Math.min(...finite) + 0);
          expect(Math.max(...shown.filter(Number.isFinite)) + 0).toBe(Math.max(...finite) + 0);
        }
        for (const infinity of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
          expect(shown.includes(infinity)).toBe(raw.includes(infinity));
        }
        expect(shown.some(Number.isNaN) || !raw.some(Number.isNaN)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
