import {
  type NotebookCell,
  type NotebookDocument,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import type { CellChoice } from '../app/history/historyService';
import type { MatchedCell } from '../core/notebook/cellFeatures';
import { isPercentScript } from '../core/notebook/percentMarker';
import { parsePercentScript } from '../core/notebook/percentScript';
import { UserError } from '../core/userError';
import { schemes } from '../platform/contributionIds';
import { cellId, notebookType, toCellKind } from '../platform/notebookDocument';
import { toWorkspacePath } from '../platform/workspacePath';

/** A cell as it is open now, of a notebook or of a script with `# %%` markers. */
export interface OpenCell {
  readonly notebook: string;
  readonly cell: CellChoice & { readonly kind: 'open' };
}

/** What a lens says of its cell: it may have moved until it is clicked. */
export type ShownCell =
  | { readonly cell: string }
  | { readonly script: string; readonly cellIndex: number };

/** @param uri of the cell's document. */
export function findCell(uri: string): NotebookCell | undefined {
  for (const notebook of workspace.notebookDocuments) {
    const cell = notebook.getCells().find(({ document }) => document.uri.toString() === uri);
    if (cell) return cell;
  }
  return undefined;
}

/** @throws UserError if it was closed. */
export function openShownCell(shown: ShownCell): OpenCell {
  if ('cell' in shown) {
    const cell = findCell(shown.cell);
    if (cell) return openCellOf(cell);
  } else {
    const script = workspace.textDocuments.find(({ uri }) => uri.toString() === shown.script);
    if (script) return openScriptCell(script, shown.cellIndex);
  }
  throw new UserError('This cell is not open any more.');
}

export function openCellOf(cell: NotebookCell): OpenCell {
  const { notebook, index } = cell;
  return {
    notebook: toWorkspacePath(notebook.uri),
    cell: { kind: 'open', cells: matchedCells(notebook), cellIndex: index },
  };
}

function openScriptCell(script: TextDocument, cellIndex: number): OpenCell {
  return {
    notebook: toWorkspacePath(script.uri),
    cell: { kind: 'open', cells: scriptCells(script), cellIndex },
  };
}

const readOnlySchemes: ReadonlySet<string> = new Set([schemes.checkpoint, schemes.revision]);

/** The cell that the user is at, in the editor that is in front. */
export function activeCell(): OpenCell {
  const editor = window.activeNotebookEditor;
  if (editor && editor.notebook.notebookType === notebookType) {
    if (readOnlySchemes.has(editor.notebook.uri.scheme)) {
      throw new UserError('This is a version of a notebook. Open the notebook itself instead.');
    }
    const index = editor.selection.start;
    if (index < editor.notebook.cellCount) return openCellOf(editor.notebook.cellAt(index));
  }
  const text = window.activeTextEditor;
  if (text?.document.languageId === 'python' && isPercentScript(text.document.getText())) {
    const line = text.selection.active.line;
    const { cells } = parsePercentScript(text.document.getText());
    const index = cells.findLastIndex(({ startLine }) => startLine <= line);
    return openScriptCell(text.document, Math.max(0, index));
  }
  throw new UserError('Open a notebook, or a script with # %% cells, and choose a cell of it.');
}

export function matchedCells(notebook: NotebookDocument): readonly MatchedCell[] {
  return notebook.getCells().map((cell) => {
    const id = cellId(cell);
    return {
      kind: toCellKind(cell),
      source: cell.document.getText(),
      ...(id === undefined ? {} : { id }),
    };
  });
}

export function scriptCells(script: TextDocument): readonly MatchedCell[] {
  return parsePercentScript(script.getText()).cells.map(({ kind, source }) => ({ kind, source }));
}
