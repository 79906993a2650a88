import type { Place } from './searchNode';

export type SearchToken =
  /** `text` as it was written. */
  | { readonly kind: 'word'; readonly text: string; readonly at: Place }
  /** `text` without its quotes. */
  | { readonly kind: 'quoted'; readonly quote: Quote; readonly text: string; readonly at: Place }
  | { readonly kind: 'operator'; readonly text: string; readonly at: Place }
  | { readonly kind: '(' | ')' | ','; readonly at: Place }
  | { readonly kind: 'regex'; readonly pattern: string; readonly flags: string; readonly at: Place }
  /** A quote or a regex that nothing closes, up to the end. */
  | {
      readonly kind: 'open';
      readonly opener: Quote | '/';
      readonly text: string;
      readonly at: Place;
    }
  | { readonly kind: 'end'; readonly at: Place };

export type Quote = "'" | '"' | '`';

/** Each before those that it begins with. */
const operators = ['=~', '!~', '==', '!=', '<>', '<=', '>=', '=', '<', '>', '≠', '≤', '≥'];

/** Cuts a search into its tokens; the last one is `end`. Any text has some. */
export function lexSearch(text: string): readonly SearchToken[] {
  const tokens: SearchToken[] = [];
  let offset = 0;
  while (offset < text.length) {
    const space = /^\s+/.exec(text.slice(offset, offset + 256));
    if (space !== null) {
      offset += space[0].length;
      continue;
    }
    const last = tokens.at(-1);
    const token = readToken(text, offset, last?.kind === 'operator' && last.text.endsWith('~'));
    tokens.push(token);
    offset += token.at.length;
  }
  tokens.push({ kind: 'end', at: { offset: text.length, length: 0 } });
  return tokens;
}

function readToken(text: string, offset: number, isAfterMatch: boolean): SearchToken {
  const char = text[offset] ?? '';
  const at = (length: number) => ({ offset, length });
  if (char === '(' || char === ')' || char === ',') return { kind: char, at: at(1) };
  if (char === "'" || char === '"' || char === '`') return readQuoted(text, offset, char);
  const operator = operators.find((each) => text.startsWith(each, offset));
  if (operator !== undefined) {
    return { kind: 'operator', text: operator, at: at(operator.length) };
  }
  if (isAfterMatch && char === '/') return readRegex(text, offset);
  let end = offset + 1;
  while (end < text.length && isWordChar(text, end)) end++;
  return { kind: 'word', text: text.slice(offset, end), at: at(end - offset) };
}

function isWordChar(text: string, offset: number): boolean {
  const char = text[offset] ?? '';
  if (/[\s()'"`,=<>≠≤≥]/.test(char)) return false;
  return !(char === '!' && /[=~]/.test(text[offset + 1] ?? ''));
}

/** A quote within is written twice, as in SQL. */
function readQuoted(text: string, offset: number, quote: Quote): SearchToken {
  let content = '';
  let from = offset + 1;
  for (;;) {
    const close = text.indexOf(quote, from);
    if (close < 0) {
      const rest = content + text.slice(from);
      return {
        kind: 'open',
        opener: quote,
        text: rest,
        at: { offset, length: text.length - offset },
      };
    }
    content += text.slice(from, close);
    if (text[close + 1] !== quote) {
      return { kind: 'quoted', quote, text: content, at: { offset, length: close + 1 - offset } };
    }
    content += quote;
    from = close + 2;
  }
}

/** `/…/ims`; a slash within is written `\/`. */
function readRegex(text: string, offset: number): SearchToken {
  let end = offset + 1;
  while (end < text.length && text[end] !== '/') end += text[end] === '\\' ? 2 : 1;
  if (end >= text.length) {
    const rest = text.slice(offset + 1);
    return { kind: 'open', opener: '/', text: rest, at: { offset, length: text.length - offset } };
  }
  const pattern = text.slice(offset + 1, end).replaceAll('\\/', '/');
  const flags = /^[a-z]*/i.exec(text.slice(end + 1, end + 33))?.[0] ?? '';
  return { kind: 'regex', pattern, flags, at: { offset, length: end + 1 + flags.length - offset } };
}
