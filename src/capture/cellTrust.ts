import {
  Disposable,
  type NotebookCell,
  type NotebookDocument,
  type NotebookDocumentCellChange,
  workspace,
} from 'vscode';
import type { Workspace } from '../app/commandRecorder';
import type { TrustKeeper } from '../app/trustKeeper';
import { notebookType } from '../platform/notebookDocument';
import { watchedId, watchedNotebook } from '../platform/watchedNotebook';
import { isExecutionKept } from './keptNotebooks';

interface Started {
  readonly source: string;
  readonly startedAtMs: number;
  readonly isKept: boolean;
}

/**
 * Tells the keeper of trust what runs in open notebooks and how they change. What VS Code tells of an
 * execution is said at `captureNotebookExecutions`. This goes on while recording is paused, for results
 * are judged then too; what ran is not kept.
 */
export function captureCellTrust(keeper: TrustKeeper, settings: Workspace): Disposable {
  const running = new WeakMap<NotebookCell, Started>();
  const lastEndMs = new WeakMap<NotebookCell, number>();

  function executed(
    document: NotebookDocument,
    { cell, executionSummary }: NotebookDocumentCellChange,
  ): void {
    if (executionSummary === undefined) return;
    const { executionOrder, timing, success } = executionSummary;
    if (timing === undefined) {
      if (executionOrder === undefined || running.has(cell)) return;
      running.set(cell, {
        source: cell.document.getText(),
        startedAtMs: Date.now(),
        isKept: isExecutionKept(document, settings),
      });
      return;
    }
    // The end can be told twice, and an undone "Clear Outputs" brings an old one back.
    if (lastEndMs.get(cell) === timing.endTime) return;
    const started = running.get(cell);
    running.delete(cell);
    lastEndMs.set(cell, timing.endTime);
    if (started === undefined && Date.now() - timing.endTime > maxNewsAgeMs) return;
    const execution = {
      cellId: watchedId(cell),
      cellIndex: cell.index,
      source: started?.source ?? cell.document.getText(),
      ...(executionOrder !== undefined && { order: executionOrder }),
      startedAtMs: timing.startTime,
      endedAtMs: timing.endTime,
      ...(success !== undefined && { succeeded: success }),
    };
    const isKept = started?.isKept ?? isExecutionKept(document, settings);
    keeper.ran(watchedNotebook(document), execution, isKept);
  }

  const isWatched = (document: NotebookDocument) => document.notebookType === notebookType;
  for (const document of workspace.notebookDocuments) {
    if (isWatched(document)) keeper.changed(watchedNotebook(document));
  }
  return Disposable.from(
    workspace.onDidOpenNotebookDocument((document) => {
      if (isWatched(document)) keeper.changed(watchedNotebook(document));
    }),
    workspace.onDidChangeNotebookDocument(({ notebook, cellChanges, contentChanges }) => {
      if (!isWatched(notebook)) return;
      for (const change of cellChanges) executed(notebook, change);
      const isEdited = cellChanges.some(
        ({ document, executionSummary, outputs }) => document ?? executionSummary ?? outputs,
      );
      if (isEdited || contentChanges.length > 0) keeper.changed(watchedNotebook(notebook));
    }),
    workspace.onDidCloseNotebookDocument(({ uri }) => keeper.forget(uri.toString())),
  );
}

/** How late the news of an execution that was not seen to begin can be, in ms. */
const maxNewsAgeMs = 10_000;
