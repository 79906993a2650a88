import type { CellPair } from './heaviestIncreasing';

/** Pairs as a look-up from both sides. */
export interface Matching {
  readonly toNew: Map<number, number>;
  readonly toOld: Map<number, number>;
}

export function createMatching(pairs: readonly CellPair[]): Matching {
  const matching: Matching = { toNew: new Map(), toOld: new Map() };
  for (const pair of pairs) join(matching, pair);
  return matching;
}

/** Pairs two cells, parting them from whomever they were paired with. */
export function join(matching: Matching, { oldIndex, newIndex }: CellPair): void {
  const formerNew = matching.toNew.get(oldIndex);
  const formerOld = matching.toOld.get(newIndex);
  if (formerNew !== undefined) matching.toOld.delete(formerNew);
  if (formerOld !== undefined) matching.toNew.delete(formerOld);
  matching.toNew.set(oldIndex, newIndex);
  matching.toOld.set(newIndex, oldIndex);
}
