import { UserError } from '../core/userError';
import type { Bindable } from './sqlDatabase';
import type { MetricOrder, ParamCondition, RunQuery } from './store';

export interface SqlQuery {
  readonly sql: string;
  readonly values: readonly Bindable[];
}

/** The query that gives the rows of the runs asked for. What a user typed is bound, never spelled out. */
export function runQuerySql(query: RunQuery): SqlQuery {
  const conditions = ['started_stamp IS NOT NULL', 'purged_stamp IS NULL'];
  const values: Bindable[] = [];
  const add = (condition: string, ...bound: Bindable[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  const { experiment, script, notebook, where = [], orderBy } = query;
  if (query.includeDeleted !== true) add('deleted_at_ms IS NULL');
  if (experiment !== undefined) add('experiment = ?', experiment);
  if (script !== undefined) add("source_kind = 'terminal' AND source_path = ?", script);
  if (notebook !== undefined) add("source_kind = 'notebook' AND source_path = ?", notebook);
  for (const condition of where) add(...paramSql(condition));
  const order = orderBy === undefined ? newestFirst : metricSql(orderBy);
  return {
    // The join's value comes first, as it does in the text.
    sql: `SELECT runs.run FROM runs ${order.join} WHERE ${conditions.join(' AND ')}
      ORDER BY ${order.by} LIMIT ? OFFSET ?`,
    values: [...order.values, ...values, query.limit ?? -1, query.offset ?? 0],
  };
}

const newestFirst = { join: '', by: 'started_at_ms DESC, id', values: [] };

/** Column by column, so that nothing that is not one of these gets into a query. */
const figureColumns: Readonly<Record<MetricOrder['figure'], string>> = {
  first: 'series.first',
  last: 'series.last',
  min: 'series.min',
  max: 'series.max',
  // Without a direction the last value stands for the best, as in the summaries.
  best: 'ifnull(series.best, series.last)',
};

function metricSql({ metric, figure, direction }: MetricOrder) {
  return {
    join: 'LEFT JOIN series ON series.run = runs.run AND series.key = ?',
    by: `${figureColumns[figure]} ${direction === 'desc' ? 'DESC' : 'ASC'} NULLS LAST, id`,
    values: [metric],
  };
}

const operators: ReadonlySet<string> = new Set<ParamCondition['op']>([
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
]);

/** As JSON5 writes numbers, which takes in what argparse, YAML and Python print: `.5`, `1e-3`, `+2`. */
const isNumber = "json_valid(value, 2) AND json_type(value) IN ('integer', 'real')";

function paramSql({ param, op, value }: ParamCondition): [string, ...Bindable[]] {
  if (!operators.has(op)) throw new UserError(`${op} is not a comparison.`);
  const comparison =
    typeof value === 'number'
      ? `iif(${isNumber}, CAST(value AS NUMERIC) ${op} ?, 0)`
      : `value ${op} ?`;
  return [
    `runs.run IN (SELECT run FROM params WHERE key = ? AND ${comparison})`,
    ...[param, value],
  ];
}
