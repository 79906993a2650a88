import type { SearchField } from '../../../core/search/searchNode';
import { valueAtStep } from '../../../core/search/valueAtStep';
import { meanOfLast } from '../../../core/series/meanOfLast';
import { unpackSteps } from '../../../core/series/packSeries';
import type { Stamp } from '../../journal/hybridClock';
import { orderChunks } from '../chunkRows';
import type { SqlDatabase } from '../sqlDatabase';
import { toBytes, toText } from '../sqlValues';
import type { FieldColumn } from './fieldColumn';

/** A figure that is in no summary: points are read for it. */
export type PointField = Extract<SearchField, { readonly kind: 'metricAt' | 'metricMean' }>;

type Points = ReturnType<typeof unpackSteps>;

/** Adds the figure of the given runs to a column. */
export function readPointFigures(
  database: SqlDatabase,
  column: FieldColumn,
  field: PointField,
  rows: readonly number[],
): void {
  const found = database.rows(
    `SELECT series.run, chunks.stamp, chunks.points FROM json_each(?) AS wanted
     CROSS JOIN series ON series.run = wanted.value AND series.key = ?
     CROSS JOIN chunks ON chunks.series = series.series`,
    ...[JSON.stringify(rows), field.key],
  );
  let current = 0;
  let chunks: { readonly stamp: Stamp; readonly points: Points }[] = [];
  const finish = () => {
    const [first] = chunks;
    if (first === undefined) return;
    const points = chunks.length === 1 ? first.points : join(orderChunks(chunks));
    const figure = figureOf(points, field);
    if (figure !== undefined) column.add(current, undefined, figure);
    chunks = [];
  };
  // Those of one run come together.
  for (const [run, stamp, points] of found) {
    if (Number(run) !== current) finish();
    current = Number(run);
    // SAFETY: the column holds nothing else.
    chunks.push({ stamp: toText(stamp) as Stamp, points: unpackSteps(toBytes(points)) });
  }
  finish();
}

function join(chunks: readonly { readonly points: Points }[]): Points {
  const column = (name: keyof Points) =>
    Float64Array.from(chunks.flatMap(({ points }) => [...points[name]]));
  return { steps: column('steps'), values: column('values') };
}

function figureOf(points: Points, field: PointField): number | undefined {
  return field.kind === 'metricAt'
    ? valueAtStep(points, field.step)
    : meanOfLast(points.values, field.count);
}
