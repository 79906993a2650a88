import type { DirectionOf } from '../../../core/run/directionTable';
import { paramNumber } from '../../../core/run/paramNumber';
import { contextTag } from '../../../core/search/fieldValues';
import type { SearchAttribute } from '../../../core/search/searchAttribute';
import type { FilePart, MetricFigure, SearchField } from '../../../core/search/searchNode';
import type { Bindable, SqlDatabase } from '../sqlDatabase';
import { toFigure, toText } from '../sqlValues';
import type { FieldColumn } from './fieldColumn';

/** A field whose values lie in the tables: not those read from points or put together from others. */
export type StoredField = Exclude<
  SearchField,
  { readonly kind: 'metricAt' | 'metricMean' | 'named' }
>;

interface ColumnQuery {
  readonly sql: string;
  readonly values: readonly Bindable[];
  /** Text can be a number too in a param and in a tag. */
  readonly type: 'text' | 'number' | 'textOrNumber';
}

/** Adds what the runs have of a field to a column. @param rows default: all runs. */
export function readFieldColumn(
  database: SqlDatabase,
  column: FieldColumn,
  field: StoredField,
  directionOf: DirectionOf,
  rows?: readonly number[],
): void {
  const query = columnQuery(field, directionOf, rows !== undefined);
  if (query === undefined) return;
  const { sql, values, type } = query;
  const bound = rows === undefined ? values : [...values, JSON.stringify(rows)];
  for (const [row, value] of database.rows(sql, ...bound)) {
    if (type === 'number') {
      column.add(Number(row), undefined, toFigure(value));
    } else {
      const text = toText(value);
      const number = type === 'textOrNumber' ? (paramNumber(text) ?? Number.NaN) : Number.NaN;
      column.add(Number(row), text, number);
    }
  }
}

function columnQuery(
  field: StoredField,
  directionOf: DirectionOf,
  isOfSome: boolean,
): ColumnQuery | undefined {
  const some = isOfSome ? 'AND run IN (SELECT value FROM json_each(?))' : '';
  switch (field.kind) {
    case 'attribute': {
      const attribute = attributes[field.name];
      if (attribute === undefined) return undefined;
      const { value, type } = attribute;
      const sql = `SELECT run, ${value} FROM runs WHERE ${value} IS NOT NULL ${some}`;
      return { sql, values: [], type };
    }
    case 'param':
      return {
        sql: `SELECT run, value FROM params WHERE key = ? ${some}`,
        values: [field.key],
        type: 'textOrNumber',
      };
    case 'tag':
      return tagQuery(field.key, some);
    case 'metric':
      return {
        sql: `SELECT run, ${figureColumn(field.key, field.figure, directionOf)} FROM series
          WHERE key = ? AND count > 0 ${some}`,
        values: [field.key],
        type: 'number',
      };
    case 'dataset':
    case 'artifact': {
      if (field.part === 'context') {
        return field.kind === 'dataset' ? tagQuery(contextTag, some) : undefined;
      }
      const value = fileColumns[field.part];
      return {
        sql: `SELECT run, ${value} FROM run_files WHERE role = ? AND ${value} IS NOT NULL ${some}
          ORDER BY run, path`,
        values: [field.kind === 'dataset' ? 'input' : 'output'],
        type: field.part === 'size' ? 'number' : 'text',
      };
    }
  }
}

function tagQuery(key: string, some: string): ColumnQuery {
  const sql = `SELECT run, value FROM run_tags WHERE key = ? AND value IS NOT NULL ${some}`;
  return { sql, values: [key], type: 'textOrNumber' };
}

function figureColumn(key: string, figure: MetricFigure, directionOf: DirectionOf): string {
  if (figure !== 'best') return figureColumns[figure];
  const direction = directionOf(key);
  return direction === undefined ? 'last' : direction === 'lower' ? 'min' : 'max';
}

/** Spelled out here, so that nothing that is not one of these gets into a query. */
const figureColumns: Readonly<Record<Exclude<MetricFigure, 'best'>, string>> = {
  first: 'first',
  last: 'last',
  min: 'min',
  max: 'max',
  count: 'count',
};

const fileColumns: Readonly<Record<Exclude<FilePart, 'context'>, string>> = {
  name: 'path',
  digest: 'hash',
  size: 'size_bytes',
};

const text = (value: string) => ({ value, type: 'text' as const });
const number = (value: string) => ({ value, type: 'number' as const });
const ofCommand = (value: string) => text(`iif(source_kind <> 'notebook', ${value}, NULL)`);

/** Without those that no run of ours has, `code`, which is not here, and `duration`, which is of two. */
const attributes: Readonly<
  Partial<Record<SearchAttribute, { readonly value: string; readonly type: 'text' | 'number' }>>
> = {
  run_id: text('id'),
  run_name: text('name'),
  status: text('status'),
  experiment: text('experiment'),
  script: ofCommand('source_path'),
  notebook: text("iif(source_kind = 'notebook', source_path, NULL)"),
  command: ofCommand("json_extract(source, '$.commandLine')"),
  source: text('source_kind'),
  note: text('note'),
  branch: text("json_extract(code_state, '$.branch')"),
  commit: text("json_extract(code_state, '$.commit')"),
  host: text("json_extract(environment, '$.hostName')"),
  parent: text('parent_id'),
  start_time: number('started_at_ms'),
  end_time: number('ended_at_ms'),
  exit_code: number('exit_code'),
  log_size: number('iif(log_dropped = 1, 0, log_bytes)'),
};
