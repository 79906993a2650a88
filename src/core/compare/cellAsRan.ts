import type { Notebook, NotebookCell } from '../notebook/notebook';
import type { NotebookSource } from '../run/run';

/** Which cell of a notebook ran, and what it was then. */
export type RanCell = Pick<NotebookSource, 'cellId' | 'cellIndex' | 'cellSource'>;

/**
 * A notebook as its checkpoint has it, with the cell that ran as it was when it began: who goes on
 * writing while it trains has changed it by the time that the checkpoint is taken.
 */
export function cellAsRan(notebook: Notebook, ran: RanCell): Notebook {
  const { cells } = notebook;
  const index = findCell(cells, ran);
  const cell = cells[index];
  if (cell === undefined || cell.source === ran.cellSource) return notebook;
  return { ...notebook, cells: cells.with(index, { ...cell, source: ran.cellSource }) };
}

/** @returns -1 if it is not there any more. */
function findCell(
  cells: readonly NotebookCell[],
  { cellId, cellIndex, cellSource }: RanCell,
): number {
  const named = cells.findIndex(({ id }) => id !== undefined && id === cellId);
  if (named >= 0) return named;
  const same = cells.findIndex(({ kind, source }) => kind === 'code' && source === cellSource);
  if (same >= 0) return same;
  const there = cells[cellIndex];
  return there?.kind === 'code' && (there.id === undefined || cellId === undefined)
    ? cellIndex
    : -1;
}
