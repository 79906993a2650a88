/** A number as any language prints one, with the words for those that are not finite. */
export function protocolNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  if (/^[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(value)) {
    return Number(value.replaceAll('_', ''));
  }
  const [, sign, word] = /^([-+]?)(nan|inf|infinity)$/i.exec(value) ?? [];
  if (word === undefined) return undefined;
  if (word.toLowerCase() === 'nan') return Number.NaN;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
