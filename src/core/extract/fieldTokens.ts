import { NUMBER_PATTERN } from './numberText';

/** A piece of a line as the field scanner sees it. */
export interface Token {
  readonly kind: 'word' | 'number' | 'junk' | 'mark';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = new RegExp(
  [
    // Times, dates, versions, addresses, hashes, paths, URLs: never values.
    String.raw`(?<junk>https?:\S+|(?:\.{0,2}\/|~\/|[A-Za-z]:[\\/])[\w.\-/\\+=]+|\d+[-/]\d{1,2}[-/]\d{2,4}\b(?:[T_]\S+)?|\d+:\d{2}(?::\d{2})?(?:\.\d+)?(?![\d:.])|\d+(?:\.\d+){2,}[\w.+-]*|0x[\da-fA-F]+|\?\S*=\S*)`,
    String.raw`(?<number>(?:${NUMBER_PATTERN}))(?![\d])`,
    String.raw`(?<word>[A-Za-z_µ\u03b1-\u03c9\u0391-\u03a9\u4e00-\u9fff](?:[\w@^#µ\u03b1-\u03c9\u4e00-\u9fff]|[-/.&+'](?=[A-Za-z\d_])|@\.(?=\d)|'s(?= )|(?<=[@.:\d]):(?=\.\d))*|#[A-Za-z]\w*)`,
    String.raw`(?<mark>\S)`,
  ].join('|'),
  'g',
);

export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const groups = match.groups ?? {};
    const kind =
      groups.junk !== undefined
        ? 'junk'
        : groups.number !== undefined
          ? 'number'
          : groups.word !== undefined
            ? 'word'
            : 'mark';
    tokens.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}
