import { csvField, csvText, isFormula } from '../format/csvText';
import { escapeMarkdown } from '../format/escapeMarkdown';
import { formatIsoTime } from '../format/formatTime';
import { paramNumber } from '../run/paramNumber';

/** A value as it is exported: exactly as it was recorded. */
export type ExportValue = number | string | undefined;

export interface ExportColumn {
  /** As in a search, so that no two are alike: `params.lr`, `best(metrics.val_acc)`. */
  readonly header: string;
  /** `date`: milliseconds since 1970, written as ISO 8601; `duration`: milliseconds, written as seconds. */
  readonly kind: 'number' | 'text' | 'date' | 'duration';
  /** One a row. */
  readonly values: readonly ExportValue[];
}

/** RFC 4180, in UTF-8, with the exact value in every cell; an empty cell is one without a value. */
export function toCsv(columns: readonly ExportColumn[], guards = false): string {
  const fieldOf = guards ? csvText : csvField;
  const lines = [columns.map(({ header }) => fieldOf(header))];
  for (let row = 0; row < rowCount(columns); row++) {
    lines.push(
      columns.map((column) => (isText(column, row) ? fieldOf : csvField)(plainText(column, row))),
    );
  }
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** Whether some text would be taken for a formula by a spreadsheet that opens the CSV. */
export function hasFormulas(columns: readonly ExportColumn[]): boolean {
  return columns.some(
    (column) =>
      isFormula(column.header) ||
      column.values.some((value, row) => isText(column, row) && isFormula(String(value))),
  );
}

function isText({ kind, values }: ExportColumn, row: number): boolean {
  return kind === 'text' && typeof values[row] === 'string';
}

/** An array with an object for each row; what a row does not have is left out, what is no JSON is its name. */
export function toJson(columns: readonly ExportColumn[]): string {
  const rows: string[] = [];
  for (let row = 0; row < rowCount(columns); row++) {
    const fields = columns.flatMap((column) => {
      const value = jsonValue(column, row);
      return value === undefined ? [] : [`    ${JSON.stringify(column.header)}: ${value}`];
    });
    rows.push(fields.length === 0 ? '  {}' : `  {\n${fields.join(',\n')}\n  }`);
  }
  return rows.length === 0 ? '[]\n' : `[\n${rows.join(',\n')}\n]\n`;
}

function jsonValue(column: ExportColumn, row: number): string | undefined {
  const value = column.values[row];
  if (value === undefined) return undefined;
  if (typeof value === 'string') return JSON.stringify(value);
  if (!Number.isFinite(value)) return JSON.stringify(String(value));
  return column.kind === 'date' ? JSON.stringify(plainText(column, row)) : plainText(column, row);
}

export function toMarkdown(columns: readonly ExportColumn[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const lines = [
    line(columns.map(({ header }) => escapeMarkdown(header))),
    line(columns.map(({ kind }) => (kind === 'number' || kind === 'duration' ? '---:' : '---'))),
  ];
  for (let row = 0; row < rowCount(columns); row++) {
    lines.push(line(columns.map((column) => markdownCell(column, row))));
  }
  return lines.join('');
}

/** Numbers and times have nothing in them that is markup. */
function markdownCell(column: ExportColumn, row: number): string {
  const text = plainText(column, row);
  return column.kind === 'text' ? escapeMarkdown(text) : text;
}

/** Python that makes a `DataFrame` of the same, named `df`; it needs nothing but pandas. */
export function toPandas(columns: readonly ExportColumn[]): string {
  const lines = columns.map(({ header, kind, values }) => {
    const read = pythonReader(kind, values);
    return `    ${pythonText(header)}: [${values.map(read).join(', ')}],`;
  });
  const dates = columns.flatMap(({ header, kind }) =>
    kind === 'date'
      ? [
          `df[${pythonText(header)}] = pd.to_datetime(df[${pythonText(header)}], unit="ms", utc=True)`,
        ]
      : [],
  );
  return ['import pandas as pd', '', 'df = pd.DataFrame({', ...lines, '})', ...dates, ''].join(
    '\n',
  );
}

/** A column of texts that are all numbers, or all truths, is one of numbers or truths. */
function pythonReader(
  kind: ExportColumn['kind'],
  values: readonly ExportValue[],
): (value: ExportValue) => string {
  const texts = values.filter((value) => typeof value === 'string');
  const isNumbers = kind === 'text' && texts.length > 0 && texts.every(isPythonNumber);
  const isTruths =
    kind === 'text' && texts.length > 0 && texts.every((text) => /^(True|False)$/.test(text));
  return (value) => {
    if (value === undefined) return 'None';
    if (typeof value === 'string') return isNumbers || isTruths ? value : pythonText(value);
    return pythonNumber(kind === 'duration' ? value / 1000 : value);
  };
}

/** As both languages read it: `007` is a number here and a mistake there. */
function isPythonNumber(text: string): boolean {
  return paramNumber(text) !== undefined && !/^[-+]?0[\d_]/.test(text);
}

function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'float("nan")';
  if (!Number.isFinite(value)) return value > 0 ? 'float("inf")' : 'float("-inf")';
  return Object.is(value, -0) ? '-0.0' : String(value);
}

/** What JSON writes for a text, Python reads as the same; half a character, which pandas refuses, is none. */
function pythonText(text: string): string {
  const whole = text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
  return JSON.stringify(whole).replaceAll(
    /[\u007f-\u009f\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function plainText({ kind, values }: ExportColumn, row: number): string {
  const value = values[row];
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (kind === 'date' && Number.isFinite(value)) return formatIsoTime(value);
  if (Object.is(value, -0)) return '-0';
  return String(kind === 'duration' ? value / 1000 : value);
}

function rowCount(columns: readonly ExportColumn[]): number {
  return columns[0]?.values.length ?? 0;
}
