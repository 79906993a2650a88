import { findAttribute, searchAttributes } from './searchAttribute';
import { type SearchCursor, spanning } from './searchCursor';
import { figureFunctions, keyPrefixes, searchFunctions } from './searchFunctions';
import type { FilePart, Place, SearchField } from './searchNode';
import { parseNumber } from './searchUnits';

/** A key as it stands in a search: `metrics.acc`, ``params.`a b` ``, `lr`. */
export interface FieldKey {
  readonly prefix: string | undefined;
  readonly key: string;
  readonly at: Place;
  readonly tokenCount: number;
}

/** The key that begins here, without taking it; undefined if none does. */
export function peekKey(cursor: SearchCursor): FieldKey | undefined {
  const token = cursor.peek();
  if (token.kind === 'quoted' && token.quote !== "'") {
    return { prefix: undefined, key: token.text, at: token.at, tokenCount: 1 };
  }
  if (token.kind !== 'word') return undefined;
  const dot = token.text.indexOf('.');
  const prefix = token.text.slice(0, Math.max(dot, 0)).toLowerCase();
  if (!keyPrefixes.has(prefix)) {
    return { prefix: undefined, key: token.text, at: token.at, tokenCount: 1 };
  }
  const key = token.text.slice(dot + 1);
  const next = cursor.peek(1);
  if (key === '' && next.kind === 'quoted' && cursor.isAdjacent(1)) {
    return { prefix, key: next.text, at: spanning(token, next), tokenCount: 2 };
  }
  return { prefix, key, at: token.at, tokenCount: 1 };
}

export function takeKey(cursor: SearchCursor, { tokenCount }: FieldKey): void {
  for (let count = 0; count < tokenCount; count++) cursor.take();
}

/** The name of the function that is called here, such as `best`, in lower case. */
export function peekFunction(cursor: SearchCursor): string | undefined {
  const token = cursor.peek();
  const isCall = token.kind === 'word' && cursor.peek(1).kind === '(' && cursor.isAdjacent(1);
  const name = isCall ? token.text.toLowerCase() : undefined;
  return name === undefined || ['and', 'or', 'not', 'in'].includes(name) ? undefined : name;
}

export function toField(cursor: SearchCursor, { prefix, key, at }: FieldKey): SearchField {
  const kind = prefix === undefined ? undefined : keyPrefixes.get(prefix);
  if (key === '')
    cursor.stop(
      prefix === undefined ? 'This name is empty: write one.' : `Write a name after ${prefix}.`,
      at,
    );
  switch (kind) {
    case 'metric':
      return { kind, key, figure: 'last', at };
    case 'param':
    case 'tag':
      return { kind, key, at };
    case 'dataset':
    case 'artifact': {
      const part = fileParts.find((each) => each === key.toLowerCase());
      if (part !== undefined) return { kind, part, at };
      return cursor.stop(`Of a ${kind} there is ${listed(fileParts)}: write ${kind}.name.`, at);
    }
    default: {
      const name = findAttribute(key);
      if (name !== undefined) return { kind: 'attribute', name, at };
      if (kind === undefined) return { kind: 'named', key, at };
      return cursor.stop(`There is no attribute ${key}: there is ${listed(searchAttributes)}.`, at);
    }
  }
}

/** The most values that `mean()` takes. */
export const maxMeanCount = 1_000_000;

/** `best(metrics.x)`, `at(metrics.x, 100)`, `mean(metrics.x, 5)`. */
export function parseFunction(cursor: SearchCursor, name: string): SearchField {
  const token = cursor.take();
  const figure = figureFunctions.find((each) => each === name);
  if (figure === undefined && name !== 'at' && name !== 'mean') {
    const hint = `There is no function ${name}: there is ${listed(searchFunctions)}.`;
    cursor.stop(`${hint} To look for this as text, put it in quotes.`, token.at);
  }
  const opened = cursor.take();
  const key = parseMetricKey(cursor, name);
  if (figure !== undefined) {
    cursor.closeParenthesis(opened.at);
    const at = spanning(token, cursor.previous() ?? token);
    return { kind: 'metric', key, figure, at };
  }
  const number = name === 'at' ? parseStep(cursor) : parseMeanCount(cursor);
  cursor.closeParenthesis(opened.at);
  const at = spanning(token, cursor.previous() ?? token);
  return name === 'at'
    ? { kind: 'metricAt', key, step: number, at }
    : { kind: 'metricMean', key, count: number, at };
}

function parseStep(cursor: SearchCursor): number {
  const { number, at } = parseArgument(cursor, 'Write a step here: at(metrics.loss, 100).');
  if (number !== undefined && Number.isFinite(number)) return number;
  return cursor.stop('A step is a number: at(metrics.loss, 100).', at);
}

function parseMeanCount(cursor: SearchCursor): number {
  const example = 'mean(metrics.loss, 5) is of the last 5 values';
  const { number, at } = parseArgument(cursor, `Write how many values: ${example}.`);
  if (number !== undefined && Number.isInteger(number) && number >= 1 && number <= maxMeanCount) {
    return number;
  }
  return cursor.stop(`This is a whole number from 1 on: ${example}.`, at);
}

/** What stands after a comma; undefined if it is no number. */
function parseArgument(
  cursor: SearchCursor,
  missing: string,
): { readonly number: number | undefined; readonly at: Place } {
  const comma = cursor.take();
  if (comma.kind !== ',') cursor.stop(missing, comma.at);
  cursor.expect({ kind: 'step' });
  const token = cursor.take();
  return { number: token.kind === 'word' ? parseNumber(token.text) : undefined, at: token.at };
}

const secondArguments: Readonly<Record<string, string>> = { at: ', 100', mean: ', 5' };

function parseMetricKey(cursor: SearchCursor, name: string): string {
  cursor.expect({ kind: 'metric' });
  const key = peekKey(cursor);
  const example = `${name}(metrics.loss${secondArguments[name] ?? ''})`;
  if (key === undefined) return cursor.stop(`Name a metric here: ${example}.`, cursor.peek().at);
  takeKey(cursor, key);
  if (key.prefix !== undefined && keyPrefixes.get(key.prefix) !== 'metric') {
    cursor.stop(`${name}() is of a metric: ${example}.`, key.at);
  }
  if (key.key === '') cursor.stop(`Name a metric here: ${example}.`, key.at);
  return key.key;
}

const fileParts: readonly FilePart[] = ['name', 'digest', 'context', 'size'];

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
