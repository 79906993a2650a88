import type { CompareOp } from './searchNode';

/** NaN is equal to itself, and neither more nor less than anything. */
export function compareNumbers(value: number, op: CompareOp, other: number): boolean {
  switch (op) {
    case '=':
      return value === other || (Number.isNaN(value) && Number.isNaN(other));
    case '!=':
      return !compareNumbers(value, '=', other);
    case '<':
      return value < other;
    case '<=':
      return value <= other;
    case '>':
      return value > other;
    case '>=':
      return value >= other;
  }
}

/** By code points, as SQLite orders UTF-8. */
export function compareTexts(value: string, op: CompareOp, other: string): boolean {
  if (op === '=') return value === other;
  if (op === '!=') return value !== other;
  return compareNumbers(orderOf(value, other), op, 0);
}

function orderOf(a: string, b: string): number {
  let index = 0;
  while (index < a.length && index < b.length && a[index] === b[index]) index++;
  // Where both differ within a pair of surrogates, the pairs are what differ.
  const from =
    index > 0 && /[\udc00-\udfff]/.test((a[index] ?? '') + (b[index] ?? '')) ? index - 1 : index;
  return (a.codePointAt(from) ?? -1) - (b.codePointAt(from) ?? -1);
}
