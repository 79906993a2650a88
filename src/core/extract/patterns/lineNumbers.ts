import { charKind, codeAt, kindOf } from '../charKinds';
import { numberEnd, numberValue, parseNumber } from '../numberText';
import type { Span } from './compilePattern';

export interface PlacedNumber extends Span {
  readonly value: number;
}

const NAMED = /(?<![\w.])[-+]?(?:nan|inf|infinity)(?![\w.])/gi;

/** The numbers of a line from left to right, `nan` and `inf` too, and those that are part of a word. */
export function numbersIn(line: string): readonly PlacedNumber[] {
  const numbers: PlacedNumber[] = [];
  for (let at = 0; at < line.length; ) {
    // What a word is glued to is no sign: `2024-01-02`.
    const end = isSign(line, at) && isWordBefore(line, at) ? at : numberEnd(line, at);
    if (end === at) at++;
    else {
      numbers.push({ value: numberValue(line, at, end), start: at, end });
      at = end;
    }
  }
  for (const match of line.matchAll(NAMED)) {
    const value = parseNumber(match[0]) ?? Number.NaN;
    numbers.push({ value, start: match.index, end: match.index + match[0].length });
  }
  return numbers.sort((a, b) => a.start - b.start);
}

function isSign(line: string, at: number): boolean {
  return line[at] === '-' || line[at] === '+';
}

function isWordBefore(line: string, at: number): boolean {
  if (at === 0) return false;
  const kind = kindOf(codeAt(line, at - 1));
  return kind === charKind.digit || kind === charKind.letter || line[at - 1] === ')';
}
