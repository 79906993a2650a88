import { type CellFeatures, measureSimilarity } from './cellFeatures';
import type { WeightedPair } from './heaviestIncreasing';
import { pairUnique } from './pairUnique';
import type { WorkBudget } from './workBudget';

export interface Anchors {
  /** Pairs that are surely the same cell: unique equal text, or a trusted id. Disjoint. */
  readonly pairs: readonly WeightedPair[];
  /** New index by old index of every trusted id, also of those too weak to be an anchor. */
  readonly byId: ReadonlyMap<number, number>;
}

/** What it takes for an id alone to hold a pair together when it stands out of order. */
const minIdSimilarity = 0.15;

export function findAnchors(
  oldCells: readonly CellFeatures[],
  newCells: readonly CellFeatures[],
  budget: WorkBudget,
): Anchors {
  const equal = pairUnique(oldCells, newCells, ({ key, isBlank }) => (isBlank ? undefined : key));
  const equalByNew = new Map([...equal].map(([oldIndex, newIndex]) => [newIndex, oldIndex]));
  const byId = pairUnique(oldCells, newCells, ({ id }) => id);

  // An id is contradicted where either of its cells has its exact text, once, somewhere else.
  const contradicted = [...byId].filter(
    ([oldIndex, newIndex]) =>
      (equal.get(oldIndex) ?? newIndex) !== newIndex ||
      (equalByNew.get(newIndex) ?? oldIndex) !== oldIndex,
  );
  if (contradicted.length > Math.max(1, byId.size * 0.1)) byId.clear();
  else for (const [oldIndex] of contradicted) byId.delete(oldIndex);

  const pairs: WeightedPair[] = [];
  for (const [oldIndex, newIndex] of new Map([...byId, ...equal])) {
    const a = oldCells[oldIndex];
    const b = newCells[newIndex];
    if (a === undefined || b === undefined) continue;
    if (measureSimilarity(a, b, minIdSimilarity, budget) === 0 && !(a.isBlank && b.isBlank))
      continue;
    pairs.push({ oldIndex, newIndex, weight: Math.min(a.weight, b.weight) });
  }
  return { pairs, byId };
}
