const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

export interface StringParts {
  /** Lower case: `r`, `b`, `f` and so on. */
  readonly prefix: string;
  /** Offsets of the content in the literal. */
  readonly from: number;
  readonly to: number;
}

/** The parts of a string literal; undefined if it does not end. */
export function splitString(literal: string): StringParts | undefined {
  const opening = /^([a-zA-Z]{0,3})("""|'''|"|')/.exec(literal);
  if (opening === null) return undefined;
  const [whole, prefix = '', quote = ''] = opening;
  const to = literal.length - quote.length;
  if (to < whole.length || !literal.endsWith(quote)) return undefined;
  return { prefix: prefix.toLowerCase(), from: whole.length, to };
}

/** The text that the content of a literal stands for; `\N{…}` and octal escapes stay as written. */
export function decodeEscapes(content: string, isRaw: boolean): string {
  if (isRaw || !content.includes('\\')) return content;
  return content.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|\r?\n|([^\r]))/g,
    (whole, hex2?: string, hex4?: string, hex8?: string, single?: string) => {
      const code = hex2 ?? hex4 ?? hex8;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      }
      return single === undefined ? '' : (escapes[single] ?? whole);
    },
  );
}
