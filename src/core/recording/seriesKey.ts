import type { ExtractedMetric } from '../extract/extraction';

/**
 * The name of the series that a value belongs to: training and validation never share one. A key that
 * says itself which it is, such as `val_loss`, stays as it is printed.
 */
export function seriesKey({ key, context }: Pick<ExtractedMetric, 'key' | 'context'>): string {
  if (context === undefined) return key;
  const words = key.toLowerCase().split(/[^a-z]+/);
  const isSaid = (word: string) =>
    word.startsWith(context) || (context === 'val' && /^(?:eval|dev$)/.test(word));
  return words.some(isSaid) ? key : `${context}/${key}`;
}
