/**
 * What some runs have of one field, one value a run. All are as long as there are runs; a run that has
 * no value of it has `isPresent` 0.
 */
export type RunColumn = NumberColumn | TextColumn;

export interface NumberColumn {
  readonly kind: 'number';
  readonly isPresent: Uint8Array;
  /** NaN where there is none, and where the value itself is NaN. */
  readonly numbers: Float64Array;
}

export interface TextColumn {
  readonly kind: 'text';
  readonly isPresent: Uint8Array;
  /** The place of each run's value in `texts`. */
  readonly codes: Int32Array;
  /** Each value once: numbers in their order, then others in theirs. */
  readonly texts: readonly string[];
}

/** Whether the run has a value that can be drawn. */
export function isDrawable(column: RunColumn, index: number): boolean {
  if (column.isPresent[index] !== 1) return false;
  return column.kind === 'text' || Number.isFinite(column.numbers[index]);
}

/** The value as it is told; undefined where there is none. */
export function valueAt(column: RunColumn, index: number): number | string | undefined {
  if (column.isPresent[index] !== 1) return undefined;
  return column.kind === 'number' ? column.numbers[index] : column.texts[column.codes[index] ?? -1];
}

/** Some runs of a column, in the order that is given. */
export function takeRows<T extends RunColumn>(column: T, rows: readonly number[] | Int32Array): T;
export function takeRows(column: RunColumn, rows: readonly number[] | Int32Array): RunColumn {
  const isPresent = Uint8Array.from(rows, (row) => column.isPresent[row] ?? 0);
  return column.kind === 'number'
    ? {
        kind: 'number',
        isPresent,
        numbers: Float64Array.from(rows, (row) => column.numbers[row] ?? Number.NaN),
      }
    : { ...column, isPresent, codes: Int32Array.from(rows, (row) => column.codes[row] ?? 0) };
}
