import type { RE2JS } from 're2js';
import { compileExpression, compileText, maxSourceChars, type SourceQuery } from './sourceSearch';

/** Tells the lines that have what is looked for from those that have not, among very many. */
export interface LineSearch {
  /** Whether one of the lines, joined by line breaks, may have it: of no where none has. */
  mayBeIn(lines: string): boolean;
  /** Whether `compileQuery` finds it in the line. */
  isIn(line: string): boolean;
}

/** The time is linear in the lines, whatever the query. Throws as `compileQuery`. */
export function compileLineSearch(query: SourceQuery): LineSearch {
  if (!query.isRegex) {
    const pattern = compileText(query);
    const isIn = (text: string) => pattern.test(text);
    return { mayBeIn: isIn, isIn: (line) => isIn(line.slice(0, maxSourceChars)) };
  }
  const expression = compileExpression(query);
  // `test` knows of the states of a pattern only, and so is several times as fast as a search for places.
  return {
    mayBeIn: isOfOneLine.test(query.text) ? () => true : (lines) => expression.test(lines),
    isIn(line) {
      const text = line.slice(0, maxSourceChars);
      return expression.test(text) && hasSomething(expression, text);
    },
  };
}

/** What matches at the end of a text and not of each line: `\A`, `\z`, `(?-m)`; or may look like that. */
const isOfOneLine = /\\[Az]|\(\?[a-zA-Z]*-/;

/** What matches nothing, such as `x*`, matches everywhere. */
function hasSomething(expression: RE2JS, text: string): boolean {
  const matcher = expression.matcher(text);
  while (matcher.find()) if (matcher.end() > matcher.start()) return true;
  return false;
}
