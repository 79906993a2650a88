import { numberEnd } from '../numberText';

/**
 * What a printed text is made of, as far as a pattern must know: words stay as they are, numbers
 * change, and what is volatile (times, rates, paths, drawn bars) can look different in every line.
 */
interface Piece {
  readonly kind: 'word' | 'number' | 'blank' | 'mark' | 'volatile';
  readonly text: string;
}

const VOLATILE = new RegExp(
  [
    // Dates, clocks and durations: `2024-01-02`, `0:01:23`, `1m20s`, `5ms/step`.
    String.raw`\d{4}-\d{2}-\d{2}`,
    String.raw`\d+:\d{2}(?::\d{2})?(?:\.\d+)?(?![\w.])`,
    String.raw`(?:\d[\d.]*(?:days?|hours?|hrs?|min|sec|ms|us|µs|ns|[dhms])(?![A-Za-z]))+(?:/\w+)?`,
    // Rates turn round when they get slow: `8.1it/s`, `1.2s/it`.
    String.raw`[\d.?]+ ?[A-Za-z]{1,8}/(?:s|sec|it|step|batch|epoch)(?![\w])`,
    // Addresses, paths and ids.
    String.raw`\w+://[^\s'"]+`,
    String.raw`(?:~|\.{1,2})?/[A-Za-z_][\w.-]*(?:/[\w.-]+)*`,
    String.raw`[\w.-]+(?:/[\w.-]+)+\.\w{1,6}(?!\w)`,
    String.raw`0x[\da-fA-F]+`,
    String.raw`[\da-f]{8}-[\da-f]{4}-[\da-f-]{20,}`,
    // Bars: `|███▌   |`, `[===>....]`, `━━━╸━━━`.
    String.raw`\|[^|\w]*[█▏▎▍▌▋▊▉▇▆▅▄▃▂▁#][^|\w]*\|`,
    String.raw`\[[=>.#\- ]{6,}\]`,
    '[█▏▎▍▌▋▊▉░▒▓━╸╺─]{3,}',
    String.raw`\.{4,}|={4,}|#{4,}|\*{4,}|-{4,}`,
  ].join('|'),
  'y',
);
const WORD = /[A-Za-z_\u00c0-\uffff]+/y;
const BLANK = /\s+/y;
/** What counts is part of the word: `epoch3`, `fold_2`; in others the digits are the name: `BLEU4`. */
const COUNTED =
  /(?:^|[^A-Za-z])(?:epoch|ep|step|iter|iteration|it|fold|rank|gpu|worker|trial|round|batch|seed|run)[_-]?$/i;
const WORD_DIGITS = /\d+/y;

/** The regular expression for a text that stands between what a user picked, or beside it. */
export interface GeneralText {
  readonly pattern: string;
  readonly hasWords: boolean;
}

/**
 * `exact`: what is volatile too; `short`: of a text with many numbers only the first word and the last
 * label.
 */
export type Detail = 'exact' | 'long' | 'short';

export interface Sides {
  readonly left: Side;
  readonly right: Side;
}

/**
 * Makes a text of one line the pattern of the same text in others.
 *
 * @param sides what it touches on the left and the right.
 * @param detail how much of it is kept.
 */
export function generalise(text: string, sides: Sides, detail: Detail): GeneralText {
  const whole = split(text, detail !== 'exact');
  const pieces = detail === 'short' ? shorten(withoutVolatile(whole)) : withoutVolatile(whole);
  let pattern = '';
  for (const [index, piece] of pieces.entries()) {
    const left = index === 0 ? sides.left : pieces[index - 1]?.kind;
    const right = index === pieces.length - 1 ? sides.right : pieces[index + 1]?.kind;
    pattern += patternOf(piece, left, right);
  }
  return { pattern, hasWords: pieces.some(hasLetters) };
}

function hasLetters({ kind, text }: Piece): boolean {
  return kind === 'word' && /[A-Za-z\u00c0-\uffff]/.test(text);
}

/** More numbers than these make a pattern that nobody can read. */
const maxNumbers = 4;

