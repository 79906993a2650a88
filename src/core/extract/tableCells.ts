import { codeAt, isBlank, isDigit } from './charKinds';
import { numberEnd, numberValue, parseWrappedNumber } from './numberText';

/** One cell of a table line with the columns of the screen that it covers. */
export interface Cell {
  readonly text: string;
  /** The number that the text is, bare or wrapped. */
  readonly value: number | undefined;
  readonly start: number;
  readonly end: number;
}

export type CellStyle = 'ruled' | 'comma' | 'tab' | 'blank';

const RULE = /[|│┃┆║]/;
const BORDER = /^[\s|│┃║+\-=─━═┄╭╮╰╯├┤┬┴┼┌┐└┘┏┓┗┛┡┩╇┳┻╋┠┨┷┯╞╡╪:]+$/;
// A bar that shares the line of its numbers, as in Ultralytics' tables.
const BEHIND_PERCENT = /%(?:\|[^|]*\||\s*[━╸█▉-▏ ]*)?\s*\d+\/\d+\s*(?:\[[^\]]*\]|[\d.]+\S*).*$/y;
const BEFORE_PERCENT = /:?\s*\d{1,3}$/;

/** A line of nothing but rules between the parts of a table. */
export function isBorder(line: string): boolean {
  return BORDER.test(line) && line.trim().length >= 3;
}

export function withoutTrailingBar(line: string): string {
  if (!line.includes('/')) return line;
  for (let percent = line.indexOf('%'); percent !== -1; percent = line.indexOf('%', percent + 1)) {
    BEHIND_PERCENT.lastIndex = percent;
    if (!isDigit(codeAt(line, percent - 1)) || !BEHIND_PERCENT.test(line)) continue;
    return line.slice(0, percent).replace(BEFORE_PERCENT, '');
  }
  return line;
}

/** How the line keeps its cells apart; `undefined` if it has fewer than two. */
export function cellStyle(line: string): CellStyle | undefined {
  const text = line.trim();
  if (RULE.test(text.charAt(0)) && RULE.test(text.slice(1))) {
    return splitCells(line, 'ruled').length > 1 ? 'ruled' : 'blank';
  }
  if (/^[\w #.()/@%-]+(?:,[\w #.()/@%-]*)+$/.test(text) && !text.includes(', ')) return 'comma';
  if (text.includes('\t')) return 'tab';
  return /\S\s{2,}\S/.test(text) ? 'blank' : undefined;
}

/** The cells of a line; empty ones are kept where the style has delimiters. */
export function splitCells(line: string, style: CellStyle): readonly Cell[] {
  if (style === 'blank') return runsOf(line, () => true);
  if (style === 'ruled') {
    const inner = line.replace(LEADING_RULE, (rule) => ' '.repeat(rule.length));
    return partsOf(inner.replace(TRAILING_RULE, ''), RULE);
  }
  return partsOf(line, style === 'comma' ? ',' : '\t');
}

/** Single words of a line, each a cell, save that neighbouring words without digits stay together. */
export function splitWords(line: string): readonly Cell[] {
  return runsOf(line, isOneWord);
}

const LEADING_RULE = /^\s*[|│┃║]/;
const TRAILING_RULE = /[|│┃║]\s*$/;

function partsOf(text: string, delimiter: RegExp | string): readonly Cell[] {
  const cells: Cell[] = [];
  let start = 0;
  for (const part of text.split(delimiter)) {
    const lead = part.length - part.trimStart().length;
    cells.push(toCell(part.trim(), start + lead, start + part.trimEnd().length));
    start += part.length + 1;
  }
  return cells;
}

/** The runs between blanks and rules; `joins` says whether a run goes on over one blank. */
function runsOf(line: string, joins: (first: number, next: number) => boolean): readonly Cell[] {
  const cells: Cell[] = [];
  for (let at = 0; at < line.length; ) {
    const first = codeAt(line, at);
    if (isApart(first)) {
      at++;
      continue;
    }
    let end = runEnd(line, at);
    while (codeAt(line, end) === BLANK && end + 1 < line.length) {
      const next = codeAt(line, end + 1);
      if (isApart(next) || !joins(first, next)) break;
      end = runEnd(line, end + 1);
    }
    cells.push(toCell(line.slice(at, end), at, end));
    at = end;
  }
  return cells;
}

function runEnd(line: string, at: number): number {
  let end = at;
  while (end < line.length && !isApart(codeAt(line, end))) end++;
  return end;
}

const BLANK = 0x20;

/** A blank, or one of the rules that tables draw between columns. */
function isApart(code: number): boolean {
  return isBlank(code) || code === 0x7c || code === 0x2502 || code === 0x2503 || code === 0x2551;
}

function isOneWord(first: number, next: number): boolean {
  return !isDigit(first) && first !== 0x2b && !isDigit(next) && !BEGINS_VALUE.has(next);
}

/** `-`, `+`, `.`, `(` and `[`. */
const BEGINS_VALUE: ReadonlySet<number> = new Set([0x2d, 0x2b, 0x2e, 0x28, 0x5b]);

function toCell(text: string, start: number, end: number): Cell {
  return { text, value: cellValue(text), start, end };
}

const FRACTION = /^(\d+)\/\d+$/;
const NUMBER_LIKE = /\d|nan|inf/i;

/** `3/10` counts 3. */
function cellValue(text: string): number | undefined {
  if (text !== '' && numberEnd(text, 0) === text.length) return numberValue(text);
  if (!NUMBER_LIKE.test(text)) return undefined;
  const fraction = text.includes('/') ? FRACTION.exec(text) : null;
  return fraction === null ? parseWrappedNumber(text) : Number(fraction[1]);
}
