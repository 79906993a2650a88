import { Disposable, type NotebookDocument, type TextDocument, workspace } from 'vscode';
import type { CheckpointKeeper } from '../app/checkpointKeeper';
import type { Workspace } from '../app/commandRecorder';
import type { Quietly } from '../platform/guard';
import { toWorkspacePath } from '../platform/workspacePath';
import { isKept, isKeptText } from './keptNotebooks';
import type { NotebookCheckpoints } from './notebookCheckpoints';

/** VS Code says that a change makes it unsaved a moment after the change, and that it does not before it closes. */
const settleMs = 100;
const closeMs = 1000;

/**
 * What an editor held that was closed with "Don't Save" becomes a checkpoint.
 *
 * Found by trying (VS Code 1.139): a notebook that closes still has the cells that were not saved, and is not said
 * to be unsaved any more. A text has what is on disk again, so a script's text is copied when it changes.
 */
export function captureUnsavedNotebooks(
  keeper: CheckpointKeeper,
  checkpoints: NotebookCheckpoints,
  settings: Workspace,
  quietly: Quietly,
): Disposable {
  const notebooks = new Map<NotebookDocument, Edited>();
  const texts = new Map<TextDocument, Edited>();

  return Disposable.from(
    workspace.onDidChangeNotebookDocument(({ notebook }) => {
      if (isKept(notebook, settings)) changed(notebooks, notebook, () => ({}));
    }),
    workspace.onDidSaveNotebookDocument((document) => forget(notebooks, document)),
    workspace.onDidCloseNotebookDocument((document) => {
      if (!wasUnsaved(forget(notebooks, document))) return;
      quietly('Keeping what was not saved', () => checkpoints.take(document, 'unsaved'));
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // What is no Python cannot be a script with cells; asking that of each key in a large file would cost.
      if (contentChanges.length === 0 || document.languageId !== 'python') return;
      if (document.uri.scheme === 'file') {
        changed(texts, document, () =>
          document.isDirty && isKeptText(document, settings) ? { text: document.getText() } : {},
        );
      }
    }),
    workspace.onDidSaveTextDocument((document) => forget(texts, document)),
    workspace.onDidCloseTextDocument((document) => {
      const edited = forget(texts, document);
      const text = edited?.text;
      if (!wasUnsaved(edited) || text === undefined || text === document.getText()) return;
      quietly('Keeping what was not saved', () =>
        keeper.take(toWorkspacePath(document.uri), 'unsaved', new TextEncoder().encode(text)),
      );
    }),
    {
      dispose() {
        for (const { timer } of [...notebooks.values(), ...texts.values()]) clearTimeout(timer);
      },
    },
  );
}

interface Edited {
  changedAtMs: number;
  isUnsaved: boolean;
  timer?: NodeJS.Timeout;
  text?: string;
}

function changed<T extends NotebookDocument | TextDocument>(
  all: Map<T, Edited>,
  document: T,
  copy: () => { readonly text?: string },
): void {
  const edited = all.get(document) ?? { changedAtMs: 0, isUnsaved: false };
  all.set(document, edited);
  edited.changedAtMs = Date.now();
  clearTimeout(edited.timer);
  edited.timer = setTimeout(() => {
    if (document.isClosed) return;
    edited.isUnsaved = document.isDirty;
    if (document.isDirty) Object.assign(edited, copy());
  }, settleMs);
}

function forget<T>(all: Map<T, Edited>, document: T): Edited | undefined {
  const edited = all.get(document);
  all.delete(document);
  clearTimeout(edited?.timer);
  return edited;
}

function wasUnsaved(edited: Edited | undefined): boolean {
  if (!edited) return false;
  return edited.isUnsaved || Date.now() - edited.changedAtMs < closeMs;
}
