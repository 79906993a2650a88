import type { Notebook } from './notebook';

/**
 * How much of two notebooks is the same, from 0 to 1: lines of sources that both have, in whatever order, of all
 * that they have. Two without a line are not alike.
 */
export function notebookLikeness(a: Notebook, b: Notebook): number {
  const counts = countLines(a);
  let total = 0;
  let shared = 0;
  for (const count of counts.values()) total += count;
  for (const [line, count] of countLines(b)) {
    total += count;
    shared += 2 * Math.min(count, counts.get(line) ?? 0);
  }
  return total === 0 ? 0 : shared / total;
}

function countLines({ cells }: Notebook): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { source } of cells) {
    for (const line of source.split('\n')) {
      const text = line.trim();
      if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return counts;
}
