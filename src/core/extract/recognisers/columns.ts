import type { Finding, OpenTable, Reading, Recogniser } from '../finding';
import { classifyKey, keyFacts } from '../keyFacts';
import { hashText } from '../lineForm';
import { EVERY_SIGN, sign } from '../lineSigns';
import {
  type Cell,
  type CellStyle,
  cellStyle,
  isBorder,
  splitCells,
  splitWords,
  withoutTrailingBar,
} from '../tableCells';
import type { KeyKind } from '../vocabulary';
import { tellColumnsApart } from './columnGroups';
import { completeCutHeading } from './cutHeadings';

interface Column {
  readonly name: string;
  readonly kind: KeyKind | 'label';
  readonly start: number;
  readonly end: number;
}

interface Header {
  readonly columns: readonly Column[];
  readonly style: CellStyle;
  readonly positioned: boolean;
  /** Rows may begin with a place that has no heading, as those of a data frame do. */
  readonly indexed: boolean;
  /** The heading went on beyond the edge of the window: rows may have more cells. */
  readonly isCut: boolean;
  /** Nothing in it is a metric. */
  readonly isForeign: boolean;
}

const LABEL_HEADERS = /^(?:phase|class|classes|category|label|name|dataset|split|task|subset)$/i;
const WHOLE = /^(?:all|overall|total)$/i;
// `loss 0.5`, `lr=0.1`, `(0.25)`: a cell that reports, where a header only names.
const HOLDS_NUMBER =
  /(?:^|[\s=[(]|: ?)[-+]?\d[\d.,]*(?:[eE][-+]?\d+)?[%a-zA-Z]{0,3}(?:\/\s*\d+)?[\s\])]*(?:$|\s|\()/;
// A cell of a sentence or of an assignment.
const SAYS = /[A-Za-z)\]]:$|=|[a-z],$/;
// Rows may be interrupted by a warning, but not by a page of other output.
const MAX_MISSES = 6;
const LONGEST_ROW_CHARS = 1_000;
const MAX_COLUMNS = 60;
const LEAST_HEADINGS = 3;
const HEADING = /^[A-Za-z_%#][\w%()./-]{0,40}$/;
// What keeps the cells of a table apart.
const APART = sign.rule | sign.comma | sign.tab | sign.gap;

/**
 * Tables with a header row: fastai, skorch, spaCy, scikit-learn's verbose tables and
 * classification_report, Ultralytics, Ray Tune, CSV and TSV rows. Cells are matched to columns by
 * count, and where that differs by their place on the screen.
 */
export function createColumnsRecogniser(): Recogniser {
  let header: Header | undefined;
  let table: OpenTable | undefined;
  let above = ''; // the line before

  /** @param text of the header, by which alone the rows are read. */
  function open(next: Header, text: string): void {
    header = next;
    let misses = 0;
    table = {
      key: hashText(text),
      holds(line) {
        if (isNoRow(line)) return undefined;
        const row = withoutTrailingBar(line);
        if (readRow(next, row, EVERY_SIGN) !== undefined) return true;
        return readForeignHeading(row) !== undefined;
      },
      pass(isRow) {
        misses = isRow ? 0 : misses + 1;
        if (misses <= MAX_MISSES) return;
        header = undefined;
        table = undefined;
      },
    };
  }

  return {
    name: 'columns',
    needs: 0,
    isOpen: () => header !== undefined,
    table: () => table,
    recognise(line, { signs }): Finding | undefined {
      if (header === undefined && (signs & APART) === 0) return undefined;
      if (isNoRow(line)) return undefined;
      const lineAbove = above;
      above = '';
      const text = withoutTrailingBar(line);
      // A bar behind the row has numbers of its own.
      const mayHead = (signs & sign.loneNumber) === 0 || text !== line;
      const next = mayHead ? readHeader(text, lineAbove) : undefined;
      if (next !== undefined) {
        open(next, lineAbove + text);
        return { readings: [] };
      }
      if (mayHead) above = text;
      const foreign = mayHead ? readForeignHeading(text) : undefined;
      if (foreign !== undefined) {
        open(foreign, text);
        return undefined;
      }
      if (header === undefined) return undefined;
      const finding = readRow(header, text, signs);
      table?.pass(finding !== undefined);
      return finding;
    },
  };
}

function isNoRow(line: string): boolean {
  return line.length > LONGEST_ROW_CHARS || line.trim() === '' || isBorder(line);
}

/**
 * Heads a table of which nothing is a metric, such as the importances of features: its rows belong to
 * no table above, and their names are no metrics' either.
 */
function readForeignHeading(line: string): Header | undefined {
  const style = cellStyle(line);
  if (style === undefined) return undefined;
  const cells = splitCells(line, style);
  if (cells.length < LEAST_HEADINGS || !cells.every(({ text }) => HEADING.test(text)))
    return undefined;
  const columns = cells.map(toColumn);
  return { columns, style, positioned: false, indexed: false, isCut: false, isForeign: true };
}

/** Whether a line is a row of a foreign table: as many cells, all but the first of them numbers. */
function isForeignRow({ columns, style }: Header, line: string): boolean {
  const cells = splitCells(line, style);
  if (cells.length !== columns.length) return false;
  return cells.every(({ value }, place) => place === 0 || value !== undefined);
}

/** @param above the line above it, which may name groups of columns. */
function readHeader(line: string, above: string): Header | undefined {
  if (!/[A-Za-z]/.test(line)) return undefined;
  const style = cellStyle(line);
  if (style === undefined) return undefined;
  let cells: readonly Cell[] = splitCells(line, style).filter(
    (cell) => cell.text !== '' || style !== 'ruled',
  );
  // A ruled table may keep its columns apart by blanks alone.
  if (style === 'ruled' && cells.length === 1) cells = splitCells(line, 'blank');
  const completed = line.includes('…') ? completeCutHeading(cells) : undefined;
  cells = completed ?? cells;
  if (cells.length < 2 || cells.length > MAX_COLUMNS) return undefined;
  if (cells.some(({ text }) => HOLDS_NUMBER.test(text) || text.length > 40)) return undefined;
  const named = oneMetricColumns(line, cells) ?? toColumns(cells);
  // `| category | AP | category | AP |` puts several rows into one line.
  const labels = named.filter(({ kind }) => kind === 'label').length;
  const columns = labels > 1 ? named : tellColumnsApart(named, above);
  const known = columns.filter(({ kind }) => kind !== 'unknown' && kind !== 'label').length;
  const metrics = columns.filter(({ kind }) => kind === 'metric').length;
  if (metrics === 0 || known < 2 || known * 3 < columns.length) return undefined;
  const positioned = columns.some(({ kind }) => kind === 'epoch' || kind === 'step');
  if (!positioned && !columns.some(isTelling)) return undefined;
  // A classification report begins with the names of classes, which may be numbers.
  const indexed = !positioned && !columns.some(({ name }) => name === 'support');
  return { columns, style, positioned, indexed, isCut: completed !== undefined, isForeign: false };
}

/** Whether a column says by itself that its table is one of metrics; a `score` beside an `id` does not. */
function isTelling({ kind, name }: Column, _place: number, all: readonly Column[]): boolean {
  const facts = keyFacts(name);
  if (kind !== 'metric' || facts.weakness !== undefined || !(facts.isPlain || facts.isIdentifier))
    return false;
  return !all.some((other) => /^id$/i.test(other.name));
}

/** Ultralytics heads groups as `Box(P  R  mAP50  mAP50-95)  Mask(P …)`; only a second one needs its name. */
function toColumns(cells: readonly Cell[]): readonly Column[] {
  let group = '';
  let groups = 0;
  const hasMaximum = cells.some(({ text }) => text === 'max');
  return cells.map((cell) => {
    const opens = /^([A-Z]\w*)\((\w+)$/.exec(cell.text);
    if (opens !== null) group = groups++ === 0 ? '' : `${opens[1]}/`;
    const bare = opens?.[2] ?? (/^[^(]+\)$/.test(cell.text) ? cell.text.slice(0, -1) : cell.text);
    const column = toColumn({ ...cell, text: `${group}${bare}` });
    // Beside `max`, `min` is no minutes.
    return hasMaximum && bare === 'min' ? { ...column, kind: 'metric' } : column;
  });
}

// Tables whose other columns are the params tried: bayesian-optimization's logger.py, CmdStan's
// optimization (stan/src/stan/services/optimize).
const ONE_METRIC_TABLES: readonly (readonly [RegExp, string])[] = [
  [/^\W*iter\s*\|\s*target\s*\|/i, 'target'],
  [/^\s*Iter\s+log prob\s/, 'log prob'],
];

/** The columns of a table of which one alone is a metric. */
function oneMetricColumns(line: string, cells: readonly Cell[]): readonly Column[] | undefined {
  const metric = ONE_METRIC_TABLES.find(([heading]) => heading.test(line))?.[1];
  if (metric === undefined) return undefined;
  return cells.map((cell, place) => ({
    ...toColumn(cell),
    kind: place === 0 ? 'step' : cell.text === metric ? 'metric' : 'config',
  }));
}

function toColumn(cell: Cell): Column {
  const name = cell.text;
  const kind = name === '#' ? 'step' : LABEL_HEADERS.test(name) ? 'label' : classifyKey(name);
  return { name, kind, start: cell.start, end: cell.end };
}

function readRow(header: Header, line: string, signs: number): Finding | undefined {
  if (header.isForeign) return isForeignRow(header, line) ? { readings: [] } : undefined;
  const cells =
    header.style === 'comma' || header.style === 'tab' || header.style === 'ruled'
      ? splitCells(line, header.style)
      : splitWords(line);
  const maySay = (signs & (sign.equals | sign.colon | sign.comma)) !== 0;
  if (maySay && cells.some(({ text }) => SAYS.test(text))) return undefined;
  const shown = header.isCut ? cells.slice(0, header.columns.length) : cells;
  const placed = placeCells(header, shown);
  if (placed === undefined) return undefined;
  let step: number | undefined;
  let epoch: number | undefined;
  let label = '';
  const readings: Reading[] = [];
  const add = (key: string, value: number): void => {
    readings.push(labelled({ key, value, certainty: 'sure' }, label));
  };
  for (const { cell, column } of placed) {
    const { value } = cell;
    if (column === undefined || column.kind === 'label') {
      const isIndex = column === undefined && header.indexed && cell === cells[0];
      if (isIndex && Number.isInteger(value)) step = value;
      else if (cell === cells[0] || column?.kind === 'label') label = cell.text;
      continue;
    }
    if (value === undefined) {
      if (cell === cells[0] && column.kind === 'unknown') label = cell.text;
      continue;
    }
    if (column.kind === 'epoch') epoch = value;
    else if (column.kind === 'step') step = value;
    else if (column.kind === 'metric' || (column.kind === 'unknown' && header.positioned)) {
      add(column.name, value);
    } else if (column.kind === 'byproduct' && header.positioned && label === '') {
      add(column.name, value);
    }
  }
  const [only] = readings;
  if (only === undefined) return undefined;
  // `accuracy` of a classification report names itself.
  if (readings.length === 1 && classifyKey(label) === 'metric') {
    return { readings: [{ ...only, key: label }], step, epoch };
  }
  return { readings, step, epoch };
}

/** `macro avg` × `precision` is one key; the row `all` is the plain one; the row `val` is that side. */
function labelled(reading: Reading, label: string): Reading {
  if (label === '' || WHOLE.test(label)) return reading;
  const { isSide, side } = keyFacts(label.replace(/Phase$/, ''));
  if (isSide) return { ...reading, context: side };
  return { ...reading, key: `${label}/${reading.key}` };
}

interface PlacedCell {
  readonly cell: Cell;
  readonly column: Column | undefined;
}

function placeCells(header: Header, cells: readonly Cell[]): readonly PlacedCell[] | undefined {
  const { columns } = header;
  const numbers = cells.filter(({ value }) => value !== undefined).length;
  if (numbers === 0) return undefined;
  if (cells.length === columns.length) {
    // A row has its numbers where the metrics are; prose with as many words has not.
    const fits = columns.some(
      ({ kind }, place) => kind === 'metric' && cells[place]?.value !== undefined,
    );
    if (!fits) return undefined;
    return cells.map((cell, place) => ({ cell, column: columns[place] }));
  }
  if (header.style === 'comma' || header.style === 'tab') return undefined;
  const texts = cells.length - numbers;
  if (texts > 3 || cells.length > columns.length + 2) return undefined;
  const taken = new Set<Column>();
  const placed = cells.map((cell) => {
    const column = nearest(columns, cell);
    if (column === undefined || taken.has(column)) return { cell, column: undefined };
    taken.add(column);
    return { cell, column };
  });
  return taken.size === 0 ? undefined : placed;
}

/** The column that a cell shares an edge or most of its place with. */
function nearest(columns: readonly Column[], cell: Cell): Column | undefined {
  let best: Column | undefined;
  let bestDistance = 3;
  for (const column of columns) {
    const overlaps = cell.start < column.end && cell.end > column.start;
    const edges = Math.min(Math.abs(cell.end - column.end), Math.abs(cell.start - column.start));
    const distance = edges - (overlaps ? 1 : 0);
    if (distance < bestDistance || (overlaps && best === undefined)) {
      best = column;
      bestDistance = distance;
    }
  }
  return best;
}
