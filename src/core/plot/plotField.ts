import { printField } from '../search/printSearch';
import type { SearchField } from '../search/searchNode';

type WithoutPlace<T> = T extends unknown ? Omit<T, 'at'> : never;

/** What a chart shows of each run: what a search can speak of, but for what a run has several of. */
export type PlotField = WithoutPlace<
  Extract<
    SearchField,
    { readonly kind: 'attribute' | 'param' | 'tag' | 'metric' | 'metricAt' | 'metricMean' }
  >
>;

const nowhere = { offset: 0, length: 0 };

export function toSearchField(field: PlotField): SearchField {
  return { ...field, at: nowhere };
}

/** Names it in a search, as `best(metrics.val_acc)`; the same for the same field only. */
export function fieldText(field: PlotField): string {
  return printField(toSearchField(field));
}

const attributeTitles: ReadonlyMap<string, string> = new Map([
  ['run_name', 'name'],
  ['start_time', 'start time'],
  ['exit_code', 'exit code'],
  ['log_size', 'log size'],
]);

/** What stands at an axis: `val_acc (best)`, `lr`. */
export function fieldTitle(field: PlotField): string {
  switch (field.kind) {
    case 'metric':
      return `${field.key} (${field.figure})`;
    case 'metricAt':
      return `${field.key} (at step ${field.step})`;
    case 'metricMean':
      return `${field.key} (mean of last ${field.count})`;
    case 'attribute':
      return attributeTitles.get(field.name) ?? field.name;
    default:
      return field.key;
  }
}
