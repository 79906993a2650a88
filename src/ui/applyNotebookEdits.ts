import {
  NotebookCellData,
  type NotebookDocument,
  NotebookEdit,
  NotebookRange,
  type Uri,
  type NotebookCell as VsCodeCell,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import type { NotebookEditStep, PlannedCell } from '../core/notebook/planNotebookEdits';
import { UserError } from '../core/userError';

/** What the user is told where the notebook is not any more what was compared. */
export const changedMeanwhile =
  'The notebook changed meanwhile, so nothing was written. The diff is shown anew: try again there.';

/**
 * Brings planned edits into an open notebook, as one edit that Undo there takes back. Cells of the
 * other side come through VS Code's own serializer, so that they are what a save would write.
 *
 * @param version of the document when the edits were planned.
 * @param otherUri where VS Code finds the notebook that cells are taken from.
 * @throws UserError, having written nothing, if the notebook changed since.
 */
export async function applyNotebookEdits(
  document: NotebookDocument,
  version: number,
  steps: readonly NotebookEditStep[],
  otherUri: Uri,
): Promise<void> {
  const takes = steps.some(({ cells }) => cells.some(({ from }) => from === 'other'));
  const other = takes ? (await workspace.openNotebookDocument(otherUri)).getCells() : [];
  if (document.isClosed || document.version !== version || !steps.every(matches)) {
    throw new UserError(changedMeanwhile);
  }
  const edit = new WorkspaceEdit();
  edit.set(
    document.uri,
    steps.map(({ index, removed, cells }) =>
      NotebookEdit.replaceCells(
        new NotebookRange(index, index + removed.length),
        cells.map((cell) => toCellData(cell, document, other)),
      ),
    ),
  );
  if (!(await workspace.applyEdit(edit))) throw new UserError(changedMeanwhile);

  function matches({ index, removed }: NotebookEditStep): boolean {
    return removed.every((source, i) => {
      const at = index + i;
      return at < document.cellCount && isSameText(document.cellAt(at).document.getText(), source);
    });
  }
}

/** An editor may write line ends otherwise than the file has them. */
function isSameText(a: string, b: string): boolean {
  return a === b || a.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n');
}

function toCellData(
  planned: PlannedCell,
  document: NotebookDocument,
  other: readonly VsCodeCell[],
): NotebookCellData {
  if (planned.from === 'own') return copyCell(document.cellAt(planned.index), planned.source);
  const cell = other[planned.index];
  if (cell === undefined) throw new UserError(changedMeanwhile);
  const data = copyCell(cell, cell.document.getText());
  const { id: _, ...metadata } = cell.metadata;
  data.metadata = planned.id === undefined ? metadata : { ...metadata, id: planned.id };
  return data;
}

function copyCell(cell: VsCodeCell, source: string): NotebookCellData {
  const data = new NotebookCellData(cell.kind, source, cell.document.languageId);
  data.metadata = cell.metadata;
  data.outputs = [...cell.outputs];
  if (cell.executionSummary) data.executionSummary = cell.executionSummary;
  return data;
}
