import { isSystemMetric } from '../run/systemMetric';
import { fieldType } from '../search/fieldType';
import { parseSearch } from '../search/parseSearch';
import { printField, quoteKey } from '../search/printSearch';
import type { SearchAttribute } from '../search/searchAttribute';
import type { SearchField } from '../search/searchNode';

/** What a table shows of a run that is no field of a search. */
export type ShownName = 'starred' | 'name' | 'tags' | 'place' | 'python' | 'cpu' | 'gpus';

/**
 * A column of the run table. What most show is a field of the search grammar, so that what is shown,
 * sorted and searched is one thing.
 */
export type TableColumn =
  | { readonly kind: 'shown'; readonly id: string; readonly name: ShownName }
  | { readonly kind: 'field'; readonly id: string; readonly field: SearchField }
  /** The series of a metric, drawn small. */
  | { readonly kind: 'curve'; readonly id: string; readonly key: string };

/** The parts that the columns are chosen from. */
export type ColumnGroup = 'run' | 'metric' | 'param' | 'tag' | 'system';

export const shownNames: readonly ShownName[] = [
  'starred',
  'name',
  'tags',
  'place',
  'python',
  'cpu',
  'gpus',
];

/** Attributes that are worth a column; `run_name` is within `name`. */
export const columnAttributes: readonly SearchAttribute[] = [
  ...(['status', 'start_time', 'end_time', 'duration', 'experiment', 'note', 'script'] as const),
  ...(['notebook', 'command', 'source', 'branch', 'commit', 'exit_code', 'run_id'] as const),
  ...(['host', 'log_size'] as const),
];

const curvePrefix = 'curve(';

/**
 * Reads the id of a column: a field as `printField` writes it, `name` and the like, or
 * `curve(metrics.loss)`. Undefined for anything else.
 */
export function parseColumn(id: string): TableColumn | undefined {
  const known = parsed.get(id);
  if (known !== undefined) return known;
  const column = readColumn(id);
  if (column !== undefined) {
    if (parsed.size >= maxParsed) parsed.clear();
    parsed.set(id, column);
  }
  return column;
}

/** The same few are asked for again and again. */
const parsed = new Map<string, TableColumn>();
const maxParsed = 5000;

function readColumn(id: string): TableColumn | undefined {
  const name = shownNames.find((each) => each === id);
  if (name !== undefined) return { kind: 'shown', id, name };
  if (id.startsWith(curvePrefix) && id.endsWith(')')) {
    const field = readField(id.slice(curvePrefix.length, -1));
    return field?.kind === 'metric' && field.figure === 'last'
      ? { kind: 'curve', id, key: field.key }
      : undefined;
  }
  const field = readField(id);
  return field === undefined || field.kind === 'named' || field.kind === 'artifact'
    ? undefined
    : { kind: 'field', id: printField(field), field };
}

function readField(text: string): SearchField | undefined {
  const { node } = parseSearch(`${text} IS NOT NULL`);
  return node?.kind === 'has' && !node.isNegated ? node.field : undefined;
}

export function curveColumnId(key: string): string {
  return `${curvePrefix}metrics.${quoteKey(key)})`;
}

/** The metric that a column is of, if it is of one. */
export function metricOf(column: TableColumn): string | undefined {
  if (column.kind === 'curve') return column.key;
  if (column.kind !== 'field') return undefined;
  const { field } = column;
  return field.kind === 'metric' || field.kind === 'metricAt' || field.kind === 'metricMean'
    ? field.key
    : undefined;
}

/** The metric whose direction says which values of a column are better, if it is of one: a count is not. */
export function rankedMetricOf(column: TableColumn): string | undefined {
  const isCount =
    column.kind === 'field' && column.field.kind === 'metric' && column.field.figure === 'count';
  return isCount ? undefined : metricOf(column);
}

export function columnGroup(column: TableColumn): ColumnGroup {
  const metric = metricOf(column);
  if (metric !== undefined) return isSystemMetric(metric) ? 'system' : 'metric';
  if (column.kind === 'field') {
    const { field } = column;
    if (field.kind === 'param' || field.kind === 'tag') return field.kind;
    return field.kind === 'attribute' && systemAttributes.has(field.name) ? 'system' : 'run';
  }
  if (column.kind === 'shown' && column.name === 'tags') return 'tag';
  return column.kind === 'shown' && systemNames.has(column.name) ? 'system' : 'run';
}

const systemAttributes: ReadonlySet<SearchAttribute> = new Set(['host', 'log_size'] as const);
const systemNames: ReadonlySet<ShownName> = new Set(['python', 'cpu', 'gpus'] as const);

/** What a column holds: numbers (also dates and durations), or texts. */
export function columnValueKind(column: TableColumn): 'number' | 'text' {
  if (column.kind !== 'field') return 'text';
  const type = fieldType(column.field);
  return type === 'text' || type === 'any' ? 'text' : 'number';
}

const attributeLabels: Readonly<Partial<Record<SearchAttribute, string>>> = {
  run_id: 'Run ID',
  start_time: 'Started',
  end_time: 'Ended',
  exit_code: 'Exit Code',
  log_size: 'Log Size',
};
const shownLabels: Readonly<Record<ShownName, string>> = {
  starred: 'Starred',
  name: 'Name',
  tags: 'Tags',
  place: 'Archived',
  python: 'Python',
  cpu: 'Processor',
  gpus: 'GPUs',
};

/** What stands over a column; of metrics and params it is their name alone. */
export function columnLabel(column: TableColumn): string {
  if (column.kind === 'shown') return shownLabels[column.name];
  if (column.kind === 'curve') return column.key;
  const { field } = column;
  switch (field.kind) {
    case 'attribute':
      return attributeLabels[field.name] ?? capitalize(field.name);
    case 'dataset':
    case 'artifact':
      return field.part === 'name' ? 'Dataset' : `Dataset ${capitalize(field.part)}`;
    default:
      return field.key;
  }
}

/** Which figure of its metric a column shows, where that is not the last: `best`, `at 100`, `mean of 5`. */
export function figureLabel(column: TableColumn): string | undefined {
  if (column.kind === 'curve') return 'curve';
  if (column.kind !== 'field') return undefined;
  const { field } = column;
  if (field.kind === 'metric') return field.figure === 'last' ? undefined : field.figure;
  if (field.kind === 'metricAt') return `at ${field.step}`;
  return field.kind === 'metricMean' ? `mean of ${field.count}` : undefined;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
