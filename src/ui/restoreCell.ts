import {
  NotebookCellData,
  type NotebookDocument,
  NotebookEdit,
  NotebookRange,
  Range,
  type TextDocument,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import type { NotebookOutput } from '../core/notebook/notebook';
import { parsePercentScript, replacePercentSource } from '../core/notebook/percentScript';
import { UserError } from '../core/userError';
import { toCellOutputs } from '../platform/notebookDocument';

/**
 * Gives a cell of the open notebook an earlier source, and earlier outputs where they are given, as one edit that
 * Undo takes back. The notebook is not saved.
 *
 * @param outputs default: the cell keeps those that it has.
 */
export async function restoreCell(
  notebook: NotebookDocument,
  cellIndex: number,
  source: string,
  outputs?: readonly NotebookOutput[],
): Promise<void> {
  if (cellIndex < 0 || cellIndex >= notebook.cellCount) {
    throw new UserError('This cell is no longer in the notebook.');
  }
  const cell = notebook.cellAt(cellIndex);
  const data = new NotebookCellData(cell.kind, source, cell.document.languageId);
  data.metadata = cell.metadata;
  data.outputs = outputs ? toCellOutputs(outputs) : [...cell.outputs];
  const edit = new WorkspaceEdit();
  edit.set(notebook.uri, [
    NotebookEdit.replaceCells(new NotebookRange(cellIndex, cellIndex + 1), [data]),
  ]);
  await applyOrThrow(edit);
}

/** The same for a cell of a script with `# %%` markers; what is around its source stays as it is. */
export async function restoreScriptCell(
  script: TextDocument,
  cellIndex: number,
  source: string,
): Promise<void> {
  const parsed = parsePercentScript(script.getText());
  if (!parsed.cells[cellIndex]) throw new UserError('This cell is no longer in the script.');
  const { startLine, endLine, text } = replacePercentSource(parsed, cellIndex, source);
  const edit = new WorkspaceEdit();
  edit.replace(script.uri, script.validateRange(new Range(startLine, 0, endLine, 0)), text);
  await applyOrThrow(edit);
}

export async function applyOrThrow(edit: WorkspaceEdit): Promise<void> {
  if (await workspace.applyEdit(edit)) return;
  throw new UserError('VS Code refused the edit. Close other editors of this file and try again.');
}
