import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSeries, packSeries } from '../../../src/core/series/packSeries';
import { concatenateSeries, type Series } from '../../../src/core/series/series';
import { thinPieces, thinToPart } from '../../../src/core/series/seriesBatch';

const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ noDefaultInfinity: true, noNaN: true }) },
  fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 3),
);
/** On a line, constant, going back, or anything. */
const column = (length: number) =>
  fc.oneof(
    fc
      .tuple(fc.integer({ min: -5, max: 50 }), fc.integer({ min: 0, max: 9 }))
      .map(([first, delta]) => Float64Array.from({ length }, (_, at) => first + at * delta)),
    fc
      .array(fc.oneof(fc.nat(60), fc.constant(Number.NaN)), {
        minLength: length,
        maxLength: length,
      })
      .map((list) => Float64Array.from(list)),
  );
const series: fc.Arbitrary<Series> = fc.nat(120).chain((length) =>
  fc.record({
    steps: column(length),
    values: fc
      .array(value, { minLength: length, maxLength: length })
      .map((list) => Float64Array.from(list)),
    timesMs: fc
      .array(fc.nat(1000), { minLength: length, maxLength: length })
      .map((list) => Float64Array.from(list).map((each) => 1_700_000_000_000 + each)),
  }),
);
const buckets = fc.integer({ min: 1, max: 12 });

test('pieces that are unpacked as far as they are wanted give what the whole series gives', () => {
  fc.assert(
    fc.property(fc.array(series, { maxLength: 4 }), buckets, (pieces, count) => {
      const whole = thinToPart(concatenateSeries(pieces), { buckets: count });
      const opened = pieces.map((piece) => openSeries(packSeries(piece)));
      expect(thinPieces(opened, count)).toEqual(whole);
    }),
    { numRuns: 500 },
  );
});

test('a range has the points inside it, and their neighbours, as they were', () => {
  const range = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
  fc.assert(
    fc.property(series, range, ({ steps, values, timesMs }, [from = 0, to = 0]) => {
      const all = { steps, values, timesMs };
      // So many buckets that nothing is thinned.
      const part = thinToPart(all, { buckets: 1000, fromStep: from, toStep: to });
      const shown = [...part.indices];
      expect(part.pointCount).toBe(shown.length);
      const stepOf = (index: number) => {
        const step = steps[index] ?? Number.NaN;
        return Number.isNaN(step) ? index : step;
      };
      const inside = [...values.keys()].filter(
        (index) => stepOf(index) >= from && stepOf(index) <= to,
      );
      for (const index of inside) {
        expect(shown).toContain(index);
        if (index > 0) expect(shown).toContain(index - 1);
        if (index + 1 < values.length) expect(shown).toContain(index + 1);
      }
      expect([...part.values]).toEqual(shown.map((index) => values[index]));
      expect([...part.timesMs]).toEqual(shown.map((index) => timesMs[index]));
    }),
    { numRuns: 300 },
  );
});

test('what is thinned from afar is exact again when zoomed in', () => {
  const count = 100_000;
  const values = Float64Array.from({ length: count }, (_, index) => Math.sin(index) * index);
  const all = {
    steps: values.map((_, index) => index),
    values,
    timesMs: values.map((_, at) => at),
  };
  const far = thinToPart(all, { buckets: 100 });
  expect(far.pointCount).toBe(count);
  expect(far.indices.length).toBeLessThanOrEqual(400);
  const near = thinToPart(all, { buckets: 100, fromStep: 5000, toStep: 5200 });
  expect([...near.indices]).toEqual(Array.from({ length: 203 }, (_, index) => 4999 + index));
  expect([...near.values]).toEqual([...values.slice(4999, 5202)]);
  expect(thinToPart(all, { buckets: 100, fromMs: 5000, toMs: 5200 })).toEqual(near);
  expect(thinToPart(all, { buckets: 100, fromStep: 2e6 }).pointCount).toBe(0);
});
