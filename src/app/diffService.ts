import type { SourceHunk } from '../core/notebook/diffNotebooks';
import { diffSource } from '../core/notebook/diffSource';
import { createWorkBudget } from '../core/notebook/workBudget';

/** Work on texts, too heavy for the extension host; the other side of a worker. */
export interface DiffService {
  /** Line hunks between two sources. */
  diffTexts(old: string, fresh: string): readonly SourceHunk[];
}

/** About a second of work; beyond it the hunks are larger than they need be. */
const textUnits = 20_000_000;

export function createDiffService(): DiffService {
  return {
    diffTexts: (old, fresh) => diffSource(old, fresh, createWorkBudget(textUnits)),
  };
}
