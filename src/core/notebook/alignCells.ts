import { alignGap, splitGap } from './alignGap';
import { collectFeatures, type MatchedCell } from './cellFeatures';
import { findAnchors } from './findAnchors';
import { findSplits, type Split } from './findSplits';
import { type CellPair, heaviestIncreasing } from './heaviestIncreasing';
import { createMatching, join } from './matching';
import { pairLeftovers } from './pairLeftovers';
import { createWorkBudget } from './workBudget';

export interface CellAlignment {
  /** Pairs that keep their order, increasing on both sides. */
  readonly stayed: readonly CellPair[];
  /** Pairs that crossed others, by new index. */
  readonly moved: readonly CellPair[];
  /** New index of a cell without a partner → old index of the cell that it was split off. */
  readonly splitFrom: ReadonlyMap<number, number>;
  /** Old index of a cell without a partner → new index of the cell that now holds its lines. */
  readonly mergedInto: ReadonlyMap<number, number>;
  /** The budget ran out, and likeness was not looked for everywhere. */
  readonly coarse: boolean;
}

/** Enough for 5,000 rewritten cells; well under a second of work. */
const alignmentUnits = 20_000_000;

/**
 * Finds which cell of the new notebook is which of the old one. Each cell is in one pair at most;
 * equal cells that are not blank are paired as often as there are of them on both sides.
 */
export function alignCells(
  oldCells: readonly MatchedCell[],
  newCells: readonly MatchedCell[],
): CellAlignment {
  const [old, fresh] = collectFeatures(oldCells, newCells);
  const budget = createWorkBudget(alignmentUnits);

  const shorter = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < shorter && old[start]?.key === fresh[start]?.key) start += 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end)?.key === fresh.at(-1 - end)?.key) end += 1;
  const middle = {
    oldStart: start,
    oldEnd: old.length - end,
    newStart: start,
    newEnd: fresh.length - end,
  };
  const oldMiddle = old.slice(middle.oldStart, middle.oldEnd);
  const newMiddle = fresh.slice(middle.newStart, middle.newEnd);

  const anchors = findAnchors(oldMiddle, newMiddle, budget);
  const whole = {
    oldStart: 0,
    oldEnd: oldMiddle.length,
    newStart: 0,
    newEnd: newMiddle.length,
  };
  const inOrder = heaviestIncreasing(anchors.pairs);
  const matching = createMatching(anchors.pairs);
  for (const gap of splitGap(whole, inOrder)) {
    // Anchors out of order are pairs already: their cells are not for others to take.
    const openOld = range(gap.oldStart, gap.oldEnd).filter((i) => !matching.toNew.has(i));
    const openNew = range(gap.newStart, gap.newEnd).filter((i) => !matching.toOld.has(i));
    const sides = {
      old: openOld.flatMap((i) => oldMiddle[i] ?? []),
      new: openNew.flatMap((i) => newMiddle[i] ?? []),
    };
    const open = { oldStart: 0, oldEnd: openOld.length, newStart: 0, newEnd: openNew.length };
    for (const { oldIndex, newIndex } of alignGap(sides, open, budget)) {
      join(matching, { oldIndex: openOld[oldIndex] ?? -1, newIndex: openNew[newIndex] ?? -1 });
    }
  }
  pairLeftovers(oldMiddle, newMiddle, matching, anchors.byId, budget);
  const splits = findSplits(oldMiddle, newMiddle, matching.toNew, matching.toOld, budget);
  for (const { whole, keeper } of splits) join(matching, { oldIndex: whole, newIndex: keeper });
  const merges = findSplits(newMiddle, oldMiddle, matching.toOld, matching.toNew, budget);
  for (const { whole, keeper } of merges) join(matching, { oldIndex: keeper, newIndex: whole });

  const pairs = [...matching.toNew].map(([oldIndex, newIndex]) => ({
    oldIndex: oldIndex + start,
    newIndex: newIndex + start,
    weight: Math.min(oldMiddle[oldIndex]?.weight ?? 0, newMiddle[newIndex]?.weight ?? 0),
  }));
  const stayed = heaviestIncreasing(pairs);
  const isStaying = new Set(stayed);
  return {
    stayed: [
      ...range(0, start).map((i) => ({ oldIndex: i, newIndex: i })),
      ...stayed,
      ...range(0, end).map((i) => ({
        oldIndex: middle.oldEnd + i,
        newIndex: middle.newEnd + i,
      })),
    ],
    moved: pairs.filter((pair) => !isStaying.has(pair)).sort((a, b) => a.newIndex - b.newIndex),
    splitFrom: toOrigins(splits, start),
    mergedInto: toOrigins(merges, start),
    coarse: budget.exhausted,
  };
}

/** Part → whole, for the parts that are not paired; both by their places in the notebooks. */
function toOrigins(splits: readonly Split[], start: number): ReadonlyMap<number, number> {
  return new Map(
    splits.flatMap(({ whole, others }) => others.map((part) => [part + start, whole + start])),
  );
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}
