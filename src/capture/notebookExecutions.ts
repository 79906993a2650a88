import {
  commands,
  Disposable,
  type NotebookCell,
  type NotebookCellExecutionSummary,
  NotebookCellKind,
  type NotebookDocument,
  type NotebookDocumentCellChange,
  Uri,
  workspace,
} from 'vscode';
import type { CellRecorder } from '../app/cellRecorder';
import type { Workspace } from '../app/commandRecorder';
import type { RecordingHandle } from '../app/recordingStart';
import type { TrustKeeper } from '../app/trustKeeper';
import type { CellExecution } from '../core/notebook/cellExecution';
import { CellHistory } from '../core/notebook/cellHistory';
import { KernelSessions } from '../core/notebook/kernelSessions';
import type { Outcome } from '../core/recording/recordingReducer';
import type { CheckpointId } from '../core/run/run';
import type { Quietly } from '../platform/guard';
import { cellId, kernelName } from '../platform/notebookDocument';
import { watchedNotebook } from '../platform/watchedNotebook';
import { toWorkspacePath } from '../platform/workspacePath';
import { type CellOutputReader, createCellOutputReader } from './cellOutput';
import { captureCellTrust } from './cellTrust';
import { isExecutionKept } from './keptNotebooks';
import type { NotebookCheckpoints } from './notebookCheckpoints';

/**
 * Turns cell executions into recordings.
 *
 * Found by trying (VS Code 1.139), an execution is seen from another extension as: a summary `{}`, then
 * `{executionOrder}`, outputs cleared, outputs whole each time they grow, and a summary with `timing`
 * and `success`, which is left out if the user interrupted it. Clearing the outputs of a cell gives a
 * summary `{}` too, so that alone starts nothing.
 */
