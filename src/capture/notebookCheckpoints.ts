import { type Disposable, type NotebookCell, type NotebookDocument, workspace } from 'vscode';
import type { CheckpointKeeper } from '../app/checkpointKeeper';
import type { NotebookSnapshots } from '../app/notebookSnapshots';
import type { TrustKeeper } from '../app/trustKeeper';
import type { CheckpointKind } from '../core/checkpoint/checkpoint';
import type { CellExecution } from '../core/notebook/cellExecution';
import { ExecutionBatch } from '../core/notebook/executionBatch';
import { keptOutputs } from '../core/notebook/keptOutputs';
import type { CheckpointId } from '../core/run/run';
import type { Quietly } from '../platform/guard';
import { toEditorNotebook } from '../platform/notebookDocument';
import { readSettings } from '../platform/settings';
import { toWorkspacePath } from '../platform/workspacePath';

/** Takes the checkpoints of open notebooks, with what ran since the one before. */
export interface NotebookCheckpoints extends Disposable {
  started(cell: NotebookCell, execution: CellExecution): void;
  /** @returns the checkpoint that will hold what this execution left. */
  ended(
    cell: NotebookCell,
    end: Pick<CellExecution, 'endedAtMs' | 'succeeded'>,
  ): Promise<CheckpointId | undefined>;
  /** A cell was edited, or is about to run again: what it left before is kept now. */
  changed(cell: NotebookCell): void;
  /** Keeps what is on disk now. */
  saved(document: NotebookDocument): Promise<CheckpointId>;
  /** Keeps what the editor holds now, also if it is closed. */
  take(document: NotebookDocument, kind: CheckpointKind): Promise<CheckpointId>;
  /** Takes now those that are due later, as the window closes. */
  flush(): Promise<void>;
}

export function createNotebookCheckpoints(
  keeper: CheckpointKeeper,
  snapshots: NotebookSnapshots,
  trust: TrustKeeper,
  quietly: Quietly,
): NotebookCheckpoints {
  const open = new Map<NotebookDocument, OpenNotebook>();

  function find(document: NotebookDocument): OpenNotebook {
    const known = open.get(document);
    if (known) return known;
    const fresh: OpenNotebook = { batch: new ExecutionBatch(), waiting: [], lastRan: undefined };
    open.set(document, fresh);
    return fresh;
  }

  /** Tells all who wait for what ran. */
  async function holding(
    document: NotebookDocument,
    keep: (executions: readonly CellExecution[]) => Promise<CheckpointId>,
  ): Promise<CheckpointId> {
    const own = find(document);
    const waiting = own.waiting.splice(0);
    clearTimeout(own.timer);
    const seen = own.batch.take();
    // What it knows is what results are judged by later; of an Interactive Window it knows nothing.
    const known = trust.takeUnkept(document.uri.toString());
    const kept = keep(known.length > 0 ? known : seen);
    for (const give of waiting) give(kept);
    return kept;
  }

  async function take(document: NotebookDocument, kind: CheckpointKind): Promise<CheckpointId> {
    // A result stands beside the source that gave it, also where its cell was edited since it began.
    const edited = kind === 'execution' ? editedSince(find(document).batch.sources()) : undefined;
    return holding(document, async (executions) => {
      const path = toWorkspacePath(document.uri);
      const isOnDisk = !document.isDirty && !document.isClosed && document.uri.scheme === 'file';
      if (edited?.size === 0 && isOnDisk) {
        return keeper.take(path, kind, { path: document.uri.fsPath }, { executions });
      }
      const { kept, leftOutBytes } = limitOutputs(document, find(document).lastRan);
      const notebook = toEditorNotebook(document, kept, edited);
      return snapshots.use(notebook, (file) =>
        keeper.take(
          path,
          kind,
          { path: file },
          {
            executions,
            ...(leftOutBytes > 0 && { leftOut: { what: 'outputs', bytes: leftOutBytes } }),
          },
        ),
      );
    });
  }

  function plan(document: NotebookDocument): void {
    const own = find(document);
    const dueAtMs = own.batch.dueAtMs();
    clearTimeout(own.timer);
    if (dueAtMs === undefined) return;
    own.timer = setTimeout(
      () => quietly('Keeping what cells left', () => take(document, 'execution')),
      Math.max(0, dueAtMs - Date.now()),
    );
  }

  /** What a cell left is kept before it changes again. */
  function takeBefore(cell: NotebookCell): void {
    if (!find(cell.notebook).batch.sources().has(cell)) return;
    quietly('Keeping what a cell left', () => take(cell.notebook, 'execution'));
  }

  const closing = workspace.onDidCloseNotebookDocument((document) => {
    // After those that keep what is lost with it.
    setImmediate(() => {
      const own = open.get(document);
      if (own?.batch.dueAtMs() !== undefined) {
        quietly('Keeping what cells left', () => take(document, 'execution'));
      }
      open.delete(document);
    });
  });

  return {
    started(cell, execution) {
      find(cell.notebook).batch.started(cell, execution);
      plan(cell.notebook);
    },
    ended(cell, end) {
      const own = find(cell.notebook);
      own.batch.ended(cell, end, Date.now());
      own.lastRan = cell;
      const kept = new Promise<CheckpointId | undefined>((resolve) => own.waiting.push(resolve));
      plan(cell.notebook);
      // Who waits may come late.
      kept.catch(() => undefined);
      return kept;
    },
    changed: takeBefore,
    saved: (document) =>
      holding(document, (executions) =>
        keeper.take(
          toWorkspacePath(document.uri),
          'save',
          { path: document.uri.fsPath },
          { executions },
        ),
      ),
    take,
    async flush() {
      const due = [...open].filter(([, { batch }]) => batch.dueAtMs() !== undefined);
      // One that cannot be kept must not cost the others theirs.
      await Promise.allSettled(due.map(([document]) => take(document, 'execution')));
    },
    dispose() {
      closing.dispose();
      for (const { timer } of open.values()) clearTimeout(timer);
    },
  };
}

interface OpenNotebook {
  readonly batch: ExecutionBatch<NotebookCell>;
  /** Those who asked which checkpoint will hold what ran. */
  readonly waiting: ((kept: Promise<CheckpointId>) => void)[];
  lastRan: NotebookCell | undefined;
  timer?: NodeJS.Timeout;
}

/** Of these only the cells that hold something else now. */
function editedSince(
  sources: ReadonlyMap<NotebookCell, string>,
): ReadonlyMap<NotebookCell, string> {
  return new Map([...sources].filter(([{ document }, source]) => document.getText() !== source));
}

/** What the user wants left out of what was not saved. */
function limitOutputs(document: NotebookDocument, ran: NotebookCell | undefined) {
  const sizes = document.getCells().map(outputBytes);
  const kept = keptOutputs(sizes, ran?.index ?? -1, readSettings().maxOutputBytes);
  const leftOutBytes = sizes.reduce((sum, size, index) => sum + (kept.has(index) ? 0 : size), 0);
  return { kept, leftOutBytes };
}

function outputBytes({ outputs }: NotebookCell): number {
  let bytes = 0;
  for (const { items } of outputs) for (const { data } of items) bytes += data.byteLength;
  return bytes;
}
