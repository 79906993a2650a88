import { describe, expect, test } from 'vitest';
import type { FirstLines } from '../../../src/core/chart/firstLines';
import type { LinesRequest } from '../../../src/core/chart/linesRequest';
import type { RunId } from '../../../src/core/run/run';
import { packLines } from '../../../src/core/series/packedLines';
import type { SeriesPart } from '../../../src/core/series/seriesBatch';
import { createLineReader } from '../../../webviews/charts/lineReader';

const [a, b] = ['a', 'b'] as RunId[] as [RunId, RunId];

function lineOf(value: number): SeriesPart {
  const column = Float64Array.of(value);
  return {
    steps: column,
    values: column,
    timesMs: column,
    indices: Uint32Array.of(0),
    pointCount: 1,
  };
}

function setUp(first?: Promise<FirstLines | undefined>) {
  const asked: LinesRequest[] = [];
  const read = createLineReader(async (request) => {
    asked.push(request);
    return packLines(
      request.wanted.flatMap(({ runIds }) => runIds.map((runId) => lineOf(runId === a ? 1 : 2))),
    );
  }, first);
  const values = async (request: LinesRequest) =>
    (await read(request)).map((line) => line.values[0]);
  return { asked, values };
}

/** Lines 10 and 20 of the runs a and b. */
const ahead: FirstLines = {
  request: { wanted: [{ key: 'loss', runIds: [a, b] }], buckets: 200 },
  lines: packLines([lineOf(10), lineOf(20)]),
};

describe('A reader of lines', () => {
  test('asks once for what is wanted in one moment', async () => {
    const { asked, values } = setUp();
    const both = await Promise.all([
      values({ wanted: [{ key: 'loss', runIds: [a] }], buckets: 100 }),
      values({ wanted: [{ key: 'accuracy', runIds: [b] }], buckets: 100 }),
    ]);
    expect(both).toEqual([[1], [2]]);
    expect(asked).toHaveLength(1);
  });

  test('gives what was asked for ahead, in the order in which it is wanted, and only once', async () => {
    const { asked, values } = setUp(Promise.resolve(ahead));
    const request = { wanted: [{ key: 'loss', runIds: [b, a] }], buckets: 200 };
    expect(await values(request)).toEqual([20, 10]);
    expect(asked).toEqual([]);
    expect(await values(request)).toEqual([2, 1]);
  });

  test.each([
    ['is finer', { wanted: [{ key: 'loss', runIds: [a] }], buckets: 300 }],
    ['is of another metric', { wanted: [{ key: 'accuracy', runIds: [a] }], buckets: 200 }],
    ['is of all points', { wanted: [{ key: 'loss', runIds: [a] }], buckets: 0 }],
    [
      'is of a part',
      {
        wanted: [{ key: 'loss', runIds: [a] }],
        buckets: 200,
        within: { by: 'step', from: [1], to: [2] },
      },
    ],
  ] as const)('asks itself if what is wanted %s', async (_how, request) => {
    const { asked, values } = setUp(Promise.resolve(ahead));
    expect(await values(request)).toEqual([1]);
    expect(asked).toHaveLength(1);
  });

  test('asks itself if nothing came, or that failed', async () => {
    const request = { wanted: [{ key: 'loss', runIds: [a] }], buckets: 200 };
    expect(await setUp(Promise.resolve(undefined)).values(request)).toEqual([1]);
    expect(await setUp(Promise.reject(new Error('gone'))).values(request)).toEqual([1]);
  });
});
