import {
  NotebookCellData,
  type NotebookDocument,
  NotebookEdit,
  NotebookRange,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { serializeNotebook } from '../core/notebook/serializeNotebook';
import { checkpointTitle } from '../core/present/describeCheckpoint';
import { Cancelled, UserError } from '../core/userError';
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
  services: Pick<Services, 'keeper' | 'reader'>,
): Promise<void> {
  if (checkpoint.problem !== undefined) {
    throw new UserError(`This checkpoint is no readable notebook: ${checkpoint.problem}`);
  }
  const restore = 'Restore';
  const answer = await window.showWarningMessage(
    `Restore ${checkpointTitle(checkpoint)}?`,
    {
      modal: true,
      detail:
        'The notebook is changed and saved. Its present state is kept as a checkpoint, and Undo in the notebook brings it back.',
    },
    restore,
  );
  if (answer !== restore) throw new Cancelled();

  const content = await services.reader.readCheckpoint(checkpoint);
  const uri = fromWorkspacePath(checkpoint.notebook);
  if (!(await exists(uri))) await workspace.fs.writeFile(uri, content);
  const document = await workspace.openNotebookDocument(uri);
  await keepPresent(document, checkpoint.notebook, services);
  await replaceCells(document, checkpoint);
  // Taken before the save, which then finds this state kept already.
  await services.keeper.take(checkpoint.notebook, 'restore', content);
  if (!(await document.save())) throw new UserError(`${checkpoint.notebook} could not be saved.`);
  await window.showNotebookDocument(document);
}

async function keepPresent(
  document: NotebookDocument,
  notebook: string,
  { keeper }: Pick<Services, 'keeper'>,
): Promise<void> {
  const present = document.isDirty
    ? new TextEncoder().encode(serializeNotebook(toNotebook(document)))
    : await workspace.fs.readFile(document.uri);
  await keeper.take(notebook, 'save', present);
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

async function exists(uri: Parameters<typeof workspace.fs.stat>[0]): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
