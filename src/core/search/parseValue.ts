import { fieldType } from './fieldType';
import type { SearchToken } from './lexSearch';
import { parseDate } from './parseDate';
import { type SearchCursor, spanning } from './searchCursor';
import type { Place, SearchField, SearchValue } from './searchNode';
import { parseDuration, parseNumber, parseSize } from './searchUnits';

/** How many words a date can have. */
const maxDateWords = 3;

/** What a field is compared with, read as what the field is. */
export function parseValue(cursor: SearchCursor, field: SearchField, after: string): SearchValue {
  cursor.expect({ kind: 'value', field });
  const token = cursor.take();
  const written = writtenText(cursor, token, after);
  const { at } = token;
  const isQuoted = token.kind === 'quoted';
  switch (fieldType(field)) {
    case 'text':
      return { kind: 'text', text: written, at };
    case 'any': {
      const number = isQuoted ? undefined : parseNumber(written);
      // `nan` and `inf` are values that metrics have; in a param they are text.
      const isNumber = number !== undefined && (Number.isFinite(number) || field.kind === 'named');
      return isNumber ? { kind: 'number', number, at } : { kind: 'text', text: written, at };
    }
    case 'number': {
      const number = parseNumber(written);
      if (number === undefined)
        return cursor.stop('This is compared with a number: write one such as 0.9.', at);
      if (isQuoted)
        cursor.stop(`This is compared with a number: write ${written} without quotes.`, at);
      return { kind: 'number', number, at };
    }
    case 'duration': {
      const value = parseTogether(cursor, token, written, parseDuration);
      if (value !== undefined) return { kind: 'duration', ...value };
      return cursor.stop('This is a duration: write one such as 90s, 20m, 2h or 1h30m.', at);
    }
    case 'size': {
      const value = parseTogether(cursor, token, written, parseSize);
      if (value !== undefined) return { kind: 'size', ...value };
      return cursor.stop('This is a size: write one such as 500KB, 10MB or 2GB.', at);
    }
    case 'date': {
      for (let more = isQuoted ? 0 : maxDateWords - 1; more >= 0; more--) {
        const words = followingWords(cursor, more);
        const date = words && parseDate([written, ...words.map(({ text }) => text)].join(' '));
        if (date === undefined) continue;
        for (let count = 0; count < more; count++) cursor.take();
        return { kind: 'date', date, at: spanning(token, words?.at(-1) ?? token) };
      }
      const examples = '2026-11-01, yesterday, last week, 3 days ago or milliseconds since 1970';
      return cursor.stop(`This is a time: write ${examples}.`, at);
    }
  }
}

/** A value as text: a word, or what is between quotes. */
function writtenText(cursor: SearchCursor, token: SearchToken, after: string): string {
  const { at } = token;
  if (token.kind === 'quoted' && token.quote !== '`') return token.text;
  if (token.kind === 'quoted') cursor.stop(`Backticks are for keys: write '${token.text}'.`, at);
  if (token.kind === 'open')
    cursor.stop(`This is not closed: write ${token.opener} where it ends.`, at);
  const isValue = token.kind === 'word' && !/^(and|or)$/i.test(token.text);
  if (!isValue) return cursor.stop(`Write a value after ${after}.`, at);
  return token.text;
}

type Found<T> = T & { readonly at: Place };

/** A unit may stand apart from its number: `2 hours`. */
function parseTogether<T>(
  cursor: SearchCursor,
  token: SearchToken,
  written: string,
  parse: (text: string) => T | undefined,
): Found<T> | undefined {
  const [next] = followingWords(cursor, 1) ?? [];
  const isNumber = token.kind === 'word' && parseNumber(written) !== undefined;
  const both = isNumber && next !== undefined ? parse(written + next.text) : undefined;
  if (both !== undefined && next !== undefined) {
    cursor.take();
    return { ...both, at: spanning(token, next) };
  }
  const one = parse(written.replaceAll(/\s/g, ''));
  return one && { ...one, at: token.at };
}

/** The next so many tokens, if all of them are words. */
function followingWords(cursor: SearchCursor, count: number) {
  const words = Array.from({ length: count }, (_, ahead) => cursor.peek(ahead));
  const found = words.flatMap((token) => (token.kind === 'word' ? [token] : []));
  return found.length === count ? found : undefined;
}
