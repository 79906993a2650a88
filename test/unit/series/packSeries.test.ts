import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packSeries, unpackSeries } from '../../../src/core/series/packSeries';
import type { Series } from '../../../src/core/series/series';

function series(values: readonly number[], steps?: readonly number[], times?: readonly number[]) {
  return {
    steps: Float64Array.from(steps ?? values.map((_, index) => index)),
    values: Float64Array.from(values),
    timesMs: Float64Array.from(times ?? values.map((_, index) => 1_700_000_000_000 + index * 1000)),
  };
}

/** To the bit, so that minus zero is not zero. */
function bits({ steps, values, timesMs }: Series) {
  return [steps, values, timesMs].map((column) => [...new BigUint64Array(column.slice().buffer)]);
}

function expectExact(points: Series): number {
  const packed = packSeries(points);
  // At any place in a larger buffer, as a row of a database may lie.
  const shifted = new Uint8Array(packed.length + 5);
  shifted.set(packed, 3);
  expect(bits(unpackSeries(shifted.subarray(3, 3 + packed.length)))).toEqual(bits(points));
  return packed.length;
}

/** As a float32 is printed: the shortest decimal that reads back as the same float32. */
function printed32(value: number): number {
  for (let digits = 6; digits <= 9; digits++) {
    const text = Math.fround(value).toPrecision(digits);
    if (Math.fround(Number(text)) === Math.fround(value)) return Number(text);
  }
  return value;
}

const odd = [
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 1, -1, 0.1, 0.1 + 0.2],
  ...[5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 2 ** 53, 2 ** 53 - 1, -(2 ** 53)],
  ...[2 ** 31, 2 ** 32, 2 ** 24, 2 ** 24 - 1, 1e22, 1e-22, 1e23, 123456789.12345679, 1 / 3],
];

test('every float64 comes back to the bit', () => {
  expectExact(series([]));
  for (const value of odd) expectExact(series([value]));
  expectExact(series(odd, odd, odd));
  for (const value of odd) {
    // Among figures that are well packed otherwise.
    const values = Array.from({ length: 100 }, (_, index) => index / 10);
    values[37] = value;
    expectExact(series(values, values, values));
    expectExact(series([value, ...values]));
    expectExact(series([...values, value]));
  }
});

test('any columns come back to the bit', () => {
  const figure = fc.oneof(
    fc.double(),
    fc.constantFrom(...odd),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.float().map(printed32),
    fc
      .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 22 }))
      .map(([mantissa, exponent]) => mantissa / Number(`1e${exponent}`)),
  );
  const column = fc.oneof(
    fc.array(figure, { maxLength: 200 }),
    fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 }).map((deltas) => {
      let time = 1_700_000_000_000;
      return deltas.map((delta) => {
        time += delta;
        return time;
      });
    }),
  );
  fc.assert(
    fc.property(column, column, column, (steps, values, times) => {
      const count = Math.min(steps.length, values.length, times.length);
      expectExact(series(values.slice(0, count), steps.slice(0, count), times.slice(0, count)));
    }),
    { numRuns: 500 },
  );
});

test('widths across the planes of 24 bits come back', () => {
  for (let width = 0; width <= 53; width++) {
    const top = 2 ** width - 1;
    const values = Array.from({ length: 33 }, (_, index) => Math.floor((top * index) / 32));
    expectExact(series([0, top, ...values, 1, top]));
    expectExact(series([-top, ...values]));
  }
});

test('points as logs print them take few bytes', () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const count = 100;
  const losses = Array.from({ length: count }, (_, index) =>
    printed32(2.5 * Math.exp(-index / 15) + 0.01 * random()),
  );
  let time = 1_700_000_000_000;
  const times = losses.map(() => {
    time += 950 + Math.floor(100 * random());
    return time;
  });
  expect(expectExact(series(losses, undefined, times))).toBeLessThan(6.5 * count);
  const rounded = losses.map((loss) => Number(loss.toFixed(4)));
  expect(expectExact(series(rounded, undefined, times))).toBeLessThan(4 * count);
  // Steps that count, and a learning rate that stays, cost next to nothing.
  expect(expectExact(series(new Array(4096).fill(3e-4)))).toBeLessThan(60);
  // Nothing ever takes much more than it would as it is.
  const noise = Array.from({ length: count }, () => random() * 10 ** (40 * random()));
  expect(expectExact(series(noise, noise, noise))).toBeLessThan(24 * count + 10);
});
