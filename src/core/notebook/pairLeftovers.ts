import { collectCandidates } from './alignGap';
import { type CellFeatures, measureSimilarity } from './cellFeatures';
import type { WeightedPair } from './heaviestIncreasing';
import { join, type Matching } from './matching';
import type { WorkBudget } from './workBudget';

/** Below these a likeness over any distance is chance, and a "move" would mislead. */
const minMovedSimilarity = 0.75;
const minMovedLength = 20;
const maxComparisons = 40_000;

/**
 * Pairs what the alignment in order has left over, wherever it stands: equal text first, then
 * trusted ids, then great likeness. Changes `matching`.
 */
export function pairLeftovers(
  oldCells: readonly CellFeatures[],
  newCells: readonly CellFeatures[],
  matching: Matching,
  byId: ReadonlyMap<number, number>,
  budget: WorkBudget,
): void {
  pairEqual(oldCells, newCells, matching);
  for (const [oldIndex, newIndex] of byId) {
    if (!matching.toNew.has(oldIndex) && !matching.toOld.has(newIndex)) {
      join(matching, { oldIndex, newIndex });
    }
  }
  pairAlike(oldCells, newCells, matching, budget);
}

/**
 * A cell must never be shown as removed here and added there. So equal cells find each other even
 * if one of them is paired with a cell that is only alike, which it then leaves.
 */
function pairEqual(
  oldCells: readonly CellFeatures[],
  newCells: readonly CellFeatures[],
  matching: Matching,
): void {
  const isEqualPair = (oldIndex: number | undefined, newIndex: number | undefined) =>
    oldIndex !== undefined &&
    newIndex !== undefined &&
    oldCells[oldIndex]?.key === newCells[newIndex]?.key;
  const waiting = new Map<number, number[]>();
  for (const [newIndex, cell] of newCells.entries()) {
    if (cell.isBlank || isEqualPair(matching.toOld.get(newIndex), newIndex)) continue;
    const list = waiting.get(cell.key);
    if (list === undefined) waiting.set(cell.key, [newIndex]);
    else list.push(newIndex);
  }
  for (const list of waiting.values()) {
    // Taken from the end: those that no other cell holds come first, each group in order.
    const held = list.filter((newIndex) => matching.toOld.has(newIndex));
    const free = list.filter((newIndex) => !matching.toOld.has(newIndex));
    list.splice(0, list.length, ...held.reverse(), ...free.reverse());
  }
  for (const [oldIndex, cell] of oldCells.entries()) {
    if (cell.isBlank || isEqualPair(oldIndex, matching.toNew.get(oldIndex))) continue;
    const newIndex = waiting.get(cell.key)?.pop();
    if (newIndex !== undefined) join(matching, { oldIndex, newIndex });
  }
}

function pairAlike(
  oldCells: readonly CellFeatures[],
  newCells: readonly CellFeatures[],
  matching: Matching,
  budget: WorkBudget,
): void {
  const isOpen = (cell: CellFeatures) => !cell.isBlank && cell.length >= minMovedLength;
  const old = indexesOf(oldCells, (cell, i) => isOpen(cell) && !matching.toNew.has(i));
  const fresh = indexesOf(newCells, (cell, i) => isOpen(cell) && !matching.toOld.has(i));
  const found: WeightedPair[] = [];
  const compare = (oldIndex: number, newIndex: number) => {
    const [a, b] = [oldCells[oldIndex], newCells[newIndex]];
    if (a === undefined || b === undefined) return;
    const weight = measureSimilarity(a, b, minMovedSimilarity, budget);
    if (weight >= minMovedSimilarity) found.push({ oldIndex, newIndex, weight });
  };
  if (old.length * fresh.length <= maxComparisons) {
    for (const oldIndex of old) for (const newIndex of fresh) compare(oldIndex, newIndex);
  } else {
    const sides = {
      old: old.flatMap((i) => oldCells[i] ?? []),
      new: fresh.flatMap((i) => newCells[i] ?? []),
    };
    const all = { oldStart: 0, oldEnd: old.length, newStart: 0, newEnd: fresh.length };
    for (const { oldIndex, newIndex } of collectCandidates(sides, all, budget)) {
      compare(old[oldIndex] ?? -1, fresh[newIndex] ?? -1);
    }
  }
  found.sort((a, b) => b.weight - a.weight || a.oldIndex - b.oldIndex || a.newIndex - b.newIndex);
  for (const pair of found) {
    if (!matching.toNew.has(pair.oldIndex) && !matching.toOld.has(pair.newIndex)) {
      join(matching, pair);
    }
  }
}

function indexesOf(
  cells: readonly CellFeatures[],
  isWanted: (cell: CellFeatures, index: number) => boolean,
): number[] {
  return cells.flatMap((cell, index) => (isWanted(cell, index) ? [index] : []));
}
