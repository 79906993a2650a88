import { type NotebookCell, NotebookCellKind, type NotebookDocument } from 'vscode';
import { streamMimes } from '../core/notebook/editorNotebook';
import type { JudgedCell } from '../core/trust/judge';
import { passingIdMark, type WatchedNotebook } from '../core/trust/watchedNotebook';
import { cellId } from './notebookDocument';
import { toWorkspacePath } from './workspacePath';

const errorMime = 'application/vnd.code.notebook.error';

/** An open notebook as its results are judged. */
export function watchedNotebook(document: NotebookDocument): WatchedNotebook {
  return {
    key: document.uri.toString(),
    path: toWorkspacePath(document.uri),
    cells: () => document.getCells().map(toJudgedCell),
  };
}

/** The file's id of a cell, else one that lasts as long as the notebook is open. */
export function watchedId(cell: NotebookCell): string {
  return cellId(cell) ?? `${passingIdMark}${cell.document.uri.fragment}`;
}

/** Of outputs only their kinds matter, so that large ones need not be read. */
function toJudgedCell(cell: NotebookCell): JudgedCell {
  const order = cell.executionSummary?.executionOrder;
  const isCode = cell.kind === NotebookCellKind.Code && cell.document.languageId === 'python';
  return {
    kind: isCode ? 'code' : 'markdown',
    id: watchedId(cell),
    source: cell.document.getText(),
    outputs: cell.outputs.map(({ items: [first] }) => ({
      kind:
        first?.mime === errorMime
          ? 'error'
          : first && streamMimes.has(first.mime)
            ? 'stream'
            : 'display',
      data: {},
    })),
    ...(order !== undefined && { executionCount: order }),
  };
}
