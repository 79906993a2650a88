import type { DirectionOf } from '../../core/run/directionTable';
import type { BlobHash } from '../../core/run/run';
import { likeToGlob } from '../../core/search/likePattern';
import {
  createPatternTest,
  createValueTest,
  ofField,
  type SearchCondition,
} from '../../core/search/matchesSearch';
import type { CompareOp, SearchNode, SearchPattern } from '../../core/search/searchNode';
import { foldText } from '../../core/search/searchText';
import { type PlainValue, plainValue, spanTest } from '../../core/search/searchValue';
import type { SqlQuery } from './runQuerySql';
import { fieldSql, type ValueSql } from './searchFieldSql';
import type { SearchFunctions } from './searchFunctions';

export interface SearchContext {
  readonly nowMs: number;
  readonly directionOf: DirectionOf;
  readonly functions: SearchFunctions;
  /** The texts of all scripts that could be read. */
  readonly scripts: ReadonlyMap<BlobHash, string>;
}

const yes: SqlQuery = { sql: 'TRUE', values: [] };
const no: SqlQuery = { sql: 'FALSE', values: [] };

/**
 * A search as a condition on a row of `runs`, which is true or false, never NULL: it finds what
 * `matchesSearch` does. What a user typed is bound, never spelled out.
 */
export function searchSql(node: SearchNode, context: SearchContext): SqlQuery {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.parts.map((part) => ({
        cost: costOf(part),
        query: searchSql(part, context),
      }));
      // What costs much is asked of the runs that are left alone.
      parts.sort((a, b) => a.cost - b.cost);
      return joined(
        node.kind === 'and' ? 'AND' : 'OR',
        parts.map(({ query }) => query),
      );
    }
    case 'not':
      return negated(searchSql(node.part, context));
    case 'flag':
      return node.flag === 'starred'
        ? { sql: 'ifnull(starred = 1, 0)', values: [] }
        : { sql: 'deleted_at_ms IS NOT NULL', values: [] };
    case 'text': {
      const number = context.functions.addWords(node.text, context.scripts);
      return { sql: 'search_words(?, runs.run)', values: [number] };
    }
    case 'has': {
      const query = fieldSql(node.field, context, () => yes, undefined);
      return node.isNegated ? negated(query) : query;
    }
    case 'compare':
    case 'in':
    case 'pattern': {
      const test = createValueTest(node, context.nowMs);
      return fieldSql(node.field, context, (value) => conditionSql(node, value, context), test);
    }
  }
}

/** What is true of one value that is there. */
function conditionSql(node: SearchCondition, value: ValueSql, context: SearchContext): SqlQuery {
  const plain = (each: Parameters<typeof plainValue>[0]) =>
    ofField(node.field, plainValue(each, context.nowMs));
  switch (node.kind) {
    case 'compare':
      return compareSql(value, node.op, plain(node.value));
    case 'in': {
      const any = joined(
        'OR',
        node.values.map((each) => compareSql(value, '=', plain(each))),
      );
      return node.isNegated ? negated(any) : any;
    }
    case 'pattern': {
      const query = value.text === undefined ? no : patternSql(node, value.text, context);
      return node.isNegated ? negated(query) : query;
    }
  }
}

function compareSql(
  { text, number, isNanNull }: ValueSql,
  op: CompareOp,
  wanted: PlainValue,
): SqlQuery {
  const otherwise = op === '!=' ? yes : no;
  if (wanted.kind === 'text') {
    return text === undefined
      ? otherwise
      : { sql: `${text} ${sqlOps[op]} ?`, values: [wanted.text] };
  }
  if (number === undefined) return otherwise;
  if (wanted.kind === 'span') {
    const { all, isNegated } = spanTest(op, wanted.span);
    const within = joined(
      'AND',
      all.map((each) => numberSql(number, each.op, each.ms)),
    );
    return isNegated ? negated(within) : within;
  }
  if (!Number.isNaN(wanted.number)) return numberSql(number, op, wanted.number);
  if (!isNanNull || (op !== '=' && op !== '!=')) return otherwise;
  return { sql: `${number} IS ${op === '=' ? '' : 'NOT '}NULL`, values: [] };
}

/** NULL stands for NaN, or for text that is no number: both are unlike any number. */
function numberSql(number: string, op: CompareOp, wanted: number): SqlQuery {
  return { sql: `ifnull(${number} ${sqlOps[op]} ?, ${op === '!=' ? 1 : 0})`, values: [wanted] };
}

const sqlOps: Readonly<Record<CompareOp, string>> = {
  '=': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

function patternSql(node: SearchPattern, text: string, { functions }: SearchContext): SqlQuery {
  const isStatus = node.field.kind === 'attribute' && node.field.name === 'status';
  if (node.syntax === 'like') {
    // All states are in lower case.
    const pattern = isStatus ? foldText(node.pattern) : node.pattern;
    return { sql: `${text} GLOB ?`, values: [likeToGlob(pattern)] };
  }
  const test = createPatternTest(node);
  const number = functions.addTest((value) => value.text !== undefined && test(value.text));
  return { sql: `search_test(?, ${text})`, values: [number] };
}

function negated({ sql, values }: SqlQuery): SqlQuery {
  return { sql: `NOT (${sql})`, values };
}

/** As a tree that is no deeper than it must be: SQLite bounds the depth. */
function joined(word: 'AND' | 'OR', queries: readonly SqlQuery[]): SqlQuery {
  const [first] = queries;
  if (first === undefined) return word === 'AND' ? yes : no;
  if (queries.length === 1) return first;
  const half = Math.ceil(queries.length / 2);
  const left = joined(word, queries.slice(0, half));
  const right = joined(word, queries.slice(half));
  return {
    sql: `(${left.sql} ${word} ${right.sql})`,
    values: [...left.values, ...right.values],
  };
}

function costOf(node: SearchNode): number {
  switch (node.kind) {
    case 'and':
    case 'or':
      return Math.max(0, ...node.parts.map(costOf));
    case 'not':
      return costOf(node.part);
    case 'flag':
      return 0;
    case 'text':
      return 2;
    default:
      if (node.field.kind === 'metricAt') return 3;
      return node.field.kind === 'attribute' ? 0 : 1;
  }
}
