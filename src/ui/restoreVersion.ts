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
import { toCellKind, toCellOutputs } from '../platform/notebookDocument';
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
    const { version } = script;
    const index = await histories.locate(notebook, trace.first, scriptCells(script));
    checkVersion(script, version);
    if (index === undefined) {
      throw new UserError('The script has this cell no more. Copy its source from here instead.');
    }
    await restoreScriptCell(script, index, source);
    await window.showTextDocument(script);
    return;
  }
  const document = findOpenNotebook(notebook) ?? (await workspace.openNotebookDocument(uri));
  const latest = results.at(-1)?.last;
  const outputs = latest ? await histories.outputs(latest.checkpointId, latest.cellIndex) : [];
  const { version } = document;
  const found = await histories.locate(notebook, trace.first, matchedCells(document));
  checkVersion(document, version);
  const index = found ?? Math.min(trace.last.cellIndex, document.cellCount);
  if (found === undefined) await insertCell(document, index, kind, source, outputs);
  else if (toCellKind(document.cellAt(found)) !== kind) {
    await insertCell(document, index, kind, source, outputs, found + 1);
  } else await restoreCell(document, index, source, outputs);
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

/** Finding the cell takes a while, in which what it was found by may be edited. */
function checkVersion(document: { readonly version: number }, version: number): void {
  if (document.version === version) return;
  throw new UserError('The cells changed meanwhile, so nothing was written. Try again.');
}

async function insertCell(
  document: Parameters<typeof restoreCell>[0],
  index: number,
  kind: TracedVersion['kind'],
  source: string,
  outputs: readonly NotebookOutput[],
  /** The end of the cells that it replaces; default: none. */
  replacedEnd = index,
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
  edit.set(document.uri, [
    NotebookEdit.replaceCells(new NotebookRange(index, replacedEnd), [data]),
  ]);
  await applyOrThrow(edit);
}
