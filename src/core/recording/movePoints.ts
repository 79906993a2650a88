import type { Change, PointsAppended } from '../change/change';
import type { RunId } from '../run/run';
import type { Series } from '../series/series';
import type { PointsMoved } from './sectionRuns';

/**
 * What moves points from one run to another.
 *
 * @param stored the series of `move.from` as they are, in the order of `move.series`.
 */
export function movePoints(move: PointsMoved, stored: readonly Series[]): readonly Change[] {
  const { from, to, edition } = move;
  const changes: Change[] = [];
  const keys: string[] = [];
  const points: PointsAppended[] = [];
  move.series.forEach(({ key, count, after }, place) => {
    const series = stored[place];
    if (series === undefined) return;
    const total = series.values.length;
    const end = Math.max(0, total - after);
    const start = Math.max(0, end - count);
    keys.push(key);
    points.push(
      ...columns(series, 0, start).map((part) => append(from, key, part, edition)),
      ...columns(series, end, total).map((part) => append(from, key, part, edition)),
      ...columns(series, start, end).map((part) => append(to, key, part)),
    );
  });
  if (keys.length > 0) changes.push({ kind: 'seriesReplaced', runId: from, keys, edition });
  return [...changes, ...points];
}

/** The points from `start` up to `end`, or nothing if there are none. */
function columns(series: Series, start: number, end: number): readonly Series[] {
  if (end <= start) return [];
  const { steps, values, timesMs } = series;
  return [
    {
      steps: steps.slice(start, end),
      values: values.slice(start, end),
      timesMs: timesMs.slice(start, end),
    },
  ];
}

function append(
  runId: RunId,
  key: string,
  { steps, values, timesMs }: Series,
  edition?: string,
): PointsAppended {
  return {
    ...{ kind: 'pointsAppended', runId, key, steps, values, timesMs },
    ...(edition === undefined ? {} : { edition }),
  };
}
