import { lexSearch } from './lexSearch';
import { type ParsedSearch, parseSearch } from './parseSearch';
import { searchFunctions } from './searchFunctions';
import { walkSearch } from './searchNode';

/**
 * Whether what somebody types where any words are looked for is a search of the grammar: it compares,
 * calls, negates or chooses. A text that has an error is one only if it shows that it was meant as one.
 *
 * @returns what it asks for, or its error; undefined: words alone.
 */
export function asksForMore(text: string): ParsedSearch | undefined {
  const parsed = parseSearch(text);
  if (parsed.node !== undefined) {
    for (const { kind } of walkSearch(parsed.node)) {
      if (kind !== 'and' && kind !== 'text') return parsed;
    }
    return undefined;
  }
  const tokens = lexSearch(text);
  const isMeant = tokens.some(
    (token, index) =>
      token.kind === 'operator' ||
      (token.kind === 'word' &&
        tokens[index + 1]?.kind === '(' &&
        searchFunctions.includes(token.text.toLowerCase())),
  );
  return isMeant ? parsed : undefined;
}