/** The word that a text begins with tells what line it is, the last one what number follows. */
function shorten(pieces: readonly Piece[]): readonly Piece[] {
  if (pieces.filter(({ kind }) => kind === 'number').length <= maxNumbers) return pieces;
  const word = pieces.findLastIndex(hasLetters);
  if (word < 0) return pieces;
  const gap = pieces.findLastIndex(({ kind }, at) => at < word && isGap(kind));
  const label = pieces.slice(gap + 1);
  const head = pieces.slice(0, pieces[0]?.kind === 'word' && gap > 0 ? 1 : 0);
  return [...head, { kind: 'volatile', text: '' }, ...label];
}

const isGap = (kind: Piece['kind']): boolean => kind === 'number' || kind === 'volatile';

export type Side = Piece['kind'] | 'edge' | undefined;

function patternOf({ kind, text }: Piece, left: Side, right: Side): string {
  switch (kind) {
    case 'number':
      return '{number}';
    case 'volatile':
      // A pattern is found anywhere, so nothing need stand before what it begins with.
      return left === 'edge' ? '' : '.*?';
    case 'blank':
      return blankPattern(text, left, right);
    case 'word':
      return quote(text);
    case 'mark':
      // Counters are padded, and the longest of them is not: `[  5/100]`, `[100/100]`.
      return `${quote(text)}${right === 'number' && /[[(]$/.test(text) ? ' *' : ''}`;
  }
}

function blankPattern(text: string, left: Side, right: Side): string {
  if (left === 'volatile' || right === 'volatile') return '';
  const blank = /^ +$/.test(text) ? ' ' : '\\s';
  if (left === 'edge' || right === 'edge') return `${blank}*`;
  // Numbers are padded to a width; one of that width has only what parts it from the word before.
  if (right === 'number') return left === 'mark' ? `${blank}*` : `${blank}+`;
  return text === ' ' ? ' ' : `${blank}+`;
}

function split(text: string, seesVolatile: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  const read = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  for (let at = 0; at < text.length; ) {
    const last = pieces.at(-1);
    const isWithinWord = last?.kind === 'word';
    const volatile = seesVolatile && !isWithinWord ? read(VOLATILE, at) : undefined;
    const blank = volatile ?? read(BLANK, at);
    const word = blank ?? read(WORD, at);
    let piece: Piece;
    if (volatile !== undefined) piece = { kind: 'volatile', text: volatile };
    else if (blank !== undefined) piece = { kind: 'blank', text: blank };
    else if (word !== undefined) piece = { kind: 'word', text: word };
    else piece = readNumberOrMark(text, at, last, read);
    at += piece.text.length;
    if (piece.kind === last?.kind && piece.kind !== 'number') {
      pieces[pieces.length - 1] = { kind: piece.kind, text: last.text + piece.text };
    } else pieces.push(piece);
  }
  return pieces;
}

function readNumberOrMark(
  text: string,
  at: number,
  last: Piece | undefined,
  read: (pattern: RegExp, at: number) => string | undefined,
): Piece {
  const digits = last?.kind === 'word' ? read(WORD_DIGITS, at) : undefined;
  if (digits !== undefined) {
    const isCounted = COUNTED.test(last?.text ?? '');
    return { kind: isCounted ? 'number' : 'word', text: digits };
  }
  const isSign = /[-+]/.test(text[at] ?? '') && (last?.kind === 'word' || last?.kind === 'number');
  const end = isSign ? at : numberEnd(text, at);
  return end > at
    ? { kind: 'number', text: text.slice(at, end) }
    : { kind: 'mark', text: text[at] ?? '' };
}

/** From the first volatile piece to the last, nothing can be relied on. */
function withoutVolatile(pieces: readonly Piece[]): readonly Piece[] {
  const isVolatile = ({ kind }: Piece) => kind === 'volatile';
  const first = pieces.findIndex(isVolatile);
  if (first < 0) return pieces;
  const last = pieces.findLastIndex(isVolatile);
  return [...pieces.slice(0, first), { kind: 'volatile', text: '' }, ...pieces.slice(last + 1)];
}

/** As RE2 reads it literally; braces too, as `{number}` is none then. */
export function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
