import {
  NotebookCellData,
  type NotebookDocument,
  NotebookEdit,
  NotebookRange,
  type Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { serializeNotebook } from '../core/notebook/serializeNotebook';
import { checkpointTitle } from '../core/present/describeCheckpoint';
import { describeLeftOut } from '../core/present/describeLeftOut';
import { Cancelled, UserError } from '../core/userError';
import { fileExists } from '../platform/fileExists';
import { toNotebook } from '../platform/notebookDocument';
import { fromWorkspacePath } from '../platform/workspacePath';
import { checkpointUri } from './checkpointFileSystem';
import type { Services } from './services';

/**
 * Brings a notebook back to a checkpoint, as an edit that can be undone in the editor. What the
 * notebook holds now is kept as a checkpoint first.
 */
export async function restoreCheckpoint(
  checkpoint: Checkpoint,
  services: Restoring,
): Promise<void> {
  if (checkpoint.problem !== undefined) {
    throw new UserError(`This checkpoint is no readable notebook: ${checkpoint.problem}`);
  }
  const { leftOut } = checkpoint;
  if (leftOut?.what === 'content') throw new UserError(describeLeftOut(leftOut));
  const restore = 'Restore';
  const answer = await window.showWarningMessage(
    `Restore ${checkpointTitle(checkpoint)}?`,
    {
      modal: true,
      detail: [
        'The notebook is changed and saved. Its present state is kept as a checkpoint, and Undo in the notebook brings it back.',
        ...(leftOut ? [describeLeftOut(leftOut)] : []),
      ].join('\n\n'),
    },
    restore,
  );
  if (answer !== restore) throw new Cancelled();

  const content = await services.reader.readCheckpoint(checkpoint);
  const uri = fromWorkspacePath(checkpoint.notebook);
  const open = await openNotebook(uri);
  if (open) await restoreInEditor(open, checkpoint, content, services);
  else await restoreFile(uri, checkpoint, content, services);
  await window.showNotebookDocument(open ?? (await workspace.openNotebookDocument(uri)));
}

/** Undefined if there is no such file, or it is damaged. */
async function openNotebook(uri: Uri): Promise<NotebookDocument | undefined> {
  try {
    return await workspace.openNotebookDocument(uri);
  } catch {
    return undefined;
  }
}

type Restoring = Pick<Services, 'keeper' | 'reader'>;

async function restoreInEditor(
  document: NotebookDocument,
  checkpoint: Checkpoint,
  content: Uint8Array,
  services: Restoring,
): Promise<void> {
  await keepPresent(document, checkpoint.notebook, services);
  await replaceCells(document, checkpoint);
  // Taken before the save, which then finds this state kept already.
  await services.keeper.take(checkpoint.notebook, 'restore', content, { always: true });
  if (!(await document.save())) throw new UserError(`${checkpoint.notebook} could not be saved.`);
}

/** A notebook that is gone, or that no editor can open, has no cells to replace. */
async function restoreFile(
  uri: Uri,
  { notebook }: Checkpoint,
  content: Uint8Array,
  { keeper }: Restoring,
): Promise<void> {
  if (await fileExists(uri)) {
    await keeper.take(notebook, 'save', await workspace.fs.readFile(uri), { always: true });
  }
  await workspace.fs.writeFile(uri, content);
  await keeper.take(notebook, 'restore', content, { always: true });
}

async function keepPresent(
  document: NotebookDocument,
  notebook: string,
  { keeper }: Restoring,
): Promise<void> {
  const present = document.isDirty
    ? new TextEncoder().encode(serializeNotebook(toNotebook(document)))
    : await workspace.fs.readFile(document.uri);
  await keeper.take(notebook, 'save', present, { always: true });
}

/** Through the same serializer as the file itself, so that the saved file is the same byte for byte. */
async function replaceCells(document: NotebookDocument, checkpoint: Checkpoint): Promise<void> {
  const old = await workspace.openNotebookDocument(checkpointUri(checkpoint));
  const cells = old.getCells().map((cell) => {
    const data = new NotebookCellData(cell.kind, cell.document.getText(), cell.document.languageId);
    data.metadata = cell.metadata;
    data.outputs = [...cell.outputs];
    if (cell.executionSummary) data.executionSummary = cell.executionSummary;
    return data;
  });
  const edit = new WorkspaceEdit();
  edit.set(document.uri, [
    NotebookEdit.replaceCells(new NotebookRange(0, document.cellCount), cells),
    NotebookEdit.updateNotebookMetadata(old.metadata),
  ]);
  if (!(await workspace.applyEdit(edit))) {
    throw new UserError(
      'VS Code refused the edit. Close other editors of this notebook and try again.',
    );
  }
}
