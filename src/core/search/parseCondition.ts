import { fieldType } from './fieldType';
import type { SearchToken } from './lexSearch';
import {
  type FieldKey,
  parseFunction,
  peekFunction,
  peekKey,
  takeKey,
  toField,
} from './parseField';
import { parseValue } from './parseValue';
import { findAttribute } from './searchAttribute';
import { type SearchCursor, spanning } from './searchCursor';
import { keyPrefixes } from './searchFunctions';
import type {
  CompareOp,
  Place,
  SearchField,
  SearchFlag,
  SearchNode,
  SearchValue,
} from './searchNode';
import { regexProblem } from './searchRegex';
import { parseDuration, parseNumber } from './searchUnits';

/** A comparison, a flag, a function or text: what is joined by AND and OR. */
export function parseCondition(cursor: SearchCursor): SearchNode {
  const name = peekFunction(cursor);
  if (name === 'has') return parseHas(cursor);
  if (name !== undefined) return parseComparison(cursor, parseFunction(cursor, name));
  const key = peekKey(cursor);
  if (key !== undefined) {
    const flag = peekFlag(key);
    if (flag !== undefined) return parseFlag(cursor, key, flag);
    if (startsComparison(cursor, key)) {
      takeKey(cursor, key);
      return parseComparison(cursor, toField(cursor, key));
    }
  }
  return parseText(cursor, key);
}

function parseHas(cursor: SearchCursor): SearchNode {
  const token = cursor.take();
  const opened = cursor.take();
  cursor.expect({ kind: 'field' });
  const name = peekFunction(cursor);
  const key = peekKey(cursor);
  let field: SearchField;
  if (name !== undefined) field = parseFunction(cursor, name);
  else if (key === undefined)
    return cursor.stop('Name something here: has(params.lr).', cursor.peek().at);
  else {
    takeKey(cursor, key);
    field = toField(cursor, key);
  }
  cursor.closeParenthesis(opened.at);
  const at = spanning(token, cursor.previous() ?? token);
  return { kind: 'has', field, isNegated: false, at };
}

function peekFlag({ prefix, key }: FieldKey): SearchFlag['flag'] | undefined {
  if (prefix !== undefined && keyPrefixes.get(prefix) !== 'attribute') return undefined;
  const word = key.toLowerCase();
  return word === 'starred' || word === 'deleted' || word === 'archived' ? word : undefined;
}

/** `starred`, `starred = false`; in quotes it is text. */
function parseFlag(cursor: SearchCursor, key: FieldKey, flag: SearchFlag['flag']): SearchNode {
  const first = cursor.peek();
  const next = cursor.peek(key.tokenCount);
  if (first.kind !== 'word' && next.kind !== 'operator') return parseText(cursor, key);
  takeKey(cursor, key);
  const node: SearchFlag = { kind: 'flag', flag, at: key.at };
  if (next.kind !== 'operator') return node;
  cursor.take();
  cursor.expect({ kind: 'truth' });
  const value = cursor.take();
  const word = value.kind === 'word' || value.kind === 'quoted' ? value.text.toLowerCase() : '';
  const truth = { true: true, '1': true, yes: true, false: false, '0': false, no: false }[word];
  const isEqual = next.text === '=' || next.text === '==';
  if (truth === undefined || !(isEqual || next.text === '!=' || next.text === '<>')) {
    const example = `write ${flag}, or NOT ${flag}`;
    return cursor.stop(`This is true or false: ${example}.`, spanning(next, value));
  }
  const at = spanning(first, value);
  return truth === isEqual ? { ...node, at } : { kind: 'not', part: node, at };
}

