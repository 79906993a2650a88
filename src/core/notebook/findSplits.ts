import type { CellFeatures } from './cellFeatures';
import type { WorkBudget } from './workBudget';

/** A cell whose lines now lie in several that follow each other. */
export interface Split {
  readonly whole: number;
  /** The part that is paired with the whole. */
  readonly keeper: number;
  readonly others: readonly number[];
}

/** How much of the lines or tokens must be the same. */
const minLikeness = 0.9;
/** A part must come from the whole by at least this share of its lines. */
const minShare = 0.5;
const maxParts = 12;
const maxPosting = 40;

interface Window {
  readonly likeness: number;
  /** Lines that each part with text has from the whole, by its index. */
  readonly shared: ReadonlyMap<number, number>;
}

/**
 * Finds the cells of one side that were split on the other: their lines equal, nearly or fully,
 * those of at most twelve adjacent cells that have no partner, or of which one is the whole's.
 * With the sides swapped it finds merges. Each part is in one split at most.
 */
export function findSplits(
  wholes: readonly CellFeatures[],
  parts: readonly CellFeatures[],
  toPart: ReadonlyMap<number, number>,
  toWhole: ReadonlyMap<number, number>,
  budget: WorkBudget,
): Split[] {
  const taken = new Set<number>();
  const isFree = (at: number) => !toWhole.has(at) && !taken.has(at);
  if (!parts.some((_, at) => isFree(at))) return [];
  const places = createPlaces(parts, isFree, budget);
  const splits: Split[] = [];
  for (const [whole, cell] of wholes.entries()) {
    const partner = toPart.get(whole);
    if (partner !== undefined && parts[partner]?.key === cell.key) continue;
    if (partner !== undefined && !isFree(partner - 1) && !isFree(partner + 1)) continue;
    if (!budget.spend(cell.length) || cell.lines().length < 2) continue;
    const seeds = partner === undefined ? places(cell) : [partner];
    const window = findWindow(cell, parts, seeds, isFree, budget);
    if (window === undefined) continue;
    const found = [...window.shared.keys()];
    const keeper = partner ?? found.reduce((a, b) => (share(window, b) > share(window, a) ? b : a));
    const others = found.filter((at) => at !== keeper);
    for (const at of found) taken.add(at);
    splits.push({ whole, keeper, others });
  }
  return splits;
}

function share(window: Window, at: number): number {
  return window.shared.get(at) ?? 0;
}

/** For a cell the free parts that have one of its rarer lines. */
function createPlaces(
  parts: readonly CellFeatures[],
  isFree: (at: number) => boolean,
  budget: WorkBudget,
): (cell: CellFeatures) => readonly number[] {
  const byLine = new Map<number, number[]>();
  for (const [at, part] of parts.entries()) {
    if (!isFree(at) || part.isBlank || !budget.spend(part.length)) continue;
    for (const line of new Set(part.lines())) {
      const known = byLine.get(line);
      if (known === undefined) byLine.set(line, [at]);
      else known.push(at);
    }
  }
  return (cell) => {
    const found = new Set<number>();
    for (const line of new Set(cell.lines())) {
      const at = byLine.get(line) ?? [];
      if (at.length <= maxPosting) for (const each of at) found.add(each);
    }
    return [...found].sort((a, b) => a - b);
  };
}

/** The best run of parts that holds one of the seeds and, beside it, only free parts. */
function findWindow(
  whole: CellFeatures,
  parts: readonly CellFeatures[],
  seeds: readonly number[],
  isFree: (at: number) => boolean,
  budget: WorkBudget,
): Window | undefined {
  const seen = new Set<number>();
  let best: Window | undefined;
  for (const seed of seeds) {
    let first = seed;
    while (seed - first < maxParts - 1 && first > 0 && isFree(first - 1)) first -= 1;
    for (let start = first; start <= seed; start += 1) {
      // Among seeds each start is tried once, at the first seed that it reaches.
      if (seen.has(start) || !isLongEnough(whole, parts, start)) continue;
      seen.add(start);
      const grown = growWindow(whole, parts, start, seed, isFree, budget);
      if (grown !== undefined && grown.likeness > (best?.likeness ?? 0)) best = grown;
    }
  }
  return best;
}

/** Whether the parts from `start` on can hold most of the whole; told by their lengths, cheaply. */
function isLongEnough(whole: CellFeatures, parts: readonly CellFeatures[], start: number): boolean {
  let length = 0;
  for (let at = start; at < start + maxParts && length * 2 < whole.length; at += 1) {
    length += parts[at]?.length ?? 0;
  }
  return length * 2 >= whole.length;
}

/** The best of the windows that begin at `start` and hold `seed`. */
function growWindow(
  whole: CellFeatures,
  parts: readonly CellFeatures[],
  start: number,
  seed: number,
  isFree: (at: number) => boolean,
  budget: WorkBudget,
): Window | undefined {
  if (!budget.spend(whole.lines().length)) return undefined;
  const left = countEach(whole.lines());
  const wholeLines = whole.lines().length;
  const shared = new Map<number, number>();
  let [sharedLines, windowLines] = [0, 0];
  let best: Window | undefined;
  for (let end = start; end < Math.min(parts.length, start + maxParts); end += 1) {
    const part = parts[end];
    if (part === undefined || (end !== seed && !isFree(end))) break;
    const lines = part.lines();
    if (!budget.spend(20 + lines.length)) break;
    const own = takeShared(left, lines);
    // Blank cells between the parts are nobody's.
    if (lines.length > 0 && own < lines.length * minShare) break;
    if (lines.length > 0) shared.set(end, own);
    sharedLines += own;
    windowLines += lines.length;
    // Much longer than the whole, it only gets worse.
    if (windowLines > wholeLines * 2) break;
    if (end < seed || shared.size < 2 || lines.length === 0) continue;
    const byLine = (2 * sharedLines) / (wholeLines + windowLines);
    const likeness =
      byLine >= minLikeness || byLine < minShare
        ? byLine
        : Math.max(byLine, tokenLikeness(whole, [...shared.keys()], parts, budget));
    if (likeness >= minLikeness && likeness > (best?.likeness ?? 0)) {
      best = { likeness, shared: new Map(shared) };
    }
  }
  return best;
}

function tokenLikeness(
  whole: CellFeatures,
  window: readonly number[],
  parts: readonly CellFeatures[],
  budget: WorkBudget,
): number {
  const tokens = window.flatMap((at) => parts[at]?.tokens() ?? []);
  const count = tokens.reduce((sum, each) => sum + each.length, 0);
  const wholeTokens = whole.tokens();
  if (!budget.spend(count + wholeTokens.length)) return 0;
  const left = countEach(wholeTokens);
  const shared = tokens.reduce((sum, each) => sum + takeShared(left, each), 0);
  return (2 * shared) / (wholeTokens.length + count);
}

function countEach(numbers: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const each of numbers) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

/** How many of the numbers were still left; takes them. */
function takeShared(left: Map<number, number>, numbers: Int32Array): number {
  let shared = 0;
  for (const each of numbers) {
    const count = left.get(each) ?? 0;
    if (count === 0) continue;
    left.set(each, count - 1);
    shared += 1;
  }
  return shared;
}
