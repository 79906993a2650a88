import type { Finding, Reading, Recogniser } from '../finding';
import { classifyKey, contextOfKey } from '../keyFacts';
import { sign } from '../lineSigns';
import { parseWrappedNumber } from '../numberText';
import { isBorder, splitCells, splitWords } from '../tableCells';
import type { DataSide } from '../vocabulary';

/** What a column says of the quantity that its row is named after. */
type Column =
  | { readonly role: 'name' | 'value' | 'deviation' | 'other' }
  | { readonly role: 'side'; readonly side: DataSide }
  | { readonly role: 'fold'; readonly fold: number };

const NAME = /^(?:metrics?|measures?|statistic|(?:evaluation|eval|test|val\w*) metric)$/i;
const VALUE = /^(?:values?|scores?|results?)$/i;
const MEAN = /^(?:mean|avg|average)$/i;
const DEVIATION = /^(?:std|stddev|std\.? ?dev\.?)$/i;
const FIRST_FOLD = /\bfold[ _]?[01]\b/i;
const FOLD = /^fold[ _]?(\d+)$/i;
const WORD = /^[A-Za-z]+$/;
const INNER_RULE = /\s*[|│┃║]\s*/;
const OUTER_RULES = /^\s*[|│┃║]|[|│┃║]\s*$/g;
const LONGEST_LINE_CHARS = 400;
const HEADING = /^[A-Za-z_%#][\w %().-]*$/;
const MAX_MISSES = 2;

/**
 * Tables whose rows are named after metrics: AllenNLP's `Training |  Validation`
 * (allennlp/training/callbacks/console_logger.py), Surprise's folds
 * (surprise/model_selection/validation.py `print_summary`), H2O's `metric  threshold  value  idx`, and
 * what people print with tabulate.
 */
export function createNamedRowsRecogniser(): Recogniser {
  let columns: readonly Column[] = [];
  let misses = 0;

  return {
    name: 'named-rows',
    needs: 0,
    isOpen: () => columns.length > 0,
    recognise(line, { signs }): Finding | undefined {
      const isOpen = columns.length > 0;
      const isApart = (signs & (sign.rule | sign.gap)) !== 0;
      const mayHead = isApart && ((signs & sign.loneNumber) === 0 || FIRST_FOLD.test(line));
      if ((!isOpen && !mayHead) || line.length > LONGEST_LINE_CHARS) return undefined;
      if (line.trim() === '' || isBorder(line)) return undefined;
      const cells = cellsOf(line, signs);
      const heading = mayHead ? readHeading(cells) : undefined;
      if (heading !== undefined) {
        columns = heading;
        misses = 0;
        return { readings: [] };
      }
      // The heading of another table.
      if (mayHead && cells.length > 2 && cells.every((cell) => HEADING.test(cell))) columns = [];
      const finding = isOpen
        ? (readRow(columns, cells) ??
          readRow(
            columns,
            splitWords(line).map(({ text }) => text),
          ))
        : undefined;
      if (finding !== undefined) misses = 0;
      else if (++misses > MAX_MISSES) columns = [];
      return finding;
    },
  };
}

function cellsOf(line: string, signs: number): readonly string[] {
  if ((signs & sign.rule) === 0) return splitCells(line, 'blank').map(({ text }) => text);
  return line.replace(OUTER_RULES, '').trim().split(INNER_RULE);
}

function readHeading(cells: readonly string[]): readonly Column[] | undefined {
  if (cells.length < 2) return undefined;
  const columns = cells.map(columnOf);
  const count = (role: Column['role']): number =>
    columns.filter((column) => column.role === role).length;
  // `metric  threshold  value  idx`: the other columns are not the metric's.
  if (columns[0]?.role === 'name' && count('value') === 1) return columns;
  if (count('other') > 0) return undefined;
  return count('side') > 1 || count('fold') > 1 ? columns : undefined;
}

function columnOf(cell: string, place: number): Column {
  if (place === 0 && (cell === '' || NAME.test(cell))) return { role: 'name' };
  const fold = FOLD.exec(cell);
  if (fold !== null) return { role: 'fold', fold: Number(fold[1]) };
  if (VALUE.test(cell) || MEAN.test(cell)) return { role: 'value' };
  if (DEVIATION.test(cell)) return { role: 'deviation' };
  const side = WORD.test(cell) ? contextOfKey(cell) : undefined;
  return side === undefined ? { role: 'other' } : { role: 'side', side };
}

function readRow(columns: readonly Column[], cells: readonly string[]): Finding | undefined {
  const [key = '', ...texts] = cells;
  const quantities = columns[0]?.role === 'name' ? columns.slice(1) : columns;
  if (texts.length !== quantities.length || !/^[A-Za-z]/.test(key)) return undefined;
  const values = texts.map((text) => parseWrappedNumber(text));
  if (values.every((value) => value === undefined)) return undefined;
  const kind = classifyKey(key);
  if (kind !== 'metric' && kind !== 'unknown') return { readings: [] };
  const readings = quantities.flatMap((column, place): Reading[] => {
    const value = values[place];
    if (value === undefined || column.role === 'other' || column.role === 'deviation') return [];
    const reading: Reading = { key, value, certainty: 'sure' };
    if (column.role === 'side') return [{ ...reading, context: column.side }];
    return [column.role === 'fold' ? { ...reading, step: column.fold } : reading];
  });
  return { readings };
}
