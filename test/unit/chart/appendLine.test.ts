import { array, assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendLine } from '../../../src/core/chart/appendLine';
import { extendPart } from '../../../src/core/chart/extendPart';
import type { SeriesPart } from '../../../src/core/series/seriesBatch';
import { thinToPart } from '../../../src/core/series/seriesBatch';

/** The points of a series at these places in it. */
function lineAt(indices: readonly number[], pointCount = (indices.at(-1) ?? -1) + 1): SeriesPart {
  const column = (of: (index: number) => number) => Float64Array.from(indices, of);
  return {
    steps: column((index) => index + 1),
    values: column((index) => (index % 7) / 3),
    timesMs: column((index) => 1000 * index),
    indices: Uint32Array.from(indices),
    pointCount,
  };
}

const upTo = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

describe('A line with what came after it', () => {
  test('has what is new once, from wherever that begins', () => {
    const line = lineAt([0, 4, 9], 10);
    const grown = lineAt([0, 4, 9, 10, 11], 12);
    expect(appendLine(line, lineAt([8, 9, 10, 11]))).toEqual(grown);
    expect(appendLine(line, lineAt([9, 10, 11]))).toEqual(grown);
    expect(appendLine(line, lineAt([10, 11]))).toEqual(grown);
  });

  test('is as it was where nothing is new', () => {
    expect(appendLine(lineAt([0, 1, 2]), lineAt([2]))).toEqual(lineAt([0, 1, 2]));
  });

  test('has no gap where points are missing between', () => {
    expect(appendLine(lineAt([0, 1, 2]), lineAt([4, 5]))).toBeUndefined();
  });

  test('is read anew where there are fewer points than before, or none', () => {
    expect(appendLine(lineAt([0, 1, 2]), lineAt([0, 1]))).toBeUndefined();
    expect(appendLine(lineAt([0, 1, 2]), lineAt([]))).toBeUndefined();
  });

  test('begins with its first point, and with no other', () => {
    expect(appendLine(lineAt([]), lineAt([0, 1]))).toEqual(lineAt([0, 1]));
    expect(appendLine(lineAt([]), lineAt([]))).toEqual(lineAt([]));
    expect(appendLine(lineAt([]), lineAt([3, 4]))).toBeUndefined();
  });

  test('is the whole line, however it is cut', () => {
    assert(
      property(array(integer({ min: 0, max: 20 }), { minLength: 1 }), (lengths) => {
        let line = lineAt([]);
        let count = 0;
        for (const length of lengths) {
          const fresh = lineAt(upTo(Math.max(0, count - 1), count + length));
          line = appendLine(line, fresh) ?? lineAt([999]);
          count += length;
        }
        expect(line).toEqual(lineAt(upTo(0, count)));
      }),
    );
  });
});

describe('A fine part of a line that runs on', () => {
  const whole = (count: number) => lineAt(upTo(0, count));
  const thinned = (count: number) => thinToPart(whole(count), { buckets: 10 });
  const before = thinned(1000);
  const grow = (by: number) => {
    const after = appendLine(before, lineAt(upTo(999, 1000 + by)));
    if (after === undefined) throw new Error('not grown');
    return after;
  };

  test('gets what comes at its end', () => {
    const part = lineAt(upTo(900, 1000), 100);
    expect(extendPart(part, before, grow(5))).toEqual(lineAt(upTo(900, 1005), 105));
  });

  test('gets only what it has not, where it was read after the line', () => {
    const part = lineAt(upTo(900, 1003), 103);
    expect(extendPart(part, before, grow(5))).toEqual(lineAt(upTo(900, 1005), 105));
  });

  test('stays as it is where the line goes on behind it', () => {
    const part = lineAt(upTo(200, 300), 100);
    expect(extendPart(part, before, grow(5))).toBe(part);
    expect(extendPart(part, before, before)).toBe(part);
  });

  test('is read again where the line was, where points are missing, and where it had none', () => {
    const part = lineAt(upTo(900, 1000), 100);
    expect(extendPart(part, before, thinned(1500))).toBeUndefined();
    expect(extendPart(part, before, { ...grow(5), pointCount: 1100 })).toBeUndefined();
    expect(extendPart(lineAt([], 0), before, grow(5))).toBeUndefined();
    expect(extendPart(part, before, thinned(500))).toBeUndefined();
  });
});
