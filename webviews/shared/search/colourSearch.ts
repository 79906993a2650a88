import { lexSearch, type SearchToken } from '../../../src/core/search/lexSearch';
import { findAttribute } from '../../../src/core/search/searchAttribute';
import type { SearchError } from '../../../src/core/search/searchError';
import { keyPrefixes, searchFunctions } from '../../../src/core/search/searchFunctions';
import { parseNumber } from '../../../src/core/search/searchUnits';

export type SearchColour = 'field' | 'function' | 'keyword' | 'operator' | 'string' | 'number';

/** A piece of the text of a search; all of them together are the text. */
export interface SearchPiece {
  readonly text: string;
  readonly colour?: SearchColour;
  readonly isError?: boolean;
}

/**
 * Cuts the text of a search into what is drawn alike. An error that has no length takes the character
 * after it, or at the end a space of its own.
 */
export function colourSearch(text: string, error: SearchError | undefined): readonly SearchPiece[] {
  const pieces: SearchPiece[] = [];
  const start = error?.start ?? text.length;
  const end = error === undefined ? text.length : Math.max(error.end, start + 1);
  const add = (from: number, to: number, colour: SearchColour | undefined) => {
    const cuts = [from, ...[start, end].filter((cut) => cut > from && cut < to), to];
    for (const [at, cut] of cuts.entries()) {
      const next = cuts[at + 1];
      if (next === undefined || next === cut) continue;
      pieces.push({
        text: text.slice(cut, next),
        ...(colour !== undefined && { colour }),
        ...(error !== undefined && cut >= start && cut < end && { isError: true }),
      });
    }
  };
  const tokens = lexSearch(text);
  let from = 0;
  for (const [index, token] of tokens.entries()) {
    const { offset, length } = token.at;
    add(from, offset, undefined);
    add(offset, offset + length, colourOf(token, tokens[index + 1]));
    from = offset + length;
  }
  // The space keeps the mark of what is missing at the end from being of no width.
  if (error !== undefined && start >= text.length) pieces.push({ text: '\u00a0', isError: true });
  return pieces;
}

const keywords = new Set(['AND', 'OR', 'NOT', 'IN', 'LIKE', 'ILIKE', 'IS', 'NULL', 'BETWEEN']);
const flags = new Set(['starred', 'deleted', 'archived', 'true', 'false']);

function colourOf(token: SearchToken, next: SearchToken | undefined): SearchColour | undefined {
  switch (token.kind) {
    case 'operator':
      return 'operator';
    case 'regex':
      return 'string';
    case 'quoted':
      return token.quote === '`' ? 'field' : 'string';
    case 'open':
      return token.opener === '`' ? 'field' : 'string';
    case 'word':
      return colourOfWord(token.text, next);
    default:
      return undefined;
  }
}

function colourOfWord(word: string, next: SearchToken | undefined): SearchColour | undefined {
  const lower = word.toLowerCase();
  if (keywords.has(word.toUpperCase()) || flags.has(lower)) return 'keyword';
  if (next?.kind === '(' && searchFunctions.includes(lower)) return 'function';
  if (next?.kind === 'operator' || keyPrefixes.has(lower.slice(0, Math.max(0, lower.indexOf('.')))))
    return 'field';
  if (/^[-+\d.]/.test(word) && parseNumber(word) !== undefined) return 'number';
  return next?.kind === 'word' && isComparing(next.text) && findAttribute(word) !== undefined
    ? 'field'
    : undefined;
}

function isComparing(word: string): boolean {
  return ['LIKE', 'ILIKE', 'IN', 'IS', 'NOT'].includes(word.toUpperCase());
}
