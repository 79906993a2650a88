import { parseSearch } from '../search/parseSearch';
import type { PlotField } from './plotField';

/** Reads a field as it stands in a search, such as `best(metrics.val_acc)`; undefined if it is none. */
export function parsePlotField(text: string): PlotField | undefined {
  const { node } = parseSearch(`${text} IS NOT NULL`);
  if (node?.kind !== 'has' || node.isNegated) return undefined;
  const { at: _, ...field } = node.field;
  switch (field.kind) {
    case 'attribute':
    case 'param':
    case 'tag':
    case 'metric':
    case 'metricAt':
    case 'metricMean':
      return field;
    default:
      return undefined;
  }
}
