import {
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  NotebookEditorRevealType,
  NotebookRange,
  TabInputNotebook,
  ViewColumn,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { TraceData, TracedVersion } from '../core/history/traceData';
import type { NotebookOutput } from '../core/notebook/notebook';
import { UserError } from '../core/userError';
import { toCellOutputs } from '../platform/notebookDocument';
import { fromWorkspacePath } from '../platform/workspacePath';
import { findOpenNotebook } from './notebookSides';
import { matchedCells, scriptCells } from './openCell';
import { applyOrThrow, restoreCell, restoreScriptCell } from './restoreCell';
import type { Services } from './services';

/**
 * Brings one version of a cell back into the open notebook or script, with the outputs that it gave last,
 * as an edit that Undo takes back. A cell that is gone comes back where it was.
 */
export async function restoreVersion(
  notebook: string,
  trace: TraceData,
  { kind, source, results }: TracedVersion,
  { histories }: Pick<Services, 'histories'>,
): Promise<void> {
  const uri = fromWorkspacePath(notebook);
  if (!notebook.endsWith('.ipynb')) {
    const script = await workspace.openTextDocument(uri);
    const index = await histories.locate(notebook, trace.first, scriptCells(script));
    if (index === undefined) {
      throw new UserError('The script has this cell no more. Copy its source from here instead.');
    }
    await restoreScriptCell(script, index, source);
    await window.showTextDocument(script);
    return;
  }
  const document = findOpenNotebook(notebook) ?? (await workspace.openNotebookDocument(uri));
  const last = results.at(-1)?.last;
  const outputs = last ? await histories.outputs(last.checkpointId, last.cellIndex) : [];
  const found = await histories.locate(notebook, trace.first, matchedCells(document));
  const index = found ?? Math.min(trace.last.cellIndex, document.cellCount);
  if (found === undefined) await insertCell(document, index, kind, source, outputs);
  else await restoreCell(document, index, source, outputs);
  // In its own group: the page that asks is in another one, where it would open a second time.
  const viewColumn = window.tabGroups.all.find(({ tabs }) =>
    tabs.some(
      ({ input }) =>
        input instanceof TabInputNotebook && input.uri.toString() === document.uri.toString(),
    ),
  )?.viewColumn;
  const editor = await window.showNotebookDocument(document, {
    viewColumn: viewColumn ?? ViewColumn.One,
  });
  editor.selection = new NotebookRange(index, index + 1);
  editor.revealRange(editor.selection, NotebookEditorRevealType.InCenterIfOutsideViewport);
}

async function insertCell(
  document: Parameters<typeof restoreCell>[0],
  index: number,
  kind: TracedVersion['kind'],
  source: string,
  outputs: readonly NotebookOutput[],
): Promise<void> {
  const language = document.getCells().find((cell) => cell.kind === NotebookCellKind.Code)
    ?.document.languageId;
  const data =
    kind === 'markdown'
      ? new NotebookCellData(NotebookCellKind.Markup, source, 'markdown')
      : new NotebookCellData(
          NotebookCellKind.Code,
          source,
          kind === 'raw' ? 'raw' : (language ?? 'python'),
        );
  data.outputs = toCellOutputs(outputs);
  const edit = new WorkspaceEdit();
  edit.set(document.uri, [NotebookEdit.insertCells(index, [data])]);
  await applyOrThrow(edit);
}
