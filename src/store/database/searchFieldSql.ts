import { contextTag, type FieldValue } from '../../core/search/fieldValues';
import type { SearchAttribute } from '../../core/search/searchAttribute';
import type { FilePart, MetricFigure, SearchField } from '../../core/search/searchNode';
import type { SqlQuery } from './runQuerySql';
import type { SearchContext } from './searchSql';
import type { Bindable } from './sqlDatabase';

/** A value in SQL, where it is there: its text, its number, or both. */
export interface ValueSql {
  readonly text?: string;
  /** NULL where it is no number. */
  readonly number?: string;
  /** NULL in `number` is NaN. */
  readonly isNanNull?: boolean;
}

type ConditionOf = (value: ValueSql) => SqlQuery;

/**
 * Whether a run has a value of the field of which the condition is true.
 *
 * @param test the same condition of a value that is not in the database; undefined: it is true of any.
 */
export function fieldSql(
  field: SearchField,
  context: SearchContext,
  conditionOf: ConditionOf,
  test: ((value: FieldValue) => boolean) | undefined,
): SqlQuery {
  switch (field.kind) {
    case 'attribute':
      return field.name === 'code'
        ? codeSql(context, test)
        : presentSql(attributeSql(field.name), conditionOf);
    case 'param':
      return paramSql(field.key, conditionOf);
    case 'tag':
      return tagSql(field.key, conditionOf);
    case 'metric':
      return metricSql(field.key, field.figure, context, conditionOf);
    case 'metricAt': {
      const number = context.functions.addTest(test ?? (() => true));
      const holds = { sql: 'search_at(?, s.series, ?)', values: [number, field.step] };
      return existsSql('series s', 's.key = ? AND s.count > 0', [field.key], holds);
    }
    case 'named': {
      const [param, metric] = [
        paramSql(field.key, any),
        metricSql(field.key, 'last', context, any),
      ];
      const cases = [
        paramSql(field.key, conditionOf),
        metricSql(field.key, 'last', context, conditionOf),
        tagSql(field.key, conditionOf),
      ] as const;
      return {
        sql: `CASE WHEN ${param.sql} THEN ${cases[0].sql} WHEN ${metric.sql} THEN ${cases[1].sql} ELSE ${cases[2].sql} END`,
        values: [
          ...[...param.values, ...cases[0].values],
          ...[...metric.values, ...cases[1].values],
          ...cases[2].values,
        ],
      };
    }
    case 'dataset':
      return field.part === 'context'
        ? tagSql(contextTag, conditionOf)
        : fileSql('input', field.part, conditionOf);
    case 'artifact':
      return fileSql('output', field.part, conditionOf);
  }
}

const any: ConditionOf = () => ({ sql: 'TRUE', values: [] });

// The signs keep SQLite from looking at all params of a value rather than at the one of the run.
function paramSql(key: string, conditionOf: ConditionOf): SqlQuery {
  const value = { text: '+p.value', number: '+p.number' };
  return existsSql('params p', 'p.key = ?', [key], conditionOf(value));
}

function tagSql(key: string, conditionOf: ConditionOf): SqlQuery {
  const value = { text: 't.value', number: 'search_number(t.value)' };
  return existsSql('run_tags t', 't.key = ? AND t.value IS NOT NULL', [key], conditionOf(value));
}

function metricSql(
  key: string,
  figure: MetricFigure,
  { directionOf }: SearchContext,
  conditionOf: ConditionOf,
): SqlQuery {
  let column: Exclude<MetricFigure, 'best'>;
  if (figure === 'best') {
    const direction = directionOf(key);
    column = direction === undefined ? 'last' : direction === 'lower' ? 'min' : 'max';
  } else {
    column = figure;
  }
  const value = { number: `+s.${column}`, isNanNull: true };
  return existsSql('series s', 's.key = ? AND s.count > 0', [key], conditionOf(value));
}

const fileColumns: Readonly<Record<FilePart, ValueSql>> = {
  name: { text: 'f.path' },
  digest: { text: 'f.hash' },
  size: { number: 'f.size_bytes' },
  context: { text: 'NULL' },
};

function fileSql(role: 'input' | 'output', part: FilePart, conditionOf: ConditionOf): SqlQuery {
  const value = fileColumns[part];
  const where = `f.role = ? AND ${value.text ?? value.number} IS NOT NULL`;
  return existsSql('run_files f', where, [role], conditionOf(value));
}

/** @param table with its alias of one letter, by which it has a column `run`. */
function existsSql(
  table: string,
  where: string,
  values: readonly Bindable[],
  condition: SqlQuery,
): SqlQuery {
  const alias = table.slice(-1);
  return {
    sql: `EXISTS (SELECT 1 FROM ${table} WHERE ${alias}.run = runs.run AND ${where} AND ${condition.sql})`,
    values: [...values, ...condition.values],
  };
}

function presentSql(value: ValueSql, conditionOf: ConditionOf): SqlQuery {
  const condition = conditionOf(value);
  const column = value.text ?? value.number;
  return { sql: `(${column} IS NOT NULL AND ${condition.sql})`, values: condition.values };
}

function attributeSql(name: Exclude<SearchAttribute, 'code'>): ValueSql {
  return name === 'duration'
    ? { number: '(ifnull(ended_at_ms, search_now()) - started_at_ms)' }
    : attributeColumns[name];
}

const ofCommand = (expression: string) => `iif(source_kind <> 'notebook', ${expression}, NULL)`;

const attributeColumns: Readonly<Record<Exclude<SearchAttribute, 'code' | 'duration'>, ValueSql>> =
  {
    run_id: { text: '+runs.id' },
    run_name: { text: 'name' },
    status: { text: 'status' },
    experiment: { text: 'experiment' },
    script: { text: ofCommand('source_path') },
    notebook: { text: "iif(source_kind = 'notebook', source_path, NULL)" },
    command: { text: ofCommand("json_extract(source, '$.commandLine')") },
    source: { text: 'source_kind' },
    note: { text: 'note' },
    branch: { text: "json_extract(code_state, '$.branch')" },
    commit: { text: "json_extract(code_state, '$.commit')" },
    host: { text: "json_extract(environment, '$.hostName')" },
    parent: { text: '+parent_id' },
    user_id: { text: 'NULL' },
    artifact_uri: { text: 'NULL' },
    start_time: { number: '+started_at_ms' },
    end_time: { number: 'ended_at_ms' },
    exit_code: { number: 'exit_code' },
    log_size: { number: 'iif(log_dropped = 1, 0, log_bytes)' },
  };

/** Code is read outside of SQL, so which scripts are meant is said by their hashes. */
function codeSql(
  { functions, scripts }: SearchContext,
  test: ((value: FieldValue) => boolean) | undefined,
): SqlQuery {
  const hashes = [...scripts].flatMap(([hash, text]) => ((test?.({ text }) ?? true) ? [hash] : []));
  const cell = test === undefined ? 'TRUE' : "search_test(?, json_extract(source, '$.cellSource'))";
  return {
    sql: `((source_kind = 'notebook' AND ${cell}) OR (code_state IS NOT NULL AND
      ifnull(json_extract(code_state, '$.script') IN (SELECT value FROM json_each(?)), 0)))`,
    values: [...(test === undefined ? [] : [functions.addTest(test)]), JSON.stringify(hashes)],
  };
}