export function captureNotebookExecutions(
  recorder: CellRecorder,
  checkpoints: NotebookCheckpoints,
  trust: TrustKeeper,
  settings: Workspace,
  quietly: Quietly,
): Disposable {
  const running = new Map<NotebookCell, Running>();
  const histories = new WeakMap<NotebookDocument, CellHistory>();
  const sessions = new KernelSessions<NotebookDocument>(() => crypto.randomUUID());
  /** The end of each cell's last execution, which can be told twice. */
  const lastEndMs = new WeakMap<NotebookCell, number>();

  function changed(document: NotebookDocument, change: NotebookDocumentCellChange): void {
    const { cell } = change;
    const summary = change.executionSummary;
    // By the time that it has an order, what it left before is gone.
    if (change.document || isReset(summary)) checkpoints.changed(cell);
    const isNews = summary?.timing?.endTime !== lastEndMs.get(cell) || !summary?.timing;
    if (summary && isNews && isStarted(summary) && !running.has(cell)) {
      started(document, cell, summary);
    }
    const current = running.get(cell);
    if (!current) return;
    if (change.outputs || summary?.timing) {
      const text = current.reader.read(cell.outputs, summary?.timing !== undefined);
      if (text !== '') current.handle.push(text);
    }
    if (!summary?.timing) return;
    lastEndMs.set(cell, summary.timing.endTime);
    ended(cell, current, { kind: 'cell', success: summary.success }, summary.timing.endTime);
  }

  function sourcesThatRan(
    document: NotebookDocument,
    cell: NotebookCell,
    order: number | undefined,
  ): readonly string[] {
    const history = histories.get(document) ?? new CellHistory();
    histories.set(document, history);
    history.started(cell.document.getText(), order);
    const above = document
      .getCells()
      .slice(0, cell.index)
      .filter(({ kind }) => kind === NotebookCellKind.Code);
    return history.ran(above.map((each) => each.document.getText()));
  }

  function started(
    document: NotebookDocument,
    cell: NotebookCell,
    summary: NotebookCellExecutionSummary,
  ): void {
    const id = cellId(cell);
    const order = summary.executionOrder;
    const ran = {
      ...(id === undefined ? {} : { cellId: id }),
      cellIndex: cell.index,
    };
    const source = cell.document.getText();
    let kept: Promise<CheckpointId | undefined> = Promise.resolve(undefined);
    const handle = recorder.start({
      source: {
        notebook: toWorkspacePath(document.uri),
        ...ran,
        cellSource: source,
        ...(order === undefined ? {} : { executionOrder: order }),
      },
      sources: sourcesThatRan(document, cell, order),
      kernelName: kernelName(document),
      folder: document.uri.scheme === 'file' ? Uri.joinPath(document.uri, '..').fsPath : undefined,
      stopper: {
        interrupt: () =>
          commands.executeCommand('notebook.cell.cancelExecution', {
            ranges: [{ start: cell.index, end: cell.index + 1 }],
            document: document.uri,
          }),
      },
      readTrust: () => trust.trustOf(watchedNotebook(document), cell.index),
      takeCheckpoint: () => kept,
    });
    if (!handle) return;
    checkpoints.started(cell, {
      ...ran,
      source,
      ...(order === undefined ? {} : { order }),
      startedAtMs: summary.timing?.startTime ?? Date.now(),
      session: sessions.started(document, order),
    });
    running.set(cell, {
      document,
      handle,
      reader: createCellOutputReader(),
      keep: (end) => {
        kept = checkpoints.ended(cell, end);
      },
    });
  }

  function ended(
    cell: NotebookCell,
    { handle, keep }: Running,
    outcome: CellOutcome,
    endedAtMs?: number,
  ): void {
    running.delete(cell);
    keep({
      ...(endedAtMs === undefined ? {} : { endedAtMs }),
      ...(outcome.kind === 'cell' &&
        outcome.success !== undefined && { succeeded: outcome.success }),
    });
    quietly('Recording a cell', () => handle.end(outcome));
  }

  /** The end of a cell that is gone is never told. One that was only moved is not gone. */
  function endRemoved(document: NotebookDocument): void {
    const cells = new Set(document.getCells());
    for (const [cell, current] of running) {
      if (current.document === document && !cells.has(cell)) ended(cell, current, { kind: 'lost' });
    }
  }

  return Disposable.from(
    // First, so that what ran is known when a run of it ends.
    captureCellTrust(trust, settings),
    workspace.onDidChangeNotebookDocument(({ notebook, cellChanges, contentChanges }) => {
      if (contentChanges.length > 0) endRemoved(notebook);
      if (cellChanges.length === 0) return;
      const isKept = isExecutionKept(notebook, settings);
      for (const change of cellChanges) {
        // What has begun is recorded to its end.
        if (!isKept && !running.has(change.cell)) continue;
        quietly('Recording a cell', () => changed(notebook, change));
      }
    }),
    workspace.onDidCloseNotebookDocument((document) => {
      for (const [cell, current] of running) {
        if (current.document === document) ended(cell, current, { kind: 'lost' });
      }
    }),
  );
}

interface Running {
  readonly document: NotebookDocument;
  readonly handle: RecordingHandle;
  readonly reader: CellOutputReader;
  /** Says that it is over, so that a checkpoint is taken. */
  readonly keep: (end: Pick<CellExecution, 'endedAtMs' | 'succeeded'>) => void;
}

type CellOutcome = Extract<Outcome, { readonly kind: 'cell' | 'lost' }>;

/** How late the news of an execution that is over can be, in ms. */
const maxNewsAgeMs = 10_000;

/** It is about to run, or its outputs are cleared. */
function isReset(summary: NotebookCellExecutionSummary | undefined): boolean {
  return summary !== undefined && summary.executionOrder === undefined && !summary.timing;
}

/**
 * Also an execution that was over before it was seen to begin; but an undone "Clear Outputs" brings
 * old news back.
 */
function isStarted({ executionOrder, timing }: NotebookCellExecutionSummary): boolean {
  return timing ? Date.now() - timing.endTime < maxNewsAgeMs : executionOrder !== undefined;
}
