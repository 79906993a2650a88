import { lexSearch } from './lexSearch';
import { parseCondition } from './parseCondition';
import { type Expectation, SearchCursor, SearchStop, spanning } from './searchCursor';
import type { SearchError } from './searchError';
import { joinNodes, type Place, type SearchNode } from './searchNode';

export type ParsedSearch =
  | { readonly node: SearchNode; readonly error?: undefined }
  | { readonly node?: undefined; readonly error: SearchError };

const maxChars = 10_000;
const maxDepth = 40;
const maxConditions = 200;

/**
 * Reads a search. Never throws. A superset of what MLflow's `search_runs` takes as its filter:
 *
 * ```
 * search     = [ or ]
 * or         = and { "OR" and }
 * and        = not { [ "AND" ] not }
 * not        = "NOT" not | "(" or ")" | condition | flag | text
 * condition  = field ( compare value | [ "NOT" ] ( "LIKE" | "ILIKE" ) string
 *            | ( "=~" | "!~" ) regex | [ "NOT" ] "IN" "(" value { "," value } ")"
 *            | [ "NOT" ] "BETWEEN" value "AND" value | "IS" [ "NOT" ] "NULL" )
 *            | "has(" field ")"
 * compare    = "=" | "==" | "!=" | "<>" | "<" | "<=" | ">" | ">="
 * field      = [ ( "metrics" | "params" | "tags" | "attributes" | "dataset" | "artifact" ) "." ] key
 *            | ( "best" | "last" | "first" | "min" | "max" | "count" ) "(" metric ")"
 *            | "at(" metric "," number ")" | "mean(" metric "," number ")"
 * metric     = [ "metrics." ] key
 * key        = word | "`" … "`" | '"' … '"'          a quote within is doubled
 * flag       = "starred" | "deleted" | "archived" [ ( "=" | "!=" ) ( "true" | "false" ) ]
 * text       = word | string                         a word without an operator after it
 * value      = number | duration | size | date | string | word
 * string     = "'" … "'" | '"' … '"'                 a quote within is doubled
 * regex      = "/" … "/" [ "i" ] [ "m" ] [ "s" ] | string
 * duration   = number [ unit ] { number unit }       90, 90s, 2h, 1h30m; without a unit in seconds
 * size       = number [ "B" | "KB" | "MiB" | … ]     10MB
 * date       = milliseconds | 2026-11[-01[T14:30[:05[.123]][Z]]] | "now" | "today" | "yesterday"
 *            | [ "last" ] "monday" | ( "this" | "last" ) ( "week" | "month" | "year" )
 *            | number unit "ago" | "last" number unit
 * ```
 *
 * A word is a run of anything but space, quotes, parentheses, commas and operators. Keywords and
 * functions may be in any case. `matchesSearch` says what each means.
 */
export function parseSearch(text: string): ParsedSearch {
  return parseWithExpectations(text).parsed;
}

/** Also says what could have followed where the text ends, for completion. */
export function parseWithExpectations(text: string): {
  readonly parsed: ParsedSearch;
  readonly expected: readonly Expectation[];
} {
  if (text.length > maxChars) {
    const message = `A search has at most ${maxChars} characters: take some away.`;
    return { parsed: { error: { message, start: maxChars, end: text.length } }, expected: [] };
  }
  const cursor = new SearchCursor(lexSearch(text));
  try {
    const node = new SearchParser(cursor).parse(text);
    return { parsed: { node }, expected: cursor.expected };
  } catch (thrown) {
    if (!(thrown instanceof SearchStop)) throw thrown;
    return { parsed: { error: thrown.error }, expected: cursor.expected };
  }
}

class SearchParser {
  readonly #cursor: SearchCursor;
  #depth = 0;
  #conditions = 0;

  constructor(cursor: SearchCursor) {
    this.#cursor = cursor;
  }

  parse(text: string): SearchNode {
    const whole: Place = { offset: 0, length: text.length };
    this.#cursor.expect({ kind: 'condition' });
    if (this.#cursor.peek().kind === 'end') return { kind: 'and', parts: [], at: whole };
    const node = this.#or();
    const rest = this.#cursor.peek();
    if (rest.kind === ')') this.#cursor.stop('This ) closes nothing: take it away.', rest.at);
    if (rest.kind !== 'end') this.#cursor.stop('Write AND or OR before this.', rest.at);
    return node;
  }

  #or(): SearchNode {
    const first = this.#and();
    const parts = [first];
    while (this.#cursor.takeKeyword('OR')) parts.push(this.#and());
    return joinNodes('or', parts, spanning(first, parts.at(-1) ?? first));
  }

  #and(): SearchNode {
    const first = this.#not();
    const parts = [first];
    for (;;) {
      this.#cursor.expect({ kind: 'connective' });
      this.#cursor.expect({ kind: 'condition' });
      if (!this.#cursor.takeKeyword('AND') && !this.#startsCondition()) break;
      parts.push(this.#not());
    }
    return joinNodes('and', parts, spanning(first, parts.at(-1) ?? first));
  }

  /** A condition may follow another without a word between them. */
  #startsCondition(): boolean {
    const token = this.#cursor.peek();
    if (token.kind === 'word') return !this.#cursor.isKeyword('OR');
    return token.kind === 'quoted' || token.kind === 'open' || token.kind === '(';
  }

  #not(): SearchNode {
    const token = this.#cursor.peek();
    this.#cursor.expect({ kind: 'condition' });
    if (this.#cursor.takeKeyword('NOT')) {
      const part = this.#deeper(token.at, () => this.#not());
      return { kind: 'not', part, at: spanning(token, part) };
    }
    if (token.kind === '(') {
      this.#cursor.take();
      const inner = this.#deeper(token.at, () => this.#or());
      this.#cursor.closeParenthesis(token.at);
      return inner;
    }
    if (this.#cursor.isKeyword('AND') || this.#cursor.isKeyword('OR')) {
      this.#cursor.stop(
        'Write a condition before this; to look for it as text, put it in quotes.',
        token.at,
      );
    }
    this.#conditions++;
    if (this.#conditions > maxConditions) {
      this.#cursor.stop(`A search has at most ${maxConditions} conditions.`, token.at);
    }
    if (token.kind === 'end') {
      const before = this.#cursor.previous();
      const word = before?.kind === 'word' ? before.text : '(';
      this.#cursor.stop(`Something is missing after ${word}: write a condition.`, token.at);
    }
    return parseCondition(this.#cursor);
  }

  #deeper<T>(at: Place, parse: () => T): T {
    this.#depth++;
    if (this.#depth > maxDepth) {
      this.#cursor.stop(`Parentheses and NOT go at most ${maxDepth} deep.`, at);
    }
    const result = parse();
    this.#depth--;
    return result;
  }
}
