/** A cell of the old notebook and its partner in the new one, by index. */
export interface CellPair {
  readonly oldIndex: number;
  readonly newIndex: number;
}

export interface WeightedPair extends CellPair {
  readonly weight: number;
}

/**
 * The heaviest choice of pairs that increases strictly on both sides, in order. Pairs may share a
 * cell; at most one of those is chosen. O(n log n) by a Fenwick tree of prefix maxima.
 */
export function heaviestIncreasing<P extends WeightedPair>(pairs: readonly P[]): P[] {
  interface Chain {
    readonly pair: P;
    readonly total: number;
    readonly before: Chain | undefined;
  }
  // Descending on the new side within one old cell: such pairs then cannot follow each other.
  const sorted = pairs.toSorted((a, b) => a.oldIndex - b.oldIndex || b.newIndex - a.newIndex);
  const size = sorted.reduce((most, { newIndex }) => Math.max(most, newIndex), 0) + 2;
  const best: (Chain | undefined)[] = new Array(size).fill(undefined);
  let heaviest: Chain | undefined;
  for (const pair of sorted) {
    let before: Chain | undefined;
    for (let i = pair.newIndex; i > 0; i -= i & -i) {
      const chain = best[i];
      if (chain !== undefined && (before === undefined || chain.total > before.total)) {
        before = chain;
      }
    }
    const chain: Chain = { pair, total: pair.weight + (before?.total ?? 0), before };
    for (let i = pair.newIndex + 1; i < size; i += i & -i) {
      const there = best[i];
      if (there === undefined || chain.total > there.total) best[i] = chain;
    }
    if (heaviest === undefined || chain.total > heaviest.total) heaviest = chain;
  }
  const chosen: P[] = [];
  for (let chain = heaviest; chain !== undefined; chain = chain.before) chosen.push(chain.pair);
  return chosen.reverse();
}
