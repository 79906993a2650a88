import type { SearchToken } from './lexSearch';
import type { SearchError } from './searchError';
import type { Place, SearchField } from './searchNode';

/** What could stand where a text ends. */
export type Expectation =
  | { readonly kind: 'condition' | 'connective' | 'metric' | 'step' | 'field' | 'pattern' }
  | { readonly kind: 'operator' | 'value'; readonly field: SearchField }
  | { readonly kind: 'truth' | 'and' }
  | { readonly kind: 'null' };

/** Ends the parsing; caught by who began it. */
export class SearchStop extends Error {
  readonly error: SearchError;

  constructor(error: SearchError) {
    super(error.message);
    this.error = error;
  }
}

/** Goes through the tokens of a search, from left to right. */
export class SearchCursor {
  readonly expected: Expectation[] = [];
  readonly #tokens: readonly SearchToken[];
  #next = 0;

  constructor(tokens: readonly SearchToken[]) {
    this.#tokens = tokens;
  }

  /** Without taking it; at and after the end there is always the token `end`. */
  peek(ahead = 0): SearchToken {
    const token = this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)];
    return token ?? { kind: 'end', at: { offset: 0, length: 0 } };
  }

  take(): SearchToken {
    const token = this.peek();
    this.#next++;
    return token;
  }

  previous(): SearchToken | undefined {
    return this.#tokens[this.#next - 1];
  }

  isKeyword(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.text.toUpperCase() === word;
  }

  takeKeyword(word: string): boolean {
    const isThere = this.isKeyword(word);
    if (isThere) this.take();
    return isThere;
  }

  /** Whether nothing stands between the token and the one before it. */
  isAdjacent(ahead: number): boolean {
    const before = this.peek(ahead - 1);
    return (
      before.kind !== 'end' && before.at.offset + before.at.length === this.peek(ahead).at.offset
    );
  }

  /** Notes what could stand here, if the text ends here. */
  expect(expectation: Expectation): void {
    if (this.peek().kind === 'end') this.expected.push(expectation);
  }

  closeParenthesis(opened: Place): void {
    const token = this.take();
    if (token.kind === ')') return;
    if (token.kind === 'end') this.stop('This ( is not closed: write ) where it ends.', opened);
    this.stop('Write ) before this.', token.at);
  }

  stop(message: string, { offset, length }: Place): never {
    throw new SearchStop({ message, start: offset, end: offset + length });
  }
}

/** From where the first begins to where the last ends. */
export function spanning(first: { readonly at: Place }, last: { readonly at: Place }): Place {
  const { offset } = first.at;
  return { offset, length: last.at.offset + last.at.length - offset };
}
