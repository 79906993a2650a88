import type { DirectionOf } from '../../core/run/directionTable';
import { asksForDeleted } from '../../core/search/searchNode';
import { UserError } from '../../core/userError';
import type { MetricOrder, ParamCondition, RunQuery } from '../store';
import type { Bindable } from './sqlDatabase';

export interface SqlQuery {
  readonly sql: string;
  readonly values: readonly Bindable[];
}

/**
 * How few runs a condition leaves. SQLite keeps no statistics here, so which table a query begins with
 * is said by us: with the runs that are left where they are `few`, else with the order asked for, of
 * which a page is soon full.
 */
export type Selectivity = 'few' | 'many';

/** Counts the runs that a condition leaves, up to `limit`. */
export function countQuery(condition: ParamCondition, limit: number): SqlQuery {
  const { sql, values } = paramSql(condition, '');
  return {
    sql: `SELECT count(*) FROM (SELECT run FROM params WHERE ${sql} LIMIT ?)`,
    values: [...values, limit],
  };
}

/** A query with the rows that its search finds, if it has one. */
export interface PreparedQuery extends RunQuery {
  readonly found?: readonly number[] | undefined;
}

/**
 * The queries that together give the rows of the runs asked for, each in its order, without limit and
 * offset. What a user typed is bound, never spelled out.
 */
export function runQueries(
  query: PreparedQuery,
  selectivity: Selectivity,
  directionOf: DirectionOf,
): readonly SqlQuery[] {
  const newestFirst = newestFirstQuery(query, selectivity);
  if (query.orderBy === undefined) return [newestFirst];
  const { metric } = query.orderBy;
  const column = columnOf(query.orderBy, directionOf);
  const hasNone = `NOT EXISTS (SELECT 1 FROM series
    WHERE series.run = runs.run AND series.key = ? AND ${column} IS NOT NULL)`;
  return [
    orderedQuery(query, query.orderBy, column, selectivity),
    newestFirstQuery(query, selectivity, { sql: hasNone, values: [metric] }),
  ];
}

function newestFirstQuery(
  query: PreparedQuery,
  selectivity: Selectivity,
  also: SqlQuery = { sql: 'TRUE', values: [] },
): SqlQuery {
  const filter = filterSql(query, 'runs.run', selectivity);
  // The sign keeps SQLite from going through all runs by their start.
  const start = selectivity === 'few' ? '+started_at_ms' : 'started_at_ms';
  return {
    sql: `SELECT run FROM runs WHERE ${also.sql} AND ${filter.sql} ORDER BY ${start} DESC, id`,
    values: [...also.values, ...filter.values],
  };
}

/** The runs that have the figure. `CROSS JOIN` is SQLite's word for "in this order of the tables". */
function orderedQuery(
  query: PreparedQuery,
  { metric, direction }: MetricOrder,
  column: string,
  selectivity: Selectivity,
): SqlQuery {
  const way = direction === 'desc' ? 'DESC' : 'ASC';
  // Ties as they lie in the index: many runs end with the same learning rate.
  const by = `ORDER BY ${column} ${way}, series.run ${way}`;
  if (selectivity === 'few') {
    const filter = filterSql(query, 'runs.run', selectivity);
    return {
      sql: `SELECT runs.run FROM runs CROSS JOIN series ON series.run = runs.run AND series.key = ?
        WHERE ${column} IS NOT NULL AND ${filter.sql} ${by}`,
      values: [metric, ...filter.values],
    };
  }
  const filter = filterSql(query, 'series.run', selectivity);
  return {
    sql: `SELECT runs.run FROM series CROSS JOIN runs ON runs.run = series.run
      WHERE series.key = ? AND ${column} IS NOT NULL AND ${filter.sql} ${by}`,
    values: [metric, ...filter.values],
  };
}

/** Spelled out here, so that nothing that is not one of these gets into a query. */
const figureColumns: Readonly<Record<Exclude<MetricOrder['figure'], 'best'>, string>> = {
  first: 'series.first',
  last: 'series.last',
  min: 'series.min',
  max: 'series.max',
};

function columnOf({ metric, figure }: MetricOrder, directionOf: DirectionOf): string {
  if (figure !== 'best') return figureColumns[figure];
  const direction = directionOf(metric);
  if (direction === undefined) return figureColumns.last;
  return direction === 'lower' ? figureColumns.min : figureColumns.max;
}

function filterSql(query: PreparedQuery, runColumn: string, selectivity: Selectivity): SqlQuery {
  const { experiment, script, notebook, parentId, where = [], search, found } = query;
  const includeDeleted = query.includeDeleted ?? (search !== undefined && asksForDeleted(search));
  const conditions = ['started_stamp IS NOT NULL', 'purged_stamp IS NULL'];
  const values: Bindable[] = [];
  const add = (condition: string, ...bound: readonly Bindable[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  if (!includeDeleted) add('deleted_at_ms IS NULL');
  if (experiment !== undefined) add('experiment = ?', experiment);
  if (script !== undefined) add("source_kind <> 'notebook' AND source_path = ?", script);
  if (notebook !== undefined) add("source_kind = 'notebook' AND source_path = ?", notebook);
  if (typeof parentId === 'string') add('parent_id = ?', parentId);
  else if (parentId !== undefined) {
    add('parent_id IN (SELECT value FROM json_each(?))', JSON.stringify(parentId));
  }
  for (const condition of where) {
    const isFew = selectivity === 'few';
    // The sign lets SQLite look at the one param of the run, not at all params of that value.
    const { sql, values: bound } = paramSql(condition, isFew ? '' : '+');
    add(
      isFew
        ? `${runColumn} IN (SELECT run FROM params WHERE ${sql})`
        : `EXISTS (SELECT 1 FROM params WHERE params.run = ${runColumn} AND ${sql})`,
      ...bound,
    );
  }
  if (found !== undefined) {
    add(`${runColumn} IN (SELECT value FROM json_each(?))`, JSON.stringify(found));
  }
  return { sql: conditions.join(' AND '), values };
}

const operators: ReadonlySet<string> = new Set<ParamCondition['op']>([
  ...(['=', '!=', '<', '<=', '>', '>='] as const),
]);

function paramSql({ param, op, value }: ParamCondition, sign: '' | '+'): SqlQuery {
  if (!operators.has(op)) throw new UserError(`${op} is not a comparison.`);
  const column = typeof value === 'number' ? 'number' : 'value';
  return { sql: `params.key = ? AND ${sign}params.${column} ${op} ?`, values: [param, value] };
}
