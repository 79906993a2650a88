import {
  CodeLens,
  Disposable,
  EventEmitter,
  languages,
  type NotebookCell,
  NotebookCellStatusBarAlignment,
  NotebookCellStatusBarItem,
  notebooks,
  Range,
  type TextDocument,
} from 'vscode';
import type { NotebookHistories } from '../app/history/notebookHistories';
import { isPercentScript } from '../core/notebook/percentMarker';
import { parsePercentScript } from '../core/notebook/percentScript';
import { commandIds } from '../platform/contributionIds';
import { cellId, notebookType } from '../platform/notebookDocument';
import { onSettingsChange, readSettings } from '../platform/settings';
import { toWorkspacePath } from '../platform/workspacePath';
import { findCell, type ShownCell } from './openCell';
import { createThrottle } from './throttle';

/**
 * Says above and below cells that have a history how many versions there are, and opens it. Quiet: a
 * cell that was never changed has none. The numbers are there already; nothing is read for them here.
 */
export function registerVersionLenses(histories: NotebookHistories): Disposable {
  const changed = new EventEmitter<void>();
  const refresh = createThrottle(() => changed.fire(), 500);
  const stop = histories.onDidChange(() => refresh.request());
  const provide = (lensesOf: (document: TextDocument) => readonly CodeLens[]) => ({
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document: TextDocument) =>
      readSettings().codeLens ? [...lensesOf(document)] : [],
  });
  const countOf = (cell: NotebookCell): number => {
    if (cell.notebook.uri.scheme !== 'file') return 0;
    const id = cellId(cell);
    const source = cell.document.getText();
    const find = histories.counts(toWorkspacePath(cell.notebook.uri));
    return find?.({ source, ...(id === undefined ? {} : { id }) }) ?? 0;
  };
  return Disposable.from(
    changed,
    refresh,
    { dispose: stop },
    onSettingsChange(refresh.request),
    languages.registerCodeLensProvider(
      { notebookType },
      provide((document) => {
        const cell = findCell(document.uri.toString());
        const count = cell ? countOf(cell) : 0;
        return cell && count > 1 ? [lens(0, count, { cell: cell.document.uri.toString() })] : [];
      }),
    ),
    languages.registerCodeLensProvider(
      { language: 'python', scheme: 'file' },
      provide((document) => scriptLenses(document, histories)),
    ),
    notebooks.registerNotebookCellStatusBarItemProvider(notebookType, {
      onDidChangeCellStatusBarItems: changed.event,
      provideCellStatusBarItems(cell) {
        const count = countOf(cell);
        if (count < 2) return undefined;
        const item = new NotebookCellStatusBarItem(
          `$(history) ${count}`,
          NotebookCellStatusBarAlignment.Right,
        );
        item.tooltip = `${count} versions of this cell are kept`;
        item.command = {
          title: 'Show Cell History',
          command: commandIds.showCellHistory,
          arguments: [cell],
        };
        item.accessibilityInformation = { label: `${count} versions: show cell history` };
        return item;
      },
    }),
  );
}

function scriptLenses(document: TextDocument, histories: NotebookHistories): readonly CodeLens[] {
  const { uri } = document;
  const text = document.getText();
  if (!isPercentScript(text)) return [];
  const find = histories.counts(toWorkspacePath(uri));
  return parsePercentScript(text).cells.flatMap(({ source, startLine }, index) => {
    const count = find?.({ source }) ?? 0;
    return count > 1 ? [lens(startLine, count, { script: uri.toString(), cellIndex: index })] : [];
  });
}

function lens(line: number, count: number, cell: ShownCell): CodeLens {
  return new CodeLens(new Range(line, 0, line, 0), {
    title: `$(history) ${count} versions`,
    tooltip: 'Show the versions of this cell, what each gave, and go back to one',
    command: commandIds.showCellHistory,
    arguments: [cell],
  });
}
