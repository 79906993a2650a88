/** The points of one metric in the order they came, as equally long columns. */
export interface Series {
  /** NaN where the source gave no step. */
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** Milliseconds since 1970. */
  readonly timesMs: Float64Array;
}

export const noPoints: Series = {
  steps: new Float64Array(),
  values: new Float64Array(),
  timesMs: new Float64Array(),
};

export function concatenateSeries(parts: readonly Series[]): Series {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const join = (column: keyof Series) => concatenate(parts.map((part) => part[column]));
  return { steps: join('steps'), values: join('values'), timesMs: join('timesMs') };
}

export function concatenate(columns: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const column of columns) {
    joined.set(column, offset);
    offset += column.length;
  }
  return joined;
}
