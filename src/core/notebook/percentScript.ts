import type { Notebook } from './notebook';
import { commentMagics, hasBareMagic, uncommentMagics } from './percentMagics';
import { type PercentMarker, readPercentMarker } from './percentMarker';
import { createQuoteTracker } from './quoteTracker';

/**
 * A script whose cells begin with `# %%`, as Jupytext writes it
 * (https://jupytext.readthedocs.io/en/latest/formats-scripts.html#the-percent-format) and VS Code's Interactive
 * Window runs it. Lines are counted from 0; an end is that of the line behind.
 */
export interface PercentScript {
  /** With their line ends: together they are the file. */
  readonly lines: readonly string[];
  /** What comes before the first cell: Jupytext's header, blank lines. */
  readonly headerEndLine: number;
  /** Each begins where the one before ends. */
  readonly cells: readonly PercentCell[];
}

export interface PercentCell extends PercentMarker {
  /** As a notebook would have it: comment signs of Markdown gone, magics brought back, lines by `\n`. */
  readonly source: string;
  /** Its marker; its first line where it has none, as only the first cell can. */
  readonly startLine: number;
  /** The lines of its source, without the blank ones that divide it from the next cell. */
  readonly sourceStartLine: number;
  readonly sourceEndLine: number;
  readonly endLine: number;
}

/** Reads any text; one without a marker is one cell. */
export function parsePercentScript(text: string): PercentScript {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const headerEnd = findHeaderEnd(lines);
  const markers = findMarkers(lines, headerEnd);
  const firstLine = markers[0]?.[0] ?? lines.length;
  const isBlankBefore = lines.slice(headerEnd, firstLine).every(isBlank);
  const starts: readonly (readonly [number, PercentMarker | undefined])[] = isBlankBefore
    ? markers
    : [[skipBlank(lines, headerEnd), undefined], ...markers];
  return {
    lines,
    headerEndLine: starts[0]?.[0] ?? lines.length,
    cells: starts.map(([startLine, marker], index) =>
      readCell(lines, startLine, starts[index + 1]?.[0] ?? lines.length, marker),
    ),
  };
}

/** The cells as those of a notebook; the header is a part of its metadata. */
export function percentNotebook({ lines, headerEndLine, cells }: PercentScript): Notebook {
  const header = lines.slice(0, headerEndLine).join('').trim();
  return {
    cells: cells.map(({ kind, source, title, metadata }) => ({
      kind,
      source,
      outputs: [],
      metadata: title === undefined ? metadata : { title, ...metadata },
    })),
    metadata: header === '' ? {} : { header: header.split(/\r?\n/) },
    language: 'python',
    nbformat: 4,
    nbformatMinor: 5,
  };
}

/** A part of a text that gives way to another; lines as in `PercentScript`. */
export interface LineEdit {
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

/** How the source of one cell becomes another: all else of the file stays as it is. */
export function replacePercentSource(
  { lines, cells }: PercentScript,
  index: number,
  source: string,
): LineEdit {
  const cell = cells[index];
  if (!cell) throw new RangeError(`There is no cell ${index}.`);
  const { sourceStartLine: startLine, sourceEndLine: endLine } = cell;
  const old = lines.slice(startLine, endLine).map(withoutEnd);
  const isBare = cells.some(
    ({ kind, sourceStartLine: from, sourceEndLine: to }) =>
      kind === 'code' && hasBareMagic(lines.slice(from, to).map(withoutEnd)),
  );
  const written = writeSource(cell.kind, source, old, isBare);
  const eol = lines.some((line) => line.endsWith('\r\n')) ? '\r\n' : '\n';
  const before = lines[startLine - 1];
  const start = before === undefined || before.endsWith('\n') || written.length === 0 ? '' : eol;
  const wasOpen = endLine === lines.length && !(lines.at(-1) ?? '\n').endsWith('\n');
  const end = wasOpen || written.length === 0 ? '' : eol;
  return { startLine, endLine, text: `${start}${written.join(eol)}${end}` };
}

/** @param isBare whether the script has its magics as they are, as one for VS Code alone. */
function writeSource(
  kind: PercentCell['kind'],
  source: string,
  old: readonly string[],
  isBare: boolean,
): readonly string[] {
  if (source === '') return [];
  const plain = source.split('\n');
  if (kind === 'code') return isBare ? plain : commentMagics(plain);
  const quote = quoteAround(old);
  if (quote !== undefined && !source.includes(quote) && !source.includes('\\')) {
    return [quote, ...plain, quote];
  }
  return plain.map((line) => (line === '' ? '#' : `# ${line}`));
}

function readCell(
  lines: readonly string[],
  startLine: number,
  endLine: number,
  marker: PercentMarker | undefined,
): PercentCell {
  const sourceStartLine = startLine + (marker ? 1 : 0);
  const sourceEndLine = endLine - blankLinesAtEnd(lines.slice(startLine, endLine));
  const own = lines.slice(sourceStartLine, sourceEndLine).map(withoutEnd);
  const { kind, ...rest } = marker ?? { kind: 'code', metadata: {} };
  const source = (kind === 'code' ? uncommentMagics(own) : readText(own)).join('\n');
  return { kind, ...rest, source, startLine, sourceStartLine, sourceEndLine, endLine };
}

/** One blank line divides two cells, or just two; what there is more of them belongs to the source. */
function blankLinesAtEnd(lines: readonly string[]): number {
  const [third = '', second = '', last] = lines.slice(-3);
  if (last !== undefined && !isBlank(third) && isBlank(second) && isBlank(last)) return 2;
  const end = lines.at(-1);
  return end !== undefined && withoutEnd(end) === '' ? 1 : 0;
}

/** Text is commented out, or one string with its quotes on lines of their own or at its ends. */
function readText(lines: readonly string[]): readonly string[] {
  const quote = quoteAround(lines);
  if (quote === undefined) return lines.map((line) => line.replace(/^# ?/, ''));
  const inner = lines.join('\n').trim().slice(quote.length, -quote.length);
  return inner.replace(/^\n/, '').replace(/\n$/, '').split('\n');
}

function quoteAround(lines: readonly string[]): string | undefined {
  const text = lines.join('\n').trim();
  const quote = text.slice(0, 3);
  if (quote !== '"""' && quote !== "'''") return undefined;
  return text.length >= 6 && text.indexOf(quote, 3) === text.length - 3 ? quote : undefined;
}

/** Jupytext's header is commented YAML between two lines of `# ---`, after what Python itself reads. */
function findHeaderEnd(lines: readonly string[]): number {
  let at = 0;
  while (/^(?:#!|#.*?coding[:=])/.test(lines[at] ?? '')) at++;
  if (!isRule(lines[at])) return at;
  for (let end = at + 1; (lines[end] ?? '').startsWith('#'); end++) {
    if (isRule(lines[end])) return end + 1;
  }
  return at;
}

function findMarkers(
  lines: readonly string[],
  from: number,
): readonly (readonly [number, PercentMarker])[] {
  const markers: (readonly [number, PercentMarker])[] = [];
  const quotes = createQuoteTracker();
  for (let at = from; at < lines.length; at++) {
    const line = withoutEnd(lines[at] ?? '');
    const marker = quotes.isQuoted() ? undefined : readPercentMarker(line);
    if (marker) markers.push([at, marker]);
    quotes.read(line);
  }
  return markers;
}

function isRule(line: string | undefined): boolean {
  return /^#\s*---\s*$/.test(line ?? '');
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

function skipBlank(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && isBlank(lines[at] ?? '')) at++;
  return at;
}

function withoutEnd(line: string): string {
  return line.replace(/\r?\n$/, '');
}
