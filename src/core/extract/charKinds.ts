/** What kinds of character there are for who scans by hand; all that is not ASCII is `other`. */
export const charKind = { other: 0, blank: 1, digit: 2, letter: 3, underscore: 4 } as const;

const KINDS = new Uint8Array(128);
for (const code of [9, 10, 11, 12, 13, 32]) KINDS[code] = charKind.blank;
for (let code = 48; code <= 57; code++) KINDS[code] = charKind.digit;
for (let code = 65; code <= 90; code++) {
  KINDS[code] = charKind.letter;
  KINDS[code + 32] = charKind.letter;
}
KINDS[95] = charKind.underscore;

/** The kind of a UTF-16 code unit; `other` beyond ASCII and for NaN, the unit behind the end. */
export function kindOf(code: number): number {
  return code < 128 ? (KINDS[code] ?? 0) : 0;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** `[A-Za-z]`. */
export function isLetter(code: number): boolean {
  return kindOf(code) === charKind.letter;
}

/** `\w` of regular expressions. */
export function isWordChar(code: number): boolean {
  return kindOf(code) >= charKind.digit;
}

/** `\s` of regular expressions. */
export function isBlank(code: number): boolean {
  if (code < 128) return KINDS[code] === charKind.blank;
  return (
    code === 0xa0 ||
    code === 0xfeff ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/**
 * The UTF-16 code unit at a place; 0 outside the text. (`charCodeAt` gives NaN there, and engines
 * compile a scanner that ever saw one into calls.)
 */
export function codeAt(text: string, at: number): number {
  return at >= 0 && at < text.length ? text.charCodeAt(at) : 0;
}

/** The place of the first character at or after `at` that is no blank. */
export function skipBlanks(text: string, at: number): number {
  let place = at;
  while (isBlank(codeAt(text, place))) place++;
  return place;
}

/** The place behind the digits that begin at `at`. */
export function skipDigits(text: string, at: number): number {
  let place = at;
  while (isDigit(codeAt(text, place))) place++;
  return place;
}
