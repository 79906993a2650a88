import type { RunQuery } from '../../../src/store/store';
import { metricKeys, paramChoices } from './syntheticRuns';

/** The first 100 runs with one value of a param, ordered by the last value of a metric. */
export interface TableQuery {
  readonly param: string;
  readonly value: string;
  readonly metric: string;
  readonly direction: 'asc' | 'desc';
}

export const tableRows = 100;

/** All there are, mixed, so that hardly a row is asked for twice in a row; none comes twice. */
export const tableQueries: readonly TableQuery[] = mixed(
  Object.entries(paramChoices).flatMap(([param, values]) =>
    values.flatMap((value) =>
      metricKeys.flatMap((metric) =>
        (['asc', 'desc'] as const).map((direction) => ({ param, value, metric, direction })),
      ),
    ),
  ),
);

export function toRunQuery({ param, value, metric, direction }: TableQuery): RunQuery {
  return {
    where: [{ param, op: '=', value }],
    orderBy: { metric, figure: 'last', direction },
    limit: tableRows,
  };
}

/** Walks through in steps that share no factor with the length, so that each is met once. */
function mixed<T>(values: readonly T[]): T[] {
  const stride = 97;
  return values.flatMap((_, index) => values[(index * stride) % values.length] ?? []);
}
