import { paramNumber } from '../run/paramNumber';
import type { Run } from '../run/run';
import type { FieldValue, SearchPorts } from '../search/fieldValues';
import { fieldValues } from '../search/fieldValues';
import { type PlotField, toSearchField } from './plotField';
import type { RunColumn } from './runColumn';

/**
 * Puts together what runs have of some fields, in pieces, so that who calls can rest between them.
 * Steps of a series (`metricAt`) and means (`metricMean`) are not in a run: such a column has no value here.
 */
export interface ColumnBuilder {
  add(runs: readonly Run[]): void;
  /** One a field, in their order. */
  end(): readonly RunColumn[];
}

/** A param or a tag is a number only where each run's is one. */
interface Gathered {
  readonly texts: (string | undefined)[];
  readonly numbers: (number | undefined)[];
  isNumber: boolean;
}

export function createColumnBuilder(fields: readonly PlotField[], nowMs: number): ColumnBuilder {
  const gathered: readonly Gathered[] = fields.map(() => ({
    texts: [],
    numbers: [],
    isNumber: true,
  }));
  // A run has many params and metrics: it is gone through once for all fields.
  const paramColumns = columnsByKey(fields, 'param');
  const metricColumns = columnsByKey(fields, 'metric');
  const others = fields.flatMap((field, at) =>
    field.kind === 'param' || field.kind === 'metric' ? [] : [{ at, field: toSearchField(field) }],
  );
  const ports: SearchPorts = {
    nowMs,
    valueAt: () => undefined,
    meanOf: () => undefined,
    scriptText: () => undefined,
    files: () => [],
  };
  let count = 0;

  function put(column: number, row: number, value: FieldValue): void {
    const to = gathered[column];
    if (to === undefined) return;
    to.texts[row] = value.text;
    to.numbers[row] = value.number;
    if (value.number === undefined) to.isNumber = false;
  }

  return {
    add(runs) {
      for (const run of runs) {
        const row = count++;
        for (const { key, value } of run.params) {
          for (const at of paramColumns.get(key) ?? []) {
            put(at, row, { text: value, number: paramNumber(value) });
          }
        }
        for (const metric of run.metrics) {
          for (const at of metricColumns.get(metric.key) ?? []) {
            const field = fields[at];
            if (field?.kind === 'metric') put(at, row, { number: metric[field.figure] });
          }
        }
        for (const { at, field } of others) {
          const [value] = fieldValues(run, field, ports);
          if (value !== undefined) put(at, row, value);
        }
      }
    },
    end: () => gathered.map((each) => toColumn(each, count)),
  };
}

function columnsByKey(
  fields: readonly PlotField[],
  kind: 'param' | 'metric',
): ReadonlyMap<string, readonly number[]> {
  const columns = new Map<string, number[]>();
  for (const [at, field] of fields.entries()) {
    if (field.kind !== kind) continue;
    const others = columns.get(field.key);
    if (others === undefined) columns.set(field.key, [at]);
    else others.push(at);
  }
  return columns;
}

function toColumn({ texts, numbers, isNumber }: Gathered, count: number): RunColumn {
  const isPresent = new Uint8Array(count);
  const values = new Float64Array(count).fill(Number.NaN);
  for (let row = 0; row < count; row++) {
    const number = numbers[row];
    if (number === undefined && texts[row] === undefined) continue;
    isPresent[row] = 1;
    if (number !== undefined) values[row] = number;
  }
  if (isNumber) return { kind: 'number', isPresent, numbers: values };
  const names = texts.map(
    (text, row) => text ?? (numbers[row] === undefined ? '' : String(numbers[row])),
  );
  const sorted = [...new Set(names.filter((_, row) => isPresent[row] === 1))].sort(compareTexts);
  const codeOf = new Map(sorted.map((text, code) => [text, code]));
  const codes = Int32Array.from({ length: count }, (_, row) => codeOf.get(names[row] ?? '') ?? 0);
  return { kind: 'text', isPresent, codes, texts: sorted };
}

function compareTexts(a: string, b: string): number {
  const [x, y] = [paramNumber(a), paramNumber(b)];
  if (x !== undefined && y !== undefined && x !== y) return x - y;
  if ((x === undefined) !== (y === undefined)) return x === undefined ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
