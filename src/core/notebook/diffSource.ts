import { type ArrayChange, diffArrays } from 'diff';
import type { SourceHunk } from './diffNotebooks';
import { heaviestIncreasing } from './heaviestIncreasing';
import { pairUnique } from './pairUnique';
import type { WorkBudget } from './workBudget';

/** Most differences are found with few edits; only the rest is looked for with more. */
const editLimits = [50, 400, 4_000];

/**
 * The smallest set of line hunks that turns one source into the other. Where that would take too
 * long, the hunks are larger than they need be, yet always rebuild the new source exactly.
 */
export function diffSource(oldSource: string, newSource: string, budget: WorkBudget): SourceHunk[] {
  if (oldSource === newSource) return [];
  const oldLines = oldSource.split('\n');
  const newLines = newSource.split('\n');
  const shorter = Math.min(oldLines.length, newLines.length);
  let start = 0;
  while (start < shorter && oldLines[start] === newLines[start]) start += 1;
  let end = 0;
  while (end < shorter - start && oldLines.at(-1 - end) === newLines.at(-1 - end)) end += 1;

  // Lines that the other side lacks can match nothing. Left out of the search they cost nothing.
  const oldShared = findShared(oldLines, newLines, start, end);
  const newShared = findShared(newLines, oldLines, start, end);
  const hunks: SourceHunk[] = [];
  let [oldAt, newAt] = [start, start];
  const closeHunk = (oldEnd: number, newEnd: number) => {
    if (oldEnd > oldAt || newEnd > newAt) {
      hunks.push({
        oldStart: oldAt,
        oldLines: oldLines.slice(oldAt, oldEnd),
        newStart: newAt,
        newLines: newLines.slice(newAt, newEnd),
      });
    }
    [oldAt, newAt] = [oldEnd + 1, newEnd + 1];
  };
  const textsOf = (lines: readonly string[], places: readonly number[]) =>
    places.map((place) => lines[place] ?? '');
  const matches = matchLines(textsOf(oldLines, oldShared), textsOf(newLines, newShared), budget);
  for (const [i, j] of matches) closeHunk(oldShared[i] ?? 0, newShared[j] ?? 0);
  closeHunk(oldLines.length - end, newLines.length - end);
  return hunks;
}

/** The text that `diffSource` was given as the new one. */
export function applyHunks(oldSource: string, hunks: readonly SourceHunk[]): string {
  const oldLines = oldSource.split('\n');
  const parts: (readonly string[])[] = [];
  let oldAt = 0;
  for (const hunk of hunks) {
    parts.push(oldLines.slice(oldAt, hunk.oldStart), hunk.newLines);
    oldAt = hunk.oldStart + hunk.oldLines.length;
  }
  return [...parts, oldLines.slice(oldAt)].flat().join('\n');
}

function findShared(
  lines: readonly string[],
  others: readonly string[],
  start: number,
  end: number,
): number[] {
  const known = new Set(others.slice(start, others.length - end));
  const places: number[] = [];
  for (let i = start; i < lines.length - end; i += 1) {
    if (known.has(lines[i] ?? '')) places.push(i);
  }
  return places;
}

/** Index pairs of a longest common subsequence, or of a long one where the budget runs out. */
function matchLines(
  oldLines: string[],
  newLines: string[],
  budget: WorkBudget,
): (readonly [number, number])[] {
  const most = oldLines.length + newLines.length;
  for (const limit of editLimits) {
    const maxEditLength = Math.min(limit, most);
    // The search costs at most the square of the number of edits.
    if (!budget.spend(maxEditLength * maxEditLength + most)) break;
    const changes = diffArrays(oldLines, newLines, { maxEditLength });
    if (changes !== undefined) return toMatches(changes);
  }
  const unique = pairUnique(oldLines, newLines, (line) => line);
  const pairs = [...unique].map(([oldIndex, newIndex]) => ({ oldIndex, newIndex, weight: 1 }));
  return heaviestIncreasing(pairs).map(({ oldIndex, newIndex }) => [oldIndex, newIndex]);
}

function toMatches(changes: readonly ArrayChange<string>[]): (readonly [number, number])[] {
  const matches: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  for (const { added, removed, count } of changes) {
    if (!added && !removed) {
      for (let k = 0; k < count; k += 1) matches.push([i + k, j + k]);
    }
    if (!added) i += count;
    if (!removed) j += count;
  }
  return matches;
}
