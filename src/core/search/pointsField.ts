import type { SearchField } from './searchNode';

const nowhere = { offset: 0, length: 0 };

/** The field of a figure that is read from the points of a metric. @param number how many values, or the step. */
export function pointsField(key: string, figure: 'mean' | 'at', number: number): SearchField {
  return figure === 'at'
    ? { kind: 'metricAt', key, step: number, at: nowhere }
    : { kind: 'metricMean', key, count: number, at: nowhere };
}
