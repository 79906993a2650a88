import { alignCells } from '../../../src/core/notebook/alignCells';
import { diffNotebooks, type NotebookDiff } from '../../../src/core/notebook/diffNotebooks';
import type { Notebook } from '../../../src/core/notebook/notebook';
import { NotebookParseError, parseNotebook } from '../../../src/core/notebook/parseNotebook';
import { type PairFiles, readText } from './notebookPairs';

/** What our engine made of one pair, in milliseconds, each the best of the repeats. */
export interface OurResult {
  readonly old: Notebook;
  readonly fresh: Notebook;
  readonly diff: NotebookDiff;
  /** Reading both files and parsing them. */
  readonly parseMs: number;
  /** The matching of the cells alone. */
  readonly alignMs: number;
  /** Matching, sources, outputs and metadata. */
  readonly diffMs: number;
}

/** Undefined where a side is no notebook. Call it once before for warming up. */
export function measureOurs(pair: PairFiles, repeats: number): OurResult | undefined {
  try {
    const parsed = best(repeats, () => [
      parseNotebook(readText(pair.oldPath)),
      parseNotebook(readText(pair.newPath)),
    ]);
    const [old, fresh] = parsed.result;
    if (old === undefined || fresh === undefined) return undefined;
    const aligned = best(repeats, () => alignCells(old.cells, fresh.cells));
    const { result: diff, ms } = best(repeats, () => diffNotebooks(old, fresh));
    return { old, fresh, diff, parseMs: parsed.ms, alignMs: aligned.ms, diffMs: ms };
  } catch (error) {
    if (error instanceof NotebookParseError) return undefined;
    throw error;
  }
}

/** How long `work` takes at best: what else the machine does is not what is measured. */
export function best<T>(
  repeats: number,
  work: () => T,
): { readonly ms: number; readonly result: T } {
  let ms = Number.POSITIVE_INFINITY;
  let result: T;
  let left = repeats;
  do {
    const startedAt = performance.now();
    result = work();
    ms = Math.min(ms, performance.now() - startedAt);
    left -= 1;
  } while (left > 0);
  return { ms, result };
}
