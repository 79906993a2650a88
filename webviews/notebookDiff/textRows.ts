import { diffSource } from '../../src/core/notebook/diffSource';
import { createWorkBudget } from '../../src/core/notebook/workBudget';
import { alignSource, foldRows, type SourceRow } from '../shared/sourceRows';

/** Lines of context kept beside a change. */
const context = 3;
/** About 30 ms: beyond it the lines are marked more coarsely, never wrongly. */
const maxWork = 20_000_000;

/** Two texts of outputs or metadata side by side. */
export function textRows(oldText: string, newText: string): readonly SourceRow[] {
  const hunks = diffSource(oldText, newText, createWorkBudget(maxWork));
  return foldRows(alignSource(oldText, newText, hunks), context);
}

/** One text on its own side. */
export function oneSideRows(text: string, side: 'old' | 'new'): readonly SourceRow[] {
  return text.split('\n').map((line, index) => ({
    kind: 'changed',
    [side]: { number: index + 1, text: line },
  }));
}
