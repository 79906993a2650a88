import type { NotebookDiff } from './diffNotebooks';
import { applyHunks } from './diffSource';
import type { Notebook, NotebookCell } from './notebook';

/**
 * The new notebook, rebuilt from the old one: sources by their hunks, cells by their index; what
 * the rows carry whole (outputs, metadata, added cells) is taken from them.
 * @throws RangeError if the diff names a cell that the old notebook does not have.
 */
export function applyNotebookDiff(diff: NotebookDiff, old: Notebook): Notebook {
  const cells = diff.cells
    .filter(({ kind }) => kind !== 'removed')
    .toSorted((a, b) => (a.newIndex ?? 0) - (b.newIndex ?? 0))
    .map(({ new: fresh, oldIndex, hunks }): NotebookCell => {
      if (fresh === undefined) throw new RangeError('A cell of the diff has no new side.');
      if (oldIndex === undefined) return fresh;
      const cell = old.cells[oldIndex];
      if (cell === undefined) throw new RangeError(`The old notebook has no cell ${oldIndex}.`);
      return { ...fresh, source: applyHunks(cell.source, hunks) };
    });
  return { ...diff.header, cells };
}
