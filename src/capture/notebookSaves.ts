import { type Disposable, type NotebookDocument, workspace } from 'vscode';
import type { CheckpointKeeper } from '../app/checkpointKeeper';
import type { Workspace } from '../app/commandRecorder';
import { excludesPath } from '../core/recording/recordingPolicy';
import { notebookType } from '../platform/notebookDocument';
import { toWorkspacePath } from '../platform/workspacePath';

/** Every save of a notebook is a checkpoint. The save itself is not waited upon. */
export function captureNotebookSaves(
  keeper: CheckpointKeeper,
  settings: Workspace,
  quietly: (what: string, action: () => unknown) => void,
): Disposable {
  return workspace.onDidSaveNotebookDocument((document) => {
    if (!isKept(document, settings)) return;
    quietly('Keeping a checkpoint', async () => {
      const content = await workspace.fs.readFile(document.uri);
      await keeper.take(toWorkspacePath(document.uri), 'save', content);
    });
  });
}

/** Checkpoints themselves are notebooks too, of another scheme. */
export function isKept(document: NotebookDocument, settings: Workspace): boolean {
  return (
    document.notebookType === notebookType &&
    document.uri.scheme === 'file' &&
    !settings.isPaused() &&
    !excludesPath(settings.policy(), toWorkspacePath(document.uri))
  );
}
