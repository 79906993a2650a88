import { UserError } from '../core/userError';
import type { Bindable } from './sqlDatabase';
import type { MetricOrder, ParamCondition, RunQuery } from './store';

export interface SqlQuery {
  readonly sql: string;
  readonly values: readonly Bindable[];
}

/**
 * The queries that together give the rows of the runs asked for, each in its order, without limit and
 * offset. What a user typed is bound, never spelled out.
 */
export function runQueries(query: RunQuery): readonly SqlQuery[] {
  const filter = filterSql(query);
  if (query.orderBy === undefined) {
    const sql = `SELECT run FROM runs WHERE ${filter.sql} ORDER BY started_at_ms DESC, id`;
    return [{ sql, values: filter.values }];
  }
  const { metric, figure, direction } = query.orderBy;
  const column = figureColumns[figure];
  return [
    // In this order of the tables a hundred of ten thousand are found without looking at them all.
    {
      sql: `SELECT runs.run FROM series CROSS JOIN runs ON runs.run = series.run
        WHERE series.key = ? AND ${column} IS NOT NULL AND ${filter.sql}
        ORDER BY ${column} ${direction === 'desc' ? 'DESC' : 'ASC'}, id`,
      values: [metric, ...filter.values],
    },
    {
      sql: `SELECT run FROM runs
        WHERE run NOT IN (SELECT run FROM series WHERE key = ? AND ${column} IS NOT NULL)
          AND ${filter.sql} ORDER BY id`,
      values: [metric, ...filter.values],
    },
  ];
}

/** Spelled out here, so that nothing that is not one of these gets into a query. */
const figureColumns: Readonly<Record<MetricOrder['figure'], string>> = {
  first: 'series.first',
  last: 'series.last',
  min: 'series.min',
  max: 'series.max',
  best: 'ifnull(series.best, series.last)',
};

function filterSql({
  experiment,
  script,
  notebook,
  where = [],
  includeDeleted,
}: RunQuery): SqlQuery {
  const conditions = ['started_stamp IS NOT NULL', 'purged_stamp IS NULL'];
  const values: Bindable[] = [];
  const add = (condition: string, ...bound: Bindable[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  if (includeDeleted !== true) add('deleted_at_ms IS NULL');
  if (experiment !== undefined) add('experiment = ?', experiment);
  if (script !== undefined) add("source_kind = 'terminal' AND source_path = ?", script);
  if (notebook !== undefined) add("source_kind = 'notebook' AND source_path = ?", notebook);
  for (const condition of where) add(paramSql(condition), condition.param, condition.value);
  return { sql: conditions.join(' AND '), values };
}

const operators: ReadonlySet<string> = new Set<ParamCondition['op']>([
  ...(['=', '!=', '<', '<=', '>', '>='] as const),
]);

function paramSql({ op, value }: ParamCondition): string {
  if (!operators.has(op)) throw new UserError(`${op} is not a comparison.`);
  const column = typeof value === 'number' ? 'number' : 'value';
  return `runs.run IN (SELECT run FROM params WHERE key = ? AND ${column} ${op} ?)`;
}
