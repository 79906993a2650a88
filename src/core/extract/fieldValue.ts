import { codeAt, isBlank, isLetter, isWordChar, skipBlanks } from './charKinds';
import { NUMBER_PATTERN, numberEnd, numberValue } from './numberText';

/** What stands behind a number and belongs to it. */
export interface ValueTail {
  /** The `100` of `4/100`. */
  total: number | undefined;
  /** The `86` of `864/1000 (86%)`. */
  percent: number | undefined;
  /** What is glued to the number or follows it: `ms`, `%`, `it/s`. */
  unit: string;
  /** The place behind all of it. */
  end: number;
}

export function createValueTail(): ValueTail {
  return { total: undefined, percent: undefined, unit: '', end: 0 };
}

const SKIPPED_AFTER_VALUE =
  /\s*\(\s*(?:[-+\d.eE,]+|nan|inf)\s*\)|\s*(?:±|\+\/-|\+-)\s*[\d.eE+-]+|(?<=\d)\+[\d.]+/iy;
const PERCENT = new RegExp(`\\s*\\(\\s*(${NUMBER_PATTERN})\\s*%\\s*\\)`, 'y');
const UNIT =
  /(?:%|°C?|\s?(?:[munµ]?s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|[KMGT]i?B?|B|Hz|GFLOPs|x)(?:\/\w+)?(?![\w/])|\s?[A-Za-z]+\/(?:s|sec|second|step|it|iter|batch|epoch|sample|min|hour)(?![\w/]))/iy;
const LONGEST_GLUED_UNIT = 12;

const OPEN = 0x28;
const PLUS = 0x2b;
const SLASH = 0x2f;
const PERCENT_SIGN = 0x25;
const DEGREE = 0xb0;
const MICRO = 0xb5;
const PLUS_MINUS = 0xb1;

/** Reads on behind a number that ends at `at`, into `tail`. Each pattern is tried only where it can begin. */
export function readValueTail(text: string, at: number, tail: ValueTail): void {
  let end = at;
  tail.total = undefined;
  tail.percent = undefined;
  tail.unit = '';
  let next = skipBlanks(text, end);
  if (codeAt(text, next) === SLASH) {
    const start = skipBlanks(text, next + 1);
    const totalEnd = numberEnd(text, start);
    const behind = codeAt(text, totalEnd);
    if (totalEnd > start && !isWordChar(behind) && behind !== 0x2e) {
      tail.total = numberValue(text, start, totalEnd);
      end = totalEnd;
      next = skipBlanks(text, end);
    }
  }
  if (codeAt(text, next) === OPEN) {
    const found = match(PERCENT, text, end);
    if (found !== null) {
      tail.percent = numberValue(found[1] ?? '');
      end += found[0].length;
    }
  }
  if (tail.total === undefined) {
    const found = mayBeUnit(text, end) ? match(UNIT, text, end) : null;
    if (found === null) tail.unit = gluedUnit(text, end);
    else {
      tail.unit = found[0].trim();
      end += found[0].length;
    }
  }
  if (maySkip(text, end)) end += match(SKIPPED_AFTER_VALUE, text, end)?.[0].length ?? 0;
  tail.end = end;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Units are short words, or have a slash: `0.5 acc` has none. */
function mayBeUnit(text: string, at: number): boolean {
  const first = codeAt(text, at);
  if (first === PERCENT_SIGN || first === DEGREE) return true;
  const start = isBlank(first) ? at + 1 : at;
  if (codeAt(text, start) === MICRO) return true;
  let end = start;
  while (isLetter(codeAt(text, end))) end++;
  if (end === start) return false;
  if (codeAt(text, end) === SLASH) return true;
  return end - start <= LONGEST_UNIT_WORD && UNIT_WORDS.has(text.slice(start, end).toLowerCase());
}

/** The words of `UNIT`: most of what follows a number is the next key, and none of them. */
const UNIT_WORDS: ReadonlySet<string> = new Set(
  `s ms us ns sec secs second seconds min mins minute minutes h hr hrs hour hours
  k m g t kb mb gb tb ki mi gi ti kib mib gib tib b hz gflops x`.split(/\s+/),
);
const LONGEST_UNIT_WORD = 7;

/** Letters glued to a number make it a quantity of something, or no number at all. */
function gluedUnit(text: string, at: number): string {
  const first = codeAt(text, at);
  if (!isLetter(first) && first !== 0x5f) return '';
  let end = at + 1;
  while (end < at + LONGEST_GLUED_UNIT && isWordChar(codeAt(text, end))) end++;
  return text.slice(at, end);
}

/** Whether a deviation or an average may follow: `(0.5)`, `± 0.1`, `+0.1`. */
function maySkip(text: string, at: number): boolean {
  const code = codeAt(text, skipBlanks(text, at));
  return code === OPEN || code === PLUS || code === PLUS_MINUS;
}