function parseText(cursor: SearchCursor, key: FieldKey | undefined): SearchNode {
  const token = cursor.take();
  if (token.kind === 'open') {
    cursor.stop(`This is not closed: write ${token.opener} where it ends.`, token.at);
  }
  if ((key?.tokenCount ?? 0) > 1 || (token.kind === 'quoted' && token.quote === '`')) {
    const [at, name] = [key?.at ?? token.at, key?.key ?? ''];
    cursor.stop(
      `Say what of it, such as > 0.9 or IS NOT NULL; to look for text, write "${name}".`,
      at,
    );
  }
  if (token.kind !== 'word' && token.kind !== 'quoted') {
    return cursor.stop('Write a condition here, such as metrics.loss < 0.5.', token.at);
  }
  if (token.kind === 'word') {
    // What is typed up to here may become the name of a field.
    if (key !== undefined) expectOperator(cursor, key);
  }
  if (token.text === '') cursor.stop('These quotes are empty: write what to look for.', token.at);
  return { kind: 'text', text: token.text, at: token.at };
}

function expectOperator(cursor: SearchCursor, key: FieldKey): void {
  if (cursor.peek().kind !== 'end' || key.key === '') return;
  const kind = key.prefix === undefined ? undefined : keyPrefixes.get(key.prefix);
  const isKnown = kind !== 'attribute' && kind !== 'dataset' && kind !== 'artifact';
  if (isKnown) cursor.expect({ kind: 'operator', field: toField(cursor, key) });
}

/** Whether what stands after it makes a key a field. */
function startsComparison(cursor: SearchCursor, key: FieldKey): boolean {
  const ahead = key.tokenCount;
  const next = cursor.peek(ahead);
  if (next.kind === 'operator') return true;
  if (next.kind !== 'word') return false;
  const after = cursor.peek(ahead + 1);
  switch (next.text.toUpperCase()) {
    case 'LIKE':
    case 'ILIKE':
      return true;
    case 'IN':
      return after.kind === '(' || after.kind === 'quoted' || after.kind === 'end';
    case 'NOT':
      return ['LIKE', 'ILIKE', 'IN', 'BETWEEN'].some((word) => cursor.isKeyword(word, ahead + 1));
    case 'IS':
      return (
        after.kind === 'end' ||
        cursor.isKeyword('NULL', ahead + 1) ||
        (cursor.isKeyword('NOT', ahead + 1) && cursor.isKeyword('NULL', ahead + 2))
      );
    case 'BETWEEN':
      return after.kind === 'end' || isValueOfRange(key, after);
    default:
      return false;
  }
}

/** `between` is a word that one looks for, too: with words on both sides it needs the name of a field. */
function isValueOfRange({ prefix, key }: FieldKey, after: SearchToken): boolean {
  if (after.kind === 'quoted' || after.kind === 'open') return true;
  if (after.kind !== 'word') return false;
  return (
    prefix !== undefined ||
    findAttribute(key) !== undefined ||
    parseDuration(after.text) !== undefined ||
    parseNumber(after.text) !== undefined
  );
}

const comparisons: ReadonlyMap<string, CompareOp> = new Map([
  ...(['=', '!=', '<', '<=', '>', '>='] as const).map((op) => [op, op] as const),
  ...([
    ['==', '='],
    ['<>', '!='],
    ['≠', '!='],
    ['≤', '<='],
    ['≥', '>='],
  ] as const),
]);

