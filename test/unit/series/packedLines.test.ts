import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packLines, unpackLines } from '../../../src/core/series/packedLines';
import type { SeriesPart } from '../../../src/core/series/seriesBatch';

const startMs = Date.UTC(2024, 0, 1);

/** Points that were thinned: one of three is left. */
function lineOf(
  count: number,
  stepAt: (index: number) => number,
  timeAt: (index: number) => number,
): SeriesPart {
  const indices = Uint32Array.from({ length: count }, (_, place) => 3 * place);
  return {
    indices,
    steps: Float64Array.from(indices, stepAt),
    values: Float64Array.from(indices, (index) => 1 / (index + 1)),
    timesMs: Float64Array.from(indices, timeAt),
    pointCount: 3 * count,
  };
}

function sizeBytes(value: object): number {
  return Object.values(value).reduce(
    (sum, field) => sum + (ArrayBuffer.isView(field) ? field.byteLength : sizeBytes(field)),
    0,
  );
}

const figure = fc.oneof(
  fc.double(),
  fc.integer({ min: -5, max: 5 }),
  fc.integer({ min: 0, max: 2 ** 31 }).map((ms) => startMs + ms),
  fc.constantFrom(Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** 53),
);

/** A column that is likely to be on a straight line, to be whole, or to be neither. */
const column = (count: number) =>
  fc.oneof(
    fc.array(figure, { minLength: count, maxLength: count }),
    fc
      .tuple(figure, figure)
      .map(([first, delta]) => Array.from({ length: count }, (_, at) => first + at * delta)),
    fc.array(fc.integer({ min: 0, max: 2 ** 32 }), { minLength: count, maxLength: count }),
  );

const anyLine = fc.integer({ min: 0, max: 12 }).chain((count) =>
  fc
    .record({
      steps: column(count),
      timesMs: column(count),
      values: fc.array(figure, { minLength: count, maxLength: count }),
      indices: fc.uniqueArray(fc.integer({ min: 0, max: 300_000 }), {
        minLength: count,
        maxLength: count,
      }),
      pointCount: fc.nat(),
    })
    .map(
      ({ steps, timesMs, values, indices, pointCount }): SeriesPart => ({
        steps: Float64Array.from(steps),
        timesMs: Float64Array.from(timesMs),
        values: Float64Array.from(values),
        indices: Uint32Array.from(indices.toSorted((a, b) => a - b)),
        pointCount,
      }),
    ),
);

describe('Packed lines', () => {
  test('are what they were, to the last bit', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 5 }), (lines) => {
        expect(unpackLines(packLines(lines))).toEqual(lines);
      }),
      { numRuns: 500 },
    );
  });

  test('of steps and times that count up evenly take little more than their values', () => {
    const lines = Array.from({ length: 10 }, () =>
      lineOf(
        1000,
        (index) => 10 * index,
        (index) => startMs + 250 * index,
      ),
    );
    expect(sizeBytes(packLines(lines))).toBeLessThan(10 * 1000 * 10.2);
  });

  test('of moments that clocks gave in milliseconds take half of a float for each', () => {
    const uneven = (index: number) => startMs + 250 * index + ((index * 7919) % 13);
    const packed = packLines([lineOf(1000, (index) => index, uneven)]);
    expect(packed.timesMs.figures).toHaveLength(0);
    expect(sizeBytes(packed)).toBeLessThan(1000 * 14.2);
  });

  test('keep moments of fractions and of steps that are missing as they are', () => {
    const line = lineOf(
      3,
      (index) => (index === 3 ? Number.NaN : index),
      (index) => startMs + index / 7,
    );
    expect(unpackLines(packLines([line]))).toEqual([line]);
  });

  test('hold positions that lie far apart', () => {
    const line = { ...lineOf(2, Number, Number), indices: Uint32Array.of(70_000, 4_000_000_000) };
    expect(unpackLines(packLines([line]))[0]?.indices).toEqual(line.indices);
  });
});
