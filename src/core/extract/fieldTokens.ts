import {
  charKind,
  codeAt,
  isBlank,
  isDigit,
  isLetter,
  isWordChar,
  kindOf,
  skipDigits,
} from './charKinds';
import { numberEnd } from './numberText';

/** What a piece of a line is to the field scanner. */
export const tokenKind = {
  word: 1,
  number: 2,
  /** Times, dates, versions, addresses, hashes, paths, URLs: never values. */
  junk: 3,
  /** Any other character. */
  mark: 4,
} as const;

/** The pieces of one line; the arrays are used again for the next. */
export interface Tokens {
  readonly kinds: Uint8Array;
  readonly starts: Uint16Array;
  readonly ends: Uint16Array;
  count: number;
}

/** No longer text can be cut into tokens. */
export const MAX_TOKENIZED_CHARS = 4_000;

export function createTokens(): Tokens {
  return {
    kinds: new Uint8Array(MAX_TOKENIZED_CHARS),
    starts: new Uint16Array(MAX_TOKENIZED_CHARS),
    ends: new Uint16Array(MAX_TOKENIZED_CHARS),
    count: 0,
  };
}

/** Cuts a text of at most `MAX_TOKENIZED_CHARS` into its pieces; blanks belong to none. */
export function tokenize(text: string, tokens: Tokens): void {
  const { kinds, starts, ends } = tokens;
  let count = 0;
  let asked = 0; // where the run of characters ends that was searched for `?a=b`
  for (let at = 0; at < text.length; ) {
    const code = codeAt(text, at);
    if (isBlank(code)) {
      at++;
      continue;
    }
    let kind: number = tokenKind.mark;
    let end = at + 1;
    const junk = junkEnd(text, at, code);
    if (junk > at) {
      kind = tokenKind.junk;
      end = junk;
    } else if (mayBeginNumber(code) && numberEnd(text, at) > at) {
      kind = tokenKind.number;
      end = numberEnd(text, at);
    } else if (beginsWord(code)) {
      kind = tokenKind.word;
      end = wordEnd(text, at + 1);
    } else if (code === HASH && isLetter(codeAt(text, at + 1))) {
      kind = tokenKind.word;
      end = at + 2;
      while (isWordChar(codeAt(text, end))) end++;
    } else if (code === QUESTION && at >= asked) {
      // `?a=b`: what follows the path of an address.
      asked = nonBlankEnd(text, at);
      const equals = text.indexOf('=', at);
      if (equals !== -1 && equals < asked) {
        kind = tokenKind.junk;
        end = asked;
      }
    }
    kinds[count] = kind;
    starts[count] = at;
    ends[count] = end;
    count++;
    at = end;
  }
  tokens.count = count;
}

const HASH = 0x23;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const SLASH = 0x2f;
const COLON = 0x3a;
const EQUALS = 0x3d;
const QUESTION = 0x3f;
const AT = 0x40;
const BACKSLASH = 0x5c;
const TILDE = 0x7e;

function mayBeginNumber(code: number): boolean {
  return isDigit(code) || code === MINUS || code === PLUS || code === POINT;
}

function isIdeographOrGreek(code: number): boolean {
  // µ and the ² of R².
  return (
    code === 0xb5 ||
    code === 0xb2 ||
    (code >= 0x3b1 && code <= 0x3c9) ||
    (code >= 0x4e00 && code <= 0x9fff)
  );
}

function beginsWord(code: number): boolean {
  if (code < 128) return kindOf(code) > charKind.digit;
  return isIdeographOrGreek(code) || (code >= 0x391 && code <= 0x3a9);
}

/** Words go on over `-/.&+'` between their parts, and hold `@`, `^` and `#`: `mAP@0.5:.95`, `p@1`. */
function wordEnd(text: string, at: number): number {
  let end = at;
  for (;;) {
    const code = codeAt(text, end);
    if (isWordChar(code)) end++;
    else if (code === AT || code === 0x5e || code === HASH || isIdeographOrGreek(code)) end++;
    else if (joinsWords(code) && isWordChar(codeAt(text, end + 1))) end++;
    else if (
      code === COLON &&
      codeAt(text, end + 1) === POINT &&
      isDigit(codeAt(text, end + 2)) &&
      mayPrecedeColon(codeAt(text, end - 1))
    )
      end++;
    else return end;
  }
}

/** `-`, `/`, `.`, `&`, `+` and `'`. */
function joinsWords(code: number): boolean {
  return (
    code === MINUS ||
    code === SLASH ||
    code === POINT ||
    code === 0x26 ||
    code === PLUS ||
    code === 0x27
  );
}

