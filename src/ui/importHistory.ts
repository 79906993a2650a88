import { type Disposable, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { ImportResult } from '../app/historyImporter';
import { UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import { fromWorkspacePath, toWorkspacePath } from '../platform/workspacePath';
import type { Services } from './services';

/** "Import History from Git": only when the user asks for it. */
export function registerImportHistory({ importer, register }: Services): Disposable {
  return register(commandIds.importNotebookHistory, async (given) => {
    if (!workspace.isTrusted) {
      throw new UserError('Git is not run in a folder that you do not trust. Trust it first.');
    }
    const uri = notebookOf(given);
    const notebook = toWorkspacePath(uri);
    const { result, isCancelled } = await window.withProgress(
      {
        location: ProgressLocation.Notification,
        title: `Importing the history of ${notebook}`,
        cancellable: true,
      },
      async (progress, token) => ({
        result: await importer.importHistory(uri.fsPath, notebook, {
          onVersion: (done, total) =>
            progress.report({ message: `${done} of ${total}`, increment: 100 / total }),
          isCancelled: () => token.isCancellationRequested,
        }),
        isCancelled: token.isCancellationRequested,
      }),
    );
    void window.showInformationMessage(describeResult(result, isCancelled));
  });
}

/** A file of the explorer, a notebook of the tree, or what is open in front. */
function notebookOf(given: unknown): Uri {
  if (given instanceof Uri) return given;
  if (given instanceof Object && 'path' in given && typeof given.path === 'string') {
    return fromWorkspacePath(given.path);
  }
  const active = window.activeNotebookEditor?.notebook.uri ?? window.activeTextEditor?.document.uri;
  if (active?.scheme === 'file' && /\.(?:ipynb|py)$/.test(active.path)) return active;
  throw new UserError('Open the notebook whose history you want to import.');
}

function describeResult({ imported, known, missing }: ImportResult, isCancelled: boolean): string {
  const versions = (count: number) => `${count} ${count === 1 ? 'version' : 'versions'}`;
  return [
    isCancelled ? `Stopped after ${versions(imported)}.` : `Imported ${versions(imported)}.`,
    known > 0 ? `${versions(known)} had been imported before.` : '',
    missing > 0 ? `Of ${versions(missing)} the repository has no content here.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
