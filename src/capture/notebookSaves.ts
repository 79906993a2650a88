import { Disposable, type NotebookDocument, type Uri, workspace } from 'vscode';
import type { CheckpointKeeper } from '../app/checkpointKeeper';
import type { Workspace } from '../app/commandRecorder';
import type { TrustKeeper } from '../app/trustKeeper';
import { excludesPath } from '../core/recording/recordingPolicy';
import { notebookType } from '../platform/notebookDocument';
import { toWorkspacePath } from '../platform/workspacePath';

/** Every save of a notebook is a checkpoint. The save itself is not waited upon. */
export function captureNotebookSaves(
  keeper: CheckpointKeeper,
  trust: TrustKeeper,
  settings: Workspace,
  quietly: (what: string, action: () => unknown) => void,
): Disposable {
  const keep = (uri: Uri) =>
    quietly('Keeping a checkpoint', async () => {
      const content = await workspace.fs.readFile(uri);
      const executions = trust.takeUnkept(uri.toString());
      await keeper.take(toWorkspacePath(uri), 'save', content, { executions });
    });
  return Disposable.from(
    workspace.onDidSaveNotebookDocument((document) => {
      if (isKept(document, settings)) keep(document.uri);
    }),
    // Edited as the text that it is, a notebook can also be left damaged; that is kept as it is.
    workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.path.endsWith('.ipynb') && isKeptFile(uri, settings)) keep(uri);
    }),
  );
}

/** Checkpoints themselves are notebooks too, of another scheme. */
export function isKept(document: NotebookDocument, settings: Workspace): boolean {
  return document.notebookType === notebookType && isKeptFile(document.uri, settings);
}

function isKeptFile(uri: Uri, settings: Workspace): boolean {
  return (
    uri.scheme === 'file' &&
    !settings.isPaused() &&
    !excludesPath(settings.policy(), toWorkspacePath(uri))
  );
}
