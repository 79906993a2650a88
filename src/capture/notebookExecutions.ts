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
import type { CheckpointKeeper } from '../app/checkpointKeeper';
import type { Workspace } from '../app/commandRecorder';
import type { RecordingHandle } from '../app/recordingStart';
import type { TrustKeeper } from '../app/trustKeeper';
import { CellHistory } from '../core/notebook/cellHistory';
import { keptOutputs } from '../core/notebook/keptOutputs';
import { serializeNotebook } from '../core/notebook/serializeNotebook';
import type { CheckpointId } from '../core/run/run';
import { cellId, kernelName, toNotebook } from '../platform/notebookDocument';
import { readSettings } from '../platform/settings';
import { watchedNotebook } from '../platform/watchedNotebook';
import { toWorkspacePath } from '../platform/workspacePath';
import { type CellOutputReader, createCellOutputReader } from './cellOutput';
import { captureCellTrust } from './cellTrust';
import { isKept } from './notebookSaves';

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
  keeper: CheckpointKeeper,
  trust: TrustKeeper,
  settings: Workspace,
  quietly: (what: string, action: () => unknown) => void,
): Disposable {
  const running = new Map<NotebookCell, Running>();
  const histories = new WeakMap<NotebookDocument, CellHistory>();
  /** The end of each cell's last execution, which can be told twice. */
  const lastEndMs = new WeakMap<NotebookCell, number>();

  function changed(document: NotebookDocument, change: NotebookDocumentCellChange): void {
    const { cell } = change;
    const summary = change.executionSummary;
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
    ended(cell, current, { kind: 'cell', success: summary.success });
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
    const handle = recorder.start({
      source: {
        notebook: toWorkspacePath(document.uri),
        ...(id === undefined ? {} : { cellId: id }),
        cellIndex: cell.index,
        cellSource: cell.document.getText(),
        ...(order === undefined ? {} : { executionOrder: order }),
      },
      sources: sourcesThatRan(document, cell, order),
      kernelName: kernelName(document),
      folder: Uri.joinPath(document.uri, '..').fsPath,
      stopper: {
        interrupt: () =>
          commands.executeCommand('notebook.cell.cancelExecution', {
            ranges: [{ start: cell.index, end: cell.index + 1 }],
            document: document.uri,
          }),
      },
      readTrust: () => trust.trustOf(watchedNotebook(document), cell.index),
      takeCheckpoint: () => takeExecutionCheckpoint(document, cell, keeper, trust),
    });
    if (handle) running.set(cell, { document, handle, reader: createCellOutputReader() });
  }

  function ended(
    cell: NotebookCell,
    { handle }: Running,
    outcome: Parameters<RecordingHandle['end']>[0],
  ): void {
    running.delete(cell);
    quietly('Recording a cell', () => handle.end(outcome));
  }

  return Disposable.from(
    // First, so that what ran is known when a run of it ends.
    captureCellTrust(trust),
    workspace.onDidChangeNotebookDocument(({ notebook, cellChanges }) => {
      if (cellChanges.length === 0 || !isKept(notebook, settings)) return;
      for (const change of cellChanges) {
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
}

/** How late the news of an execution that is over can be, in ms. */
const maxNewsAgeMs = 10_000;

/**
 * Also an execution that was over before it was seen to begin; but an undone "Clear Outputs" brings
 * old news back.
 */
function isStarted({ executionOrder, timing }: NotebookCellExecutionSummary): boolean {
  return timing ? Date.now() - timing.endTime < maxNewsAgeMs : executionOrder !== undefined;
}

/** Large outputs are left out, as writing them would hold up the window; the next save keeps them. */
async function takeExecutionCheckpoint(
  document: NotebookDocument,
  ran: NotebookCell,
  keeper: CheckpointKeeper,
  trust: TrustKeeper,
): Promise<CheckpointId> {
  const sizes = document.getCells().map(outputBytes);
  const kept = keptOutputs(sizes, ran.index, readSettings().maxOutputBytes);
  const content = new TextEncoder().encode(serializeNotebook(toNotebook(document, kept)));
  const bytes = sizes.reduce((sum, size, index) => sum + (kept.has(index) ? 0 : size), 0);
  return keeper.take(toWorkspacePath(document.uri), 'execution', content, {
    executions: trust.takeUnkept(document.uri.toString()),
    ...(bytes > 0 && { leftOut: { what: 'outputs', bytes } }),
  });
}

function outputBytes({ outputs }: NotebookCell): number {
  let bytes = 0;
  for (const { items } of outputs) for (const { data } of items) bytes += data.byteLength;
  return bytes;
}
