import { type NotebookDocument, type Uri, workspace } from 'vscode';
import type { NamedContent } from '../app/diffService';
import { serializeNotebook } from '../core/notebook/serializeNotebook';
import { checkpointKindWords, checkpointTitle } from '../core/present/describeCheckpoint';
import { dayKey, timeOfDay } from '../core/present/describeDay';
import { baseName } from '../core/run/runName';
import { UserError } from '../core/userError';
import { toNotebook } from '../platform/notebookDocument';
import { fromWorkspacePath } from '../platform/workspacePath';
import type { NotebookSide } from '../protocol/notebookDiffPage';
import { checkpointUri } from './checkpointFileSystem';
import type { Services } from './services';

/** What a side of a diff is called, what it holds, and where VS Code finds it. */
export function sideTitle(side: NotebookSide, { cache }: Pick<Services, 'cache'>): string {
  if (side.kind === 'current') return `${baseName(side.notebook)} · current`;
  const checkpoint = cache.checkpoint(side.checkpointId);
  return checkpoint ? checkpointTitle(checkpoint) : 'a deleted checkpoint';
}

/** The side of a notebook that is named beside it: `Saved 14:05:09`, with the date if not of today. */
export function sideLabel(side: NotebookSide, { cache }: Pick<Services, 'cache'>): string {
  if (side.kind === 'current') return 'Current';
  const checkpoint = cache.checkpoint(side.checkpointId);
  if (!checkpoint) return 'Deleted checkpoint';
  const { kind, takenAtMs } = checkpoint;
  const day = dayKey(takenAtMs);
  return [
    checkpointKindWords[kind],
    ...(day === dayKey(Date.now()) ? [] : [day]),
    timeOfDay(takenAtMs),
  ].join(' ');
}

export function sideNotebook(side: NotebookSide, { cache }: Pick<Services, 'cache'>): string {
  return side.kind === 'current'
    ? side.notebook
    : (cache.checkpoint(side.checkpointId)?.notebook ?? '');
}

export async function readSide(
  side: NotebookSide,
  services: Pick<Services, 'cache' | 'reader'>,
): Promise<NamedContent> {
  const title = sideTitle(side, services);
  if (side.kind === 'current') return { title, content: await readCurrent(side.notebook) };
  const checkpoint = services.cache.checkpoint(side.checkpointId);
  if (!checkpoint) throw new UserError('This checkpoint was deleted.');
  return { title, content: await services.reader.readCheckpoint(checkpoint) };
}

export function sideUri(side: NotebookSide, services: Pick<Services, 'cache'>): Uri {
  if (side.kind === 'current') return fromWorkspacePath(side.notebook);
  const checkpoint = services.cache.checkpoint(side.checkpointId);
  if (!checkpoint) throw new UserError('This checkpoint was deleted.');
  return checkpointUri(checkpoint);
}

/** The editor's state where the notebook is open, else the file's. */
async function readCurrent(notebook: string): Promise<Uint8Array> {
  const document = findOpenNotebook(notebook);
  if (document?.isDirty) return new TextEncoder().encode(serializeNotebook(toNotebook(document)));
  return readNotebookFile(notebook);
}

export function findOpenNotebook(notebook: string): NotebookDocument | undefined {
  const uri = fromWorkspacePath(notebook).toString();
  return workspace.notebookDocuments.find((document) => document.uri.toString() === uri);
}

async function readNotebookFile(notebook: string): Promise<Uint8Array> {
  try {
    return await workspace.fs.readFile(fromWorkspacePath(notebook));
  } catch {
    throw new UserError(`${notebook} is not there any more. Open a checkpoint of it instead.`);
  }
}
