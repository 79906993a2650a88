import {
  commands,
  NotebookCellData,
  type NotebookDocument,
  NotebookEdit,
  NotebookRange,
  Range,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import { formatBytes } from '../core/format/formatBytes';
import { copiedName, isNotebookFile } from '../core/notebook/notebookFile';
import { checkpointTitle } from '../core/present/describeCheckpoint';
import { dayKey, timeOfDay } from '../core/present/describeDay';
import { describeLeftOut } from '../core/present/describeLeftOut';
import { baseName } from '../core/run/runName';
import { Cancelled, UserError } from '../core/userError';
import { fileExists } from '../platform/fileExists';
import { toEditorNotebook } from '../platform/notebookDocument';
import { fromWorkspacePath } from '../platform/workspacePath';
import { checkpointUri } from './checkpointFileSystem';
import { findOpenNotebook } from './notebookSides';
import { applyOrThrow } from './restoreCell';
import type { Services } from './services';

/**
 * Brings a notebook back to a checkpoint, as an edit that can be undone in the editor. What the
 * notebook holds now is kept as a checkpoint first.
 */
export async function restoreCheckpoint(
  checkpoint: Checkpoint,
  services: Restoring,
): Promise<void> {
  const { leftOut, notebook } = checkpoint;
  if (leftOut?.what === 'content') throw new UserError(describeLeftOut(leftOut));
  if (!isNotebookFile(notebook)) {
    await restoreAsCopy(checkpoint, services);
    return;
  }
  const restore = 'Restore';
  const answer = await window.showWarningMessage(
    `Restore ${checkpointTitle(checkpoint)}?`,
    {
      modal: true,
      detail: [
        'The notebook is changed and saved. Its present state is kept as a checkpoint, and Undo in the notebook brings it back.',
        ...missing(checkpoint),
      ].join('\n\n'),
    },
    restore,
  );
  if (answer !== restore) throw new Cancelled();
  await restoreContent(checkpoint, services);
}

/** The same without a question. */
export async function restoreContent(checkpoint: Checkpoint, services: Restoring): Promise<void> {
  const { problem, notebook } = checkpoint;
  const content = await services.reader.readCheckpoint(checkpoint);
  const uri = fromWorkspacePath(notebook);
  if (notebook.endsWith('.py')) {
    await restoreScript(uri, checkpoint, content, services);
    return;
  }
  // What no editor can show is brought back as the file that it was.
  const open = problem === undefined ? await openNotebook(uri) : undefined;
  if (open) await restoreInEditor(open, checkpoint, content, services);
  else await restoreFile(uri, checkpoint, content, services);
  if (problem === undefined) {
    await window.showNotebookDocument(open ?? (await workspace.openNotebookDocument(uri)));
  }
}

/** Writes a checkpoint beside its notebook, under a name that says when it was taken, and opens it. */
export async function restoreAsCopy(
  checkpoint: Checkpoint,
  { reader }: Pick<Services, 'reader'>,
): Promise<void> {
  const content = await reader.readCheckpoint(checkpoint);
  const { notebook, takenAtMs } = checkpoint;
  const uri = await freeName(fromWorkspacePath(copiedName(notebook)), takenAtMs);
  await workspace.fs.writeFile(uri, content);
  const [lack] = missing(checkpoint);
  if (lack !== undefined) void window.showWarningMessage(lack);
  await commands.executeCommand('vscode.open', uri);
}

async function freeName(notebook: Uri, takenAtMs: number): Promise<Uri> {
  const [, stem = 'notebook', extension = ''] =
    /^(.*?)(\.[^.]*)?$/.exec(baseName(notebook.path)) ?? [];
  const time = `${dayKey(takenAtMs)} ${timeOfDay(takenAtMs).replaceAll(':', '.')}`;
  for (let count = 1; ; count++) {
    const name = `${stem} (${time}${count > 1 ? `, ${count}` : ''})${extension}`;
    const uri = Uri.joinPath(notebook, '..', name);
    if (!(await fileExists(uri))) return uri;
  }
}

/** What a restore cannot bring back, in words. */
function missing({ leftOut, thinned, problem }: Checkpoint): readonly string[] {
  return [
    problem && `It was no readable notebook when it was kept: ${problem}`,
    leftOut && describeLeftOut(leftOut),
    thinned &&
      `${thinned.outputs} of its older outputs (${formatBytes(thinned.bytes)}) were dropped to save space; sources and texts are whole.`,
  ].filter((text) => text !== undefined);
}

/** As one edit of the text, which Undo takes back. */
async function restoreScript(
  uri: Uri,
  { notebook }: Checkpoint,
  content: Uint8Array,
  { keeper }: Restoring,
): Promise<void> {
  const isThere = await fileExists(uri);
  if (!isThere) await workspace.fs.writeFile(uri, new Uint8Array());
  const document = await workspace.openTextDocument(uri);
  // An editor may still hold what was deleted.
  if (isThere || document.isDirty) {
    const present = new TextEncoder().encode(document.getText());
    await keeper.take(notebook, 'save', present, { always: true });
  }
  const edit = new WorkspaceEdit();
  const whole = new Range(0, 0, document.lineCount, 0);
  edit.replace(uri, document.validateRange(whole), new TextDecoder().decode(content));
  await applyOrThrow(edit);
  await keeper.take(notebook, 'restore', content, { always: true });
  if (!(await document.save())) throw new UserError(`${notebook} could not be saved.`);
  await window.showTextDocument(document);
}

/** Undefined if there is no such file, or it is damaged. */
async function openNotebook(uri: Uri): Promise<NotebookDocument | undefined> {
  try {
    return await workspace.openNotebookDocument(uri);
  } catch {
    return undefined;
  }
}

type Restoring = Pick<Services, 'keeper' | 'reader' | 'snapshots'>;

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
  services: Restoring,
): Promise<void> {
  const { keeper } = services;
  const open = findOpenNotebook(notebook);
  if (open?.isDirty) await keepPresent(open, notebook, services);
  else if (await fileExists(uri)) {
    await keeper.take(notebook, 'save', await workspace.fs.readFile(uri), { always: true });
  }
  await workspace.fs.writeFile(uri, content);
  await keeper.take(notebook, 'restore', content, { always: true });
}

async function keepPresent(
  document: NotebookDocument,
  notebook: string,
  { keeper, snapshots }: Restoring,
): Promise<void> {
  if (!document.isDirty) {
    await keeper.take(notebook, 'save', { path: document.uri.fsPath }, { always: true });
    return;
  }
  await snapshots.use(toEditorNotebook(document), (path) =>
    keeper.take(notebook, 'save', { path }, { always: true }),
  );
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
  await applyOrThrow(edit);
}
