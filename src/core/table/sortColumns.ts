import type { MetricDirection } from '../run/metricDirection';
import { metricOf, type TableColumn } from './tableColumn';
import { type ColumnSort, maxSorts } from './tableState';

/**
 * The order after a click on a column: the one that shows the best, longest or newest first, then turned
 * round, then without it. With `isAdded` the other keys stay, before it.
 */
export function sortBy(
  sort: readonly ColumnSort[],
  column: TableColumn,
  isAdded: boolean,
  direction: MetricDirection | undefined,
): readonly ColumnSort[] {
  const usual = usualDirection(column, direction);
  const own = sort.find((each) => each.column === column.id);
  const others = isAdded ? sort : [];
  if (own === undefined || (!isAdded && sort.length > 1)) {
    return [...others.slice(0, maxSorts - 1), { column: column.id, direction: usual }];
  }
  const turned: readonly ColumnSort[] =
    own.direction === usual
      ? [{ column: column.id, direction: usual === 'asc' ? 'desc' : 'asc' }]
      : [];
  return isAdded ? sort.flatMap((each) => (each === own ? turned : [each])) : turned;
}

function usualDirection(
  column: TableColumn,
  direction: MetricDirection | undefined,
): ColumnSort['direction'] {
  if (metricOf(column) !== undefined) return direction === 'lower' ? 'asc' : 'desc';
  return largestFirst.has(column.id) ? 'desc' : 'asc';
}

const largestFirst: ReadonlySet<string> = new Set([
  ...['starred', 'start_time', 'end_time', 'duration', 'log_size'],
]);
