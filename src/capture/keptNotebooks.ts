import type { NotebookDocument, TextDocument, Uri } from 'vscode';
import type { Workspace } from '../app/commandRecorder';
import { isPercentScript } from '../core/notebook/percentMarker';
import { excludesPath } from '../core/recording/recordingPolicy';
import { interactiveType, notebookType } from '../platform/notebookDocument';
import { toWorkspacePath } from '../platform/workspacePath';

/** Whether a notebook's file is kept. Checkpoints themselves are notebooks too, of another scheme. */
export function isKept(document: NotebookDocument, settings: Workspace): boolean {
  return document.notebookType === notebookType && isKeptFile(document.uri, settings);
}

/** Whether what its cells leave is kept: that of an Interactive Window too, which has no file. */
export function isExecutionKept(document: NotebookDocument, settings: Workspace): boolean {
  if (document.notebookType !== interactiveType) return isKept(document, settings);
  return isWanted(document.uri, settings);
}

/** Whether a file that is open as text is kept as a notebook: an `.ipynb`, or a script with cells. */
export function isKeptText(document: TextDocument, settings: Workspace): boolean {
  return isNotebookText(document) && isKeptFile(document.uri, settings);
}

export function isKeptFile(uri: Uri, settings: Workspace): boolean {
  return uri.scheme === 'file' && isWanted(uri, settings);
}

function isNotebookText({ uri, getText }: TextDocument): boolean {
  if (uri.path.endsWith('.ipynb')) return true;
  return uri.path.endsWith('.py') && isPercentScript(getText());
}

function isWanted(uri: Uri, settings: Workspace): boolean {
  return !settings.isPaused() && !excludesPath(settings.policy(), toWorkspacePath(uri));
}
