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
  const join = (column: keyof Series) => {
    const joined = new Float64Array(parts.reduce((sum, part) => sum + part[column].length, 0));
    let offset = 0;
    for (const part of parts) {
      joined.set(part[column], offset);
      offset += part[column].length;
    }
    return joined;
  };
  return { steps: join('steps'), values: join('values'), timesMs: join('timesMs') };
}
