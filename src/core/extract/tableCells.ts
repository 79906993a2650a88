/** One cell of a table line with the columns of the screen that it covers. */
export interface Cell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type CellStyle = 'ruled' | 'comma' | 'tab' | 'blank';

const RULE = /[|│┃┆║]/;
const BORDER = /^[\s|│┃║+\-=─━═┄╭╮╰╯├┤┬┴┼┌┐└┘┏┓┗┛┡┩╇┳┻╋┠┨┷┯╞╡╪:]+$/;
// A bar that shares the line of its numbers, as in Ultralytics' tables.
const TRAILING_BAR =
  /:?\s*\d{1,3}%(?:\|[^|]*\||\s*[━╸█▉-▏ ]*)?\s*\d+\/\d+\s*(?:\[[^\]]*\]|[\d.]+\S*).*$/;

/** A line of nothing but rules between the parts of a table. */
export function isBorder(line: string): boolean {
  return BORDER.test(line) && line.trim().length >= 3;
}

export function withoutTrailingBar(line: string): string {
  return line.includes('%') ? line.replace(TRAILING_BAR, '') : line;
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
  if (style === 'blank') {
    return [...line.matchAll(/[^\s|│┃║]+(?: [^\s|│┃║]+)*/g)].map(toCell);
  }
  const delimiter = style === 'ruled' ? RULE : style === 'comma' ? /,/ : /\t/;
  const cells: Cell[] = [];
  let start = 0;
  const inner =
    style === 'ruled' ? line.replace(/^\s*[|│┃║]/, (rule) => ' '.repeat(rule.length)) : line;
  const text = style === 'ruled' ? inner.replace(/[|│┃║]\s*$/, '') : inner;
  for (const part of text.split(new RegExp(delimiter, 'g'))) {
    const lead = part.length - part.trimStart().length;
    cells.push({ text: part.trim(), start: start + lead, end: start + part.trimEnd().length });
    start += part.length + 1;
  }
  return cells;
}

function toCell(match: RegExpExecArray): Cell {
  return { text: match[0], start: match.index, end: match.index + match[0].length };
}

/** Single words of a line, each a cell, save that neighbouring words without digits stay together. */
export function splitWords(line: string): readonly Cell[] {
  return [...line.matchAll(/[^\s\d|│┃║+][^\s|│┃║]*(?: (?![-+.\d([])[^\s|│┃║]+)*|[^\s|│┃║]+/g)].map(
    toCell,
  );
}
