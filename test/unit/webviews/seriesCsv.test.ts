import { expect, it } from 'vitest';
import type { RunId } from '../../../src/core/run/run';
import { joinSeriesBatch, splitSeriesBatch } from '../../../src/core/series/seriesBatch';
import { rowsAtOnce, seriesCsv, seriesRows } from '../../../webviews/charts/export/seriesCsv';

const run = { runId: 'r' as RunId, name: '=1+1' };

it('holds every point as it is, and keeps texts from being formulas', () => {
  const series = {
    steps: Float64Array.of(0, Number.NaN, 2),
    timesMs: Float64Array.of(0, 1, 1_700_000_000_000.5),
    values: Float64Array.of(0.1 + 0.2, Number.NaN, Number.NEGATIVE_INFINITY),
  };
  expect([...seriesRows(run, '-loss', series)].join('')).toBe(
    [
      `r,'=1+1,'-loss,0,1970-01-01T00:00:00.000Z,0.30000000000000004`,
      `r,'=1+1,'-loss,,1970-01-01T00:00:00.001Z,NaN`,
      `r,'=1+1,'-loss,2,2023-11-14T22:13:20.000Z,-Infinity\n`,
    ].join('\n'),
  );
});

it('comes in pieces that take no time, and others have their turn while it is made', async () => {
  const count = 3 * rowsAtOnce + 1;
  const column = () => Float64Array.from({ length: count }, (_, at) => at);
  const pieces = [
    ...seriesRows(run, 'loss', { steps: column(), timesMs: column(), values: column() }),
  ];
  expect(pieces.map((piece) => piece.split('\n').length - 1)).toEqual([
    ...[rowsAtOnce, rowsAtOnce, rowsAtOnce, 1],
  ]);
  // A timer is set before: it fires before so many rows are made.
  const runs = Array.from({ length: 60 }, (_, at) => ({
    ...{ runId: `r${at}` as RunId, name: `run ${at}`, status: 'finished' as const },
    ...{ experiment: 'e', startedAtMs: 0, pointCount: count },
  }));
  let turns = 0;
  let isDone = false;
  const turn = () => {
    turns += 1;
    if (!isDone) setTimeout(turn);
  };
  setTimeout(turn);
  const parts = await seriesCsv(['loss'], runs, async ({ wanted }) => {
    const one = { steps: column(), timesMs: column(), values: column() };
    const indices = new Uint32Array(count);
    const all = wanted[0]?.runIds.map(() => ({ ...one, indices, pointCount: count })) ?? [];
    return splitSeriesBatch(joinSeriesBatch(all));
  });
  isDone = true;
  expect(parts.join('').split('\n')).toHaveLength(60 * count + 2);
  expect(turns).toBeGreaterThan(3);
});