function mayPrecedeColon(code: number): boolean {
  return isDigit(code) || code === AT || code === POINT || code === COLON;
}

/** The end of the junk that begins at `at`, whose character is `code`; `at` itself if none does. */
function junkEnd(text: string, at: number, code: number): number {
  if (isDigit(code)) return digitJunkEnd(text, at);
  if (isLetter(code)) {
    if (code === 0x68 && text.startsWith('http', at)) {
      const colon = codeAt(text, at + 4) === 0x73 ? at + 5 : at + 4;
      if (codeAt(text, colon) !== COLON) return at;
      const end = nonBlankEnd(text, colon + 1);
      return end > colon + 1 ? end : at;
    }
    const slash = codeAt(text, at + 2);
    if (codeAt(text, at + 1) !== COLON || (slash !== SLASH && slash !== BACKSLASH)) return at;
    return pathEnd(text, at, at + 3);
  }
  if (code === SLASH) return pathEnd(text, at, at + 1);
  if (code === TILDE) {
    return codeAt(text, at + 1) === SLASH ? pathEnd(text, at, at + 2) : at;
  }
  if (code === POINT) {
    const dots = codeAt(text, at + 1) === POINT ? 2 : 1;
    return codeAt(text, at + dots) === SLASH ? pathEnd(text, at, at + dots + 1) : at;
  }
  return at;
}

/** `[\w.\-/\\+=]+`, at least one. */
function pathEnd(text: string, start: number, at: number): number {
  let end = at;
  for (;;) {
    const code = codeAt(text, end);
    const inPath =
      isWordChar(code) ||
      code === POINT ||
      code === MINUS ||
      code === SLASH ||
      code === BACKSLASH ||
      code === PLUS ||
      code === EQUALS;
    if (!inPath) return end > at ? end : start;
    end++;
  }
}

function nonBlankEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isBlank(codeAt(text, end))) end++;
  return end;
}

function digitJunkEnd(text: string, at: number): number {
  const digits = skipDigits(text, at);
  const next = codeAt(text, digits);
  if (next === MINUS || next === SLASH) return dateEnd(text, at, digits);
  if (next === COLON) return clockEnd(text, at, digits);
  if (next === POINT) return versionEnd(text, at, digits);
  return next === 0x78 && digits === at + 1 && codeAt(text, at) === 0x30 ? hexEnd(text, at) : at;
}

/** `2026-11-20`, `20/11/26`. */
function dateEnd(text: string, start: number, firstEnd: number): number {
  const second = skipDigits(text, firstEnd + 1);
  const separator = codeAt(text, second);
  if (second === firstEnd + 1 || second > firstEnd + 3) return start;
  if (separator !== MINUS && separator !== SLASH) return start;
  const end = skipDigits(text, second + 1);
  const length = end - second - 1;
  return length >= 2 && length <= 4 && !isWordChar(codeAt(text, end)) ? end : start;
}

/** `12:30`, `1:02:03.5`. */
function clockEnd(text: string, start: number, firstEnd: number): number {
  let end = twoDigitsEnd(text, firstEnd);
  if (end === firstEnd) return start;
  if (codeAt(text, end) === COLON) end = twoDigitsEnd(text, end);
  if (codeAt(text, end) === POINT && isDigit(codeAt(text, end + 1)))
    end = skipDigits(text, end + 1);
  const next = codeAt(text, end);
  return isDigit(next) || next === COLON || next === POINT ? start : end;
}

/** The place behind `:` and two digits at `at`; `at` itself if they are not there. */
function twoDigitsEnd(text: string, at: number): number {
  return isDigit(codeAt(text, at + 1)) && isDigit(codeAt(text, at + 2)) ? at + 3 : at;
}

/** `1.2.3`, `10.0.0.1`, `2.1.0+cu121`. */
function versionEnd(text: string, start: number, firstEnd: number): number {
  let end = firstEnd;
  let parts = 0;
  while (codeAt(text, end) === POINT && isDigit(codeAt(text, end + 1))) {
    end = skipDigits(text, end + 1);
    parts++;
  }
  if (parts < 2) return start;
  for (;;) {
    const code = codeAt(text, end);
    if (!isWordChar(code) && code !== POINT && code !== PLUS && code !== MINUS) return end;
    end++;
  }
}

function hexEnd(text: string, at: number): number {
  let end = at + 2;
  for (;;) {
    const code = codeAt(text, end);
    const letter = code | 0x20;
    if (!isDigit(code) && (letter < 0x61 || letter > 0x66)) return end > at + 2 ? end : at;
    end++;
  }
}
