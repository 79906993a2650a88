import { parseWrappedNumber } from './numberText';

/** A printed Python or JSON value: a leaf as its text, a list or a dict. */
export type Literal =
  | { readonly kind: 'leaf'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'list'; readonly items: readonly Literal[]; readonly text: string }
  | {
      readonly kind: 'dict';
      readonly entries: readonly (readonly [string, Literal])[];
      readonly text: string;
    };

const MAX_DEPTH = 12;
const BARE = /[^,{}[\]():'"]+/y;

/** Reads one literal that begins at `at`; `undefined` if the text there is none. Never throws. */
export function parseLiteral(
  text: string,
  at: number,
): { readonly value: Literal; readonly end: number } | undefined {
  let place = at;

  function skipBlanks(): void {
    while (/\s/.test(text.charAt(place))) place++;
  }

  function quoted(): string | undefined {
    const quote = text.charAt(place);
    let end = place + 1;
    while (end < text.length && text.charAt(end) !== quote)
      end += text.charAt(end) === '\\' ? 2 : 1;
    if (end >= text.length) return undefined;
    const inner = text.slice(place + 1, end);
    place = end + 1;
    return inner;
  }

  function value(depth: number): Literal | undefined {
    skipBlanks();
    if (depth > MAX_DEPTH) return undefined;
    const start = place;
    const char = text.charAt(place);
    if (char === '{') return dict(depth, start);
    if (char === '[' || char === '(') return list(depth, start);
    if (char === "'" || char === '"') {
      const inner = quoted();
      return inner === undefined ? undefined : { kind: 'leaf', text: inner, quoted: true };
    }
    return bare(depth, start);
  }

  /** A number, a name or a call such as `tensor(0.5, device='cuda:0')`, kept as text. */
  function bare(depth: number, start: number): Literal | undefined {
    for (;;) {
      BARE.lastIndex = place;
      const run = BARE.exec(text);
      if (run !== null) place += run[0].length;
      if (text.charAt(place) === '(' && place > start) {
        if (list(depth + 1, place) === undefined) return undefined;
        continue;
      }
      if (text.charAt(place) === ':' && text.charAt(place - 1).trim() !== '' && run !== null) {
        return undefined;
      }
      break;
    }
    const leaf = text.slice(start, place).trim();
    return leaf === '' ? undefined : { kind: 'leaf', text: leaf, quoted: false };
  }

  function list(depth: number, start: number): Literal | undefined {
    const close = text.charAt(place) === '[' ? ']' : ')';
    const items: Literal[] = [];
    place++;
    for (;;) {
      skipBlanks();
      if (text.charAt(place) === close) break;
      if (place >= text.length) return undefined;
      // A keyword argument inside a call: its name says nothing here.
      const item = value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      skipBlanks();
      if (text.charAt(place) === ',') place++;
      else if (text.charAt(place) !== close && items.length > 10_000) return undefined;
    }
    place++;
    return { kind: 'list', items, text: text.slice(start, place) };
  }

  function dict(depth: number, start: number): Literal | undefined {
    const entries: [string, Literal][] = [];
    place++;
    for (;;) {
      skipBlanks();
      const char = text.charAt(place);
      if (char === '}') break;
      let key: string | undefined;
      if (char === "'" || char === '"') key = quoted();
      else {
        const name = /^[\w.\-/]+/.exec(text.slice(place, place + 120))?.[0];
        key = name;
        place += name?.length ?? 0;
      }
      skipBlanks();
      if (key === undefined || text.charAt(place) !== ':') return undefined;
      place++;
      const entry = value(depth + 1);
      if (entry === undefined) return undefined;
      entries.push([key, entry]);
      skipBlanks();
      if (text.charAt(place) === ',') place++;
      else if (text.charAt(place) !== '}') return undefined;
    }
    place++;
    return { kind: 'dict', entries, text: text.slice(start, place) };
  }

  const read = value(0);
  return read === undefined ? undefined : { value: read, end: place };
}

/** A literal as the text of a param: without quotes, `True` as `true`. */
export function literalText(value: Literal): string {
  if (value.kind !== 'leaf') return value.text;
  if (value.quoted) return value.text;
  return value.text === 'True' || value.text === 'False' ? value.text.toLowerCase() : value.text;
}

/** The number of a leaf, also if quoted or wrapped by its library. */
export function literalNumber(value: Literal): number | undefined {
  if (value.kind === 'dict') return undefined;
  if (value.kind === 'list')
    return value.items.length === 1 ? parseWrappedNumber(value.text) : undefined;
  return parseWrappedNumber(value.text);
}
