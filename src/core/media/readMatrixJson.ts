import { type ConfusionMatrix, maxClasses, toConfusionMatrix } from './confusionMatrix';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The confusion matrix in a JSON file, in the forms that programs write; undefined if there is none:
 *
 * - DVCLive's `log_sklearn_plot("confusion_matrix")`: `[{ "actual": "0", "predicted": "1" }, …]`, one a
 *   sample (dvclive/plots/sklearn.py);
 * - W&B's table: `{ "columns": ["Actual", "Predicted", "nPredictions"], "data": [[…], …] }`
 *   (wandb/plot/confusion_matrix.py);
 * - what `cm.tolist()` gives, by itself or under a name such as `matrix` beside `labels`;
 * - pandas' `to_json()`: `{ column: { row: count } }`, also with `orient="split"`.
 */
export function readMatrixJson(text: string): ConfusionMatrix | undefined {
  try {
    return readValue(JSON.parse(text), 0);
  } catch {
    return undefined;
  }
}

const matrixNames = [
  'confusion_matrix',
  'confusionMatrix',
  'matrix',
  'cm',
  'data',
  'values',
  'counts',
];
const labelNames = [
  'labels',
  'classes',
  'class_names',
  'target_names',
  'display_labels',
  'names',
  'index',
];

function readValue(value: unknown, depth: number): ConfusionMatrix | undefined {
  if (Array.isArray(value)) return readRows(value) ?? readSamples(value);
  if (typeof value !== 'object' || value === null || depth > 2) return undefined;
  // SAFETY: any object can be read by name.
  const fields = value as Fields;
  const labels = labelNames
    .map((name) => readLabels(fields[name]))
    .find((each) => each !== undefined);
  const cells = readCells(fields);
  if (cells !== undefined) return cells;
  for (const name of matrixNames) {
    const inner = fields[name];
    const found = Array.isArray(inner) ? readRows(inner, labels) : readValue(inner, depth + 1);
    if (found !== undefined) return found;
  }
  return readFrame(fields);
}

function readRows(
  value: readonly unknown[],
  labels?: readonly string[],
): ConfusionMatrix | undefined {
  const isRows = value.every(
    (row): row is readonly number[] =>
      Array.isArray(row) && row.every((cell) => typeof cell === 'number'),
  );
  // SAFETY: every row has just been looked at; `every` narrows no readonly array.
  return isRows ? toConfusionMatrix(value as readonly (readonly number[])[], labels) : undefined;
}

function readLabels(value: unknown): readonly string[] | undefined {
  const isNamed =
    Array.isArray(value) &&
    value.every((each) => typeof each === 'string' || typeof each === 'number');
  return isNamed ? value.map(String) : undefined;
}

const actualNames = ['actual', 'true', 'label', 'y_true', 'target'];
const predictedNames = ['predicted', 'pred', 'prediction', 'y_pred'];

/** One object a sample. */
function readSamples(samples: readonly unknown[]): ConfusionMatrix | undefined {
  const pairs: (readonly [string, string, number])[] = [];
  for (const sample of samples) {
    if (typeof sample !== 'object' || sample === null) return undefined;
    // SAFETY: any object can be read by name.
    const fields = sample as Fields;
    const [actual, predicted] = [nameIn(fields, actualNames), nameIn(fields, predictedNames)];
    if (actual === undefined || predicted === undefined) return undefined;
    pairs.push([actual, predicted, 1]);
  }
  return countPairs(pairs);
}

function nameIn(fields: Fields, names: readonly string[]): string | undefined {
  const value = names.map((name) => fields[name]).find((each) => each !== undefined);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function readCells(fields: Fields): ConfusionMatrix | undefined {
  const columns = readLabels(fields.columns)?.map((name) => name.toLowerCase());
  if (columns === undefined || !Array.isArray(fields.data)) return undefined;
  const actual = columns.findIndex((name) => actualNames.includes(name));
  const predicted = columns.findIndex((name) => predictedNames.includes(name));
  if (actual < 0 || predicted < 0) return undefined;
  const count = columns.findIndex((_, at) => at !== actual && at !== predicted);
  const pairs = fields.data.flatMap((row): readonly (readonly [string, string, number])[] => {
    if (!Array.isArray(row)) return [];
    const amount: unknown = count < 0 ? 1 : row[count];
    return typeof amount === 'number'
      ? [[String(row[actual]), String(row[predicted]), amount]]
      : [];
  });
  return countPairs(pairs);
}

function countPairs(
  pairs: readonly (readonly [actual: string, predicted: string, count: number])[],
): ConfusionMatrix | undefined {
  const known = new Set<string>();
  for (const [actual, predicted] of pairs) known.add(actual).add(predicted);
  const labels = [...known];
  if (labels.every((label) => label.trim() !== '' && Number.isFinite(Number(label)))) {
    labels.sort((a, b) => Number(a) - Number(b));
  } else labels.sort();
  const placeOf = new Map(labels.map((label, place) => [label, place]));
  if (labels.length > maxClasses) return undefined;
  const rows = labels.map(() => labels.map(() => 0));
  for (const [actual, predicted, count] of pairs) {
    const row = rows[placeOf.get(actual) ?? 0];
    const column = placeOf.get(predicted) ?? 0;
    if (row !== undefined) row[column] = (row[column] ?? 0) + count;
  }
  return toConfusionMatrix(rows, labels);
}

/** pandas' `{ column: { row: count } }`. */
function readFrame(fields: Fields): ConfusionMatrix | undefined {
  const columns = Object.keys(fields);
  const [first] = columns;
  const firstColumn = first === undefined ? undefined : fields[first];
  if (typeof firstColumn !== 'object' || firstColumn === null) return undefined;
  const labels = Object.keys(firstColumn);
  const rows = labels.map((label) =>
    columns.map((column) => {
      const cells = fields[column];
      // SAFETY: any object can be read by name.
      const cell =
        typeof cells === 'object' && cells !== null ? (cells as Fields)[label] : undefined;
      return typeof cell === 'number' ? cell : Number.NaN;
    }),
  );
  return toConfusionMatrix(rows, labels);
}
