import { type CellFeatures, measureSimilarity } from './cellFeatures';
import { type CellPair, heaviestIncreasing, type WeightedPair } from './heaviestIncreasing';
import type { WorkBudget } from './workBudget';

/** A stretch of both notebooks; ends are exclusive. */
export interface Gap {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

interface Sides {
  readonly old: readonly CellFeatures[];
  readonly new: readonly CellFeatures[];
}

/** Up to this many comparisons a gap is matched optimally; beyond it, by rare features only. */
const maxTableCells = 40_000;
const smallGapCells = 400;
const maxPosting = 40;
const maxRareFeatures = 40;
const maxCandidates = 6;

/** Pairs the cells of one gap in order: equal ones first of all, then those alike. */
export function alignGap(sides: Sides, gap: Gap, budget: WorkBudget): CellPair[] {
  const oldCount = gap.oldEnd - gap.oldStart;
  const newCount = gap.newEnd - gap.newStart;
  if (oldCount === 0 || newCount === 0) return [];
  if (oldCount * newCount <= maxTableCells && budget.spend(oldCount * newCount)) {
    return alignByTable(sides, gap, budget);
  }
  const chosen = heaviestIncreasing(collectCandidates(sides, gap, budget));
  // What lies between the chosen is often small enough to be matched optimally.
  const inner = splitGap(gap, chosen).flatMap((part) => {
    const size = (part.oldEnd - part.oldStart) * (part.newEnd - part.newStart);
    return size > 0 && size <= maxTableCells && budget.spend(size)
      ? alignByTable(sides, part, budget)
      : [];
  });
  return [...chosen, ...inner].sort((a, b) => a.oldIndex - b.oldIndex);
}

/** The stretches that pairs, increasing on both sides, leave open; empty ones are left out. */
export function splitGap(gap: Gap, pairs: readonly CellPair[]): Gap[] {
  const parts: Gap[] = [];
  let [oldStart, newStart] = [gap.oldStart, gap.newStart];
  for (const { oldIndex, newIndex } of [...pairs, { oldIndex: gap.oldEnd, newIndex: gap.newEnd }]) {
    if (oldIndex > oldStart || newIndex > newStart) {
      parts.push({ oldStart, oldEnd: oldIndex, newStart, newEnd: newIndex });
    }
    [oldStart, newStart] = [oldIndex + 1, newIndex + 1];
  }
  return parts;
}

/** The best sum over all in-order pairings, by dynamic programming. */
function alignByTable(sides: Sides, gap: Gap, budget: WorkBudget): CellPair[] {
  const rows = gap.oldEnd - gap.oldStart;
  const columns = gap.newEnd - gap.newStart;
  const size = rows * columns;
  const atLeast = size === 1 ? 0.15 : size <= smallGapCells ? 0.3 : 0.4;
  const scores = new Float64Array(size);
  // totals[i, j]: the best sum for the cells from i and from j on.
  const totals = new Float64Array((rows + 1) * (columns + 1));
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const score = scorePair(
        sides.old[gap.oldStart + i],
        sides.new[gap.newStart + j],
        atLeast,
        budget,
      );
      scores[i * columns + j] = score;
      const at = i * (columns + 1) + j;
      const skipped = Math.max(totals[at + 1] ?? 0, totals[at + columns + 1] ?? 0);
      const paired = score > 0 ? score + (totals[at + columns + 2] ?? 0) : 0;
      totals[at] = Math.max(skipped, paired);
    }
  }
  const pairs: CellPair[] = [];
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    const at = i * (columns + 1) + j;
    const score = scores[i * columns + j] ?? 0;
    const total = totals[at] ?? 0;
    if (score > 0 && total === score + (totals[at + columns + 2] ?? 0)) {
      pairs.push({ oldIndex: gap.oldStart + i, newIndex: gap.newStart + j });
      i += 1;
      j += 1;
    } else if (total === totals[at + columns + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

function scorePair(
  a: CellFeatures | undefined,
  b: CellFeatures | undefined,
  atLeast: number,
  budget: WorkBudget,
): number {
  if (a === undefined || b === undefined) return 0;
  if (a.key === b.key) return a.isBlank ? 0.6 : 2;
  return measureSimilarity(a, b, atLeast, budget);
}

/** For each old cell of a large gap the few new cells that share its rarest lines and tokens. */
export function collectCandidates(sides: Sides, gap: Gap, budget: WorkBudget): WeightedPair[] {
  const postings = new Map<number, number[]>();
  const byKey = new Map<number, number[]>();
  for (let j = gap.newStart; j < gap.newEnd; j += 1) {
    const cell = sides.new[j];
    if (cell === undefined) continue;
    append(byKey, cell.key, j);
    if (!budget.spend(cell.length)) continue;
    for (const feature of featuresOf(cell)) append(postings, feature, j);
  }
  const pairs: WeightedPair[] = [];
  const used = new Map<number, number>();
  for (let i = gap.oldStart; i < gap.oldEnd; i += 1) {
    const cell = sides.old[i];
    if (cell === undefined) continue;
    const equal = byKey.get(cell.key);
    if (equal !== undefined) {
      // The n-th of the equal cells meets the n-th: more choices would cost the square of them.
      const nth = used.get(cell.key) ?? 0;
      used.set(cell.key, nth + 1);
      const newIndex = equal[nth];
      if (newIndex !== undefined) pairs.push({ oldIndex: i, newIndex, weight: 2 * cell.weight });
      continue;
    }
    for (const newIndex of likeliest(cell, postings, budget)) {
      const other = sides.new[newIndex];
      const similarity = other === undefined ? 0 : measureSimilarity(cell, other, 0.4, budget);
      if (similarity > 0) {
        pairs.push({ oldIndex: i, newIndex, weight: similarity * cell.weight });
      }
    }
  }
  return pairs;
}

function likeliest(
  cell: CellFeatures,
  postings: ReadonlyMap<number, readonly number[]>,
  budget: WorkBudget,
): number[] {
  if (!budget.spend(cell.length)) return [];
  const rare = [...featuresOf(cell)]
    .map((feature) => postings.get(feature) ?? [])
    .filter((posting) => posting.length > 0 && posting.length <= maxPosting)
    .sort((a, b) => a.length - b.length)
    .slice(0, maxRareFeatures);
  const hits = new Map<number, number>();
  for (const posting of rare) {
    for (const index of posting) hits.set(index, (hits.get(index) ?? 0) + 1 / posting.length);
  }
  return [...hits]
    .sort(([i, a], [j, b]) => b - a || i - j)
    .slice(0, maxCandidates)
    .map(([index]) => index);
}

function featuresOf(cell: CellFeatures): Set<number> {
  return new Set([...cell.lines(), ...cell.tokens()]);
}

function append(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
