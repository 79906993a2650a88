/** How often what truly is the one class was taken for the other. */
export interface ConfusionMatrix {
  /** One a class; their places where nobody named them. */
  readonly labels: readonly string[];
  /** Row by row: the true class's row, the predicted class's column. Counts, or shares. */
  readonly values: Float64Array;
}

export type MatrixNormalization = 'none' | 'row' | 'column';

/** More classes nobody can look at, and no page can draw as numbers. */
export const maxClasses = 200;

/** Undefined if it is no square of finite numbers of at least 0, as every confusion matrix is. */
export function toConfusionMatrix(
  rows: readonly (readonly number[])[],
  labels?: readonly string[],
): ConfusionMatrix | undefined {
  const size = rows.length;
  if (size < 2 || size > maxClasses) return undefined;
  if (rows.some((row) => row.length !== size)) return undefined;
  const values = Float64Array.from(rows.flat());
  if (values.some((value) => !Number.isFinite(value) || value < 0)) return undefined;
  const isNamed = labels?.length === size && new Set(labels).size === size;
  return { values, labels: isNamed ? labels : rows.map((_, at) => String(at)) };
}

/** The share of each row (of a true class) or column (of a predicted one); NaN where its sum is 0. */
export function normalizeMatrix(
  { labels, values }: ConfusionMatrix,
  by: MatrixNormalization,
): Float64Array {
  if (by === 'none') return values;
  const size = labels.length;
  const sums = new Float64Array(size);
  for (const [at, value] of values.entries()) {
    const line = by === 'row' ? Math.floor(at / size) : at % size;
    sums[line] = (sums[line] ?? 0) + value;
  }
  return values.map(
    (value, at) => value / (sums[by === 'row' ? Math.floor(at / size) : at % size] || Number.NaN),
  );
}

/** The share on the diagonal; undefined where nothing was counted. */
export function matrixAccuracy({ labels, values }: ConfusionMatrix): number | undefined {
  const size = labels.length;
  let [right, all] = [0, 0];
  for (const [at, value] of values.entries()) {
    all += value;
    if (Math.floor(at / size) === at % size) right += value;
  }
  return all > 0 ? right / all : undefined;
}

/** Whether it holds counts, so that its sum says how many were looked at. */
export function isCounted({ values }: ConfusionMatrix): boolean {
  return values.every(Number.isInteger);
}
