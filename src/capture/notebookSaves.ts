import { Disposable, workspace } from 'vscode';
import type { CheckpointKeeper } from '../app/checkpointKeeper';
import type { Workspace } from '../app/commandRecorder';
import type { Quietly } from '../platform/guard';
import { toWorkspacePath } from '../platform/workspacePath';
import { isKept, isKeptText } from './keptNotebooks';
import type { NotebookCheckpoints } from './notebookCheckpoints';

/** Every save of a notebook is a checkpoint. The save itself is not waited upon, nor its file read here. */
export function captureNotebookSaves(
  keeper: CheckpointKeeper,
  checkpoints: NotebookCheckpoints,
  settings: Workspace,
  quietly: Quietly,
): Disposable {
  return Disposable.from(
    workspace.onDidSaveNotebookDocument((document) => {
      if (!isKept(document, settings)) return;
      quietly('Keeping a checkpoint', () => checkpoints.saved(document));
    }),
    // Edited as the text that it is, a notebook can also be left damaged; that is kept as it is.
    workspace.onDidSaveTextDocument((document) => {
      if (!isKeptText(document, settings)) return;
      const { uri } = document;
      quietly('Keeping a checkpoint', () =>
        keeper.take(toWorkspacePath(uri), 'save', { path: uri.fsPath }),
      );
    }),
  );
}
