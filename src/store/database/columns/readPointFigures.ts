import type { SearchField } from '../../../core/search/searchNode';
import { valueAtStep } from '../../../core/search/valueAtStep';
import { meanOfLast } from '../../../core/series/meanOfLast';
import type { Series } from '../../../core/series/series';
import { readPoints } from '../seriesRows';
import type { SqlDatabase } from '../sqlDatabase';
import type { FieldColumn } from './fieldColumn';

/** A figure that is in no summary: points are read for it. */
export type PointField = Extract<SearchField, { readonly kind: 'metricAt' | 'metricMean' }>;

/** Adds the figure of the given runs to a column. */
export function readPointFigures(
  database: SqlDatabase,
  column: FieldColumn,
  field: PointField,
  rows: readonly number[],
): void {
  for (const row of rows) {
    const points = readPoints(database, row, field.key);
    const figure = points && figureOf(points, field);
    if (figure !== undefined) column.add(row, undefined, figure);
  }
}

function figureOf(points: Series, field: PointField): number | undefined {
  return field.kind === 'metricAt'
    ? valueAtStep(points, field.step)
    : meanOfLast(points.values, field.count);
}
