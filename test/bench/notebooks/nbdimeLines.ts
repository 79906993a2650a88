import { diffSource } from '../../../src/core/notebook/diffSource';
import { displayedLines } from '../../../src/core/notebook/displayedLines';
import type { Notebook } from '../../../src/core/notebook/notebook';
import { createWorkBudget } from '../../../src/core/notebook/workBudget';

/**
 * The source lines that a diff with these pairs of cells shows, counted as ours are: a pair by the
 * smallest line diff of its sources, what has no partner whole.
 */
export function linesOfPairs(
  old: Notebook,
  fresh: Notebook,
  pairs: readonly (readonly [number, number])[],
): number {
  const toNew = new Map(pairs);
  const paired = new Set(toNew.values());
  const budget = createWorkBudget(Number.POSITIVE_INFINITY);
  const oldRows = old.cells.map((cell, i) => {
    const partner = fresh.cells[toNew.get(i) ?? -1];
    return partner === undefined
      ? ({ kind: 'removed', old: cell, hunks: [] } as const)
      : ({
          kind: 'changed',
          old: cell,
          new: partner,
          hunks: diffSource(cell.source, partner.source, budget),
        } as const);
  });
  const added = fresh.cells
    .filter((_, j) => !paired.has(j))
    .map((cell) => ({ kind: 'added', new: cell, hunks: [] }) as const);
  return displayedLines([...oldRows, ...added]);
}