function parseComparison(cursor: SearchCursor, field: SearchField): SearchNode {
  cursor.expect({ kind: 'operator', field });
  const operator = cursor.take();
  const end = (): Place => spanning(field, cursor.previous() ?? field);
  if (operator.kind === 'operator') {
    const op = comparisons.get(operator.text);
    if (op === undefined) return parseRegex(cursor, field, operator);
    const value = parseValue(cursor, field, operator.text);
    if (value.kind === 'number' && Number.isNaN(value.number) && op !== '=' && op !== '!=') {
      cursor.stop(
        'Nothing is less or more than nan: write = nan or != nan.',
        spanning(operator, value),
      );
    }
    return { kind: 'compare', field, op, value, at: end() };
  }
  const word = operator.kind === 'word' ? operator.text.toUpperCase() : '';
  if (word === 'IS') {
    const isNegated = !cursor.takeKeyword('NOT');
    cursor.expect({ kind: 'null' });
    if (!cursor.takeKeyword('NULL'))
      cursor.stop('Write NULL or NOT NULL after IS.', cursor.peek().at);
    return { kind: 'has', field, isNegated, at: end() };
  }
  const isNegated = word === 'NOT';
  const token = isNegated ? cursor.take() : operator;
  const verb = token.kind === 'word' ? token.text.toUpperCase() : '';
  if (verb === 'IN') return parseList(cursor, field, isNegated);
  if (verb === 'LIKE' || verb === 'ILIKE') {
    requireText(cursor, field, token.at);
    cursor.expect({ kind: 'pattern' });
    const value = cursor.take();
    const isText = (value.kind === 'quoted' && value.quote !== '`') || value.kind === 'word';
    if (!isText) return cursor.stop(`Write a pattern after ${verb}, such as '%resnet%'.`, value.at);
    const syntax = verb === 'LIKE' ? 'like' : 'ilike';
    return { kind: 'pattern', field, syntax, pattern: value.text, flags: '', isNegated, at: end() };
  }
  if (verb === 'BETWEEN') return parseRange(cursor, field, isNegated);
  return cursor.stop('Write what to compare it with, such as > 0.9, or IS NOT NULL.', operator.at);
}

function parseRange(cursor: SearchCursor, field: SearchField, isNegated: boolean): SearchNode {
  const low = parseEnd(cursor, field, 'BETWEEN');
  cursor.expect({ kind: 'and' });
  if (!cursor.takeKeyword('AND')) {
    cursor.stop('Write AND and the upper end here: BETWEEN 1 AND 2.', cursor.peek().at);
  }
  const high = parseEnd(cursor, field, 'AND');
  return { kind: 'between', field, low, high, isNegated, at: spanning(field, high) };
}

function parseEnd(cursor: SearchCursor, field: SearchField, after: string): SearchValue {
  const value = parseValue(cursor, field, after);
  if (value.kind === 'number' && Number.isNaN(value.number)) {
    cursor.stop('Nothing is less or more than nan: write a number.', value.at);
  }
  return value;
}

function parseRegex(
  cursor: SearchCursor,
  field: SearchField,
  operator: { readonly text: string; readonly at: Place },
): SearchNode {
  requireText(cursor, field, operator.at);
  cursor.expect({ kind: 'pattern' });
  const value = cursor.take();
  if (value.kind === 'open') {
    cursor.stop(`This is not closed: write ${value.opener} where it ends.`, value.at);
  }
  const isText = (value.kind === 'quoted' && value.quote !== '`') || value.kind === 'word';
  if (value.kind !== 'regex' && !isText) {
    return cursor.stop('Write a regular expression here, such as /^resnet/.', value.at);
  }
  const pattern = value.kind === 'regex' ? value.pattern : value.text;
  const written = value.kind === 'regex' ? value.flags.toLowerCase() : '';
  const problem = regexProblem(pattern, written);
  if (problem !== undefined) cursor.stop(problem, value.at);
  const flags = [...'ims'].filter((flag) => written.includes(flag)).join('');
  const isNegated = operator.text === '!~';
  const at = spanning(field, value);
  return { kind: 'pattern', field, syntax: 'regex', pattern, flags, isNegated, at };
}

function requireText(cursor: SearchCursor, field: SearchField, at: Place): void {
  const type = fieldType(field);
  if (type === 'text' || type === 'any') return;
  cursor.stop('This is not text: compare it with =, !=, <, <=, > or >=.', at);
}

function parseList(cursor: SearchCursor, field: SearchField, isNegated: boolean): SearchNode {
  const opened = cursor.take();
  if (opened.kind !== '(')
    return cursor.stop("Write a list after IN, such as ('a', 'b').", opened.at);
  const values = [parseValue(cursor, field, '(')];
  while (cursor.peek().kind === ',') {
    cursor.take();
    values.push(parseValue(cursor, field, 'the comma'));
  }
  cursor.closeParenthesis(opened.at);
  const at = spanning(field, cursor.previous() ?? field);
  return { kind: 'in', field, values, isNegated, at };
}
