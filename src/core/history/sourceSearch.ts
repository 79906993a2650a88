import { RE2JS } from 're2js';
import { errorMessage, UserError } from '../userError';

/** What is looked for in the sources of cells. */
export interface SourceQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  /** Whether the text is an RE2 regular expression. */
  readonly isRegex: boolean;
}

/** A line that has what was looked for. */
export interface MatchedLine {
  /** From 1, as editors count. */
  readonly number: number;
  readonly text: string;
  /** Parts of `text`, each from `start` up to, not including, `end`. */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

export interface SourceMatch {
  /** The first few lines. */
  readonly lines: readonly MatchedLine[];
  /** How often it was found; no more than `maxMatches` are counted. */
  readonly count: number;
}

export const maxMatches = 100;
const maxLines = 5;
const maxLineChars = 300;
/** With re2js the time of a match grows with the product of pattern and text. */
const maxPatternChars = 500;
/** Of a longer source only so much is looked at. */
export const maxSourceChars = 1_000_000;

/**
 * @returns what finds it in one source; undefined where it is not. The time is linear in the source,
 * whatever the pattern.
 * @throws UserError if there is nothing to look for, or the expression is none.
 */
export function compileQuery(query: SourceQuery): (source: string) => SourceMatch | undefined {
  const find = query.isRegex
    ? findPattern(compileExpression(query))
    : findText(compileText(query, 'g'));
  return (source) => {
    const spans = find(source.slice(0, maxSourceChars));
    return spans.length === 0 ? undefined : { lines: toLines(source, spans), count: spans.length };
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** @throws UserError if there is nothing to look for, or too much. */
function checkText(text: string): void {
  if (text === '') throw new UserError('Type what to look for.');
  if (text.length > maxPatternChars) {
    throw new UserError(`Look for at most ${maxPatternChars} characters.`);
  }
}

/** What finds the text itself, for a query that is no expression. Throws as `compileQuery`. */
export function compileText(
  { text, matchCase, wholeWord }: SourceQuery,
  flags: 'g' | '' = '',
): RegExp {
  checkText(text);
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const [before, after] = wholeWord
    ? [
        isWord(text.at(0)) ? '(?<![\\p{L}\\p{N}_])' : '',
        isWord(text.at(-1)) ? '(?![\\p{L}\\p{N}_])' : '',
      ]
    : ['', ''];
  return new RegExp(`${before}${escaped}${after}`, `${flags}${matchCase ? '' : 'i'}u`);
}

function findText(pattern: RegExp) {
  return (source: string): readonly Span[] => {
    const spans: Span[] = [];
    for (const match of source.matchAll(pattern)) {
      spans.push({ start: match.index, end: match.index + match[0].length });
      if (spans.length === maxMatches) break;
    }
    return spans;
  };
}

/** What finds a query that is an expression. Throws as `compileQuery`. */
export function compileExpression({ text, matchCase, wholeWord }: SourceQuery): RE2JS {
  checkText(text);
  const flags = RE2JS.MULTILINE | (matchCase ? 0 : RE2JS.CASE_INSENSITIVE);
  try {
    return RE2JS.compile(wholeWord ? `\\b(?:${text})\\b` : text, flags);
  } catch (error) {
    throw new UserError(`This is no regular expression: ${errorMessage(error)}`);
  }
}

function findPattern(expression: RE2JS) {
  return (source: string): readonly Span[] => {
    const spans: Span[] = [];
    const matcher = expression.matcher(source);
    while (spans.length < maxMatches && matcher.find()) {
      // What matches nothing, such as `x*`, matches everywhere.
      if (matcher.end() > matcher.start()) {
        spans.push({ start: matcher.start(), end: matcher.end() });
      }
    }
    return spans;
  };
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}_]/u.test(char);
}

/** The lines that the spans begin in; a span ends with its line, and of a long line a part is kept. */
function toLines(source: string, spans: readonly Span[]): readonly MatchedLine[] {
  const lines: MatchedLine[] = [];
  let [number, start, end, cut] = [0, 0, -1, 0];
  for (const span of spans) {
    const isNext = span.start > end;
    while (span.start > end) {
      start = end + 1;
      const next = source.indexOf('\n', start);
      end = next === -1 ? source.length : next;
      number += 1;
    }
    if (isNext) {
      if (lines.length === maxLines) break;
      cut = span.start - start > maxLineChars / 2 ? span.start - maxLineChars / 4 : start;
      lines.push({ number, text: source.slice(cut, Math.min(end, cut + maxLineChars)), spans: [] });
    }
    const line = lines.at(-1);
    const at = { start: span.start - cut, end: Math.min(span.end, end, cut + maxLineChars) - cut };
    if (line && at.start < at.end) {
      lines[lines.length - 1] = { ...line, spans: [...line.spans, at] };
    }
  }
  return lines;
}
