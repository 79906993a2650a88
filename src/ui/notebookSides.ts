import { type NotebookDocument, type Uri, workspace } from 'vscode';
import { shortRevision } from '../app/gitRevisions';
import type { NamedContent } from '../app/openDiffs';
import { checkpointKindWords, checkpointTitle } from '../core/present/describeCheckpoint';
import { dayKey, timeOfDay } from '../core/present/describeDay';
import type { Run } from '../core/run/run';
import { baseName } from '../core/run/runName';
import { UserError } from '../core/userError';
import { toEditorNotebook } from '../platform/notebookDocument';
import { fromWorkspacePath } from '../platform/workspacePath';
import type { NotebookSide } from '../protocol/notebookDiffPage';
import { checkpointUri } from './checkpointFileSystem';
import { readRevision, revisionUri } from './revisionFileSystem';
import type { Services } from './services';

/** What a side of a diff is called, what it holds, and where VS Code finds it. */
export function sideTitle(side: NotebookSide, { cache }: Pick<Services, 'cache'>): string {
  if (side.kind === 'current') return `${baseName(side.notebook)} · current`;
  if (side.kind === 'git') return `${baseName(side.notebook)} · ${shortRevision(side.revision)}`;
  const checkpoint = cache.checkpoint(side.checkpointId);
  return checkpoint ? checkpointTitle(checkpoint) : 'a deleted checkpoint';
}

/** The side of a notebook that is named beside it: `Saved 14:05:09`, with the date if not of today. */
export function sideLabel(side: NotebookSide, { cache }: Pick<Services, 'cache'>): string {
  if (side.kind === 'current') return 'Current';
  if (side.kind === 'git') return `Commit ${shortRevision(side.revision)}`;
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

/** Both sides as they are called beside each other: with the file where they are of two files. */
export function sideLabels(
  sides: readonly [NotebookSide, NotebookSide],
  services: Pick<Services, 'cache'>,
): readonly [string, string] {
  const [oldName, newName] = [sideNotebook(sides[0], services), sideNotebook(sides[1], services)];
  const label = (side: NotebookSide, name: string) => {
    if (oldName === newName || name === '') return sideLabel(side, services);
    return `${baseName(name)} · ${sideLabel(side, services)}`;
  };
  return [label(sides[0], oldName), label(sides[1], newName)];
}

export function sideNotebook(side: NotebookSide, { cache }: Pick<Services, 'cache'>): string {
  return side.kind === 'checkpoint'
    ? (cache.checkpoint(side.checkpointId)?.notebook ?? '')
    : side.notebook;
}

/** The newest run whose code and outputs are in a checkpoint. */
export function sideRun(side: NotebookSide, { cache }: Pick<Services, 'cache'>): Run | undefined {
  if (side.kind !== 'checkpoint') return undefined;
  return cache.runs().find(({ checkpointId }) => checkpointId === side.checkpointId);
}

export interface SideContent extends NamedContent {
  /** Of a notebook that is open: the document that the content was read from, and its version then. */
  readonly document?: NotebookDocument;
  readonly version?: number;
}

/** @param read given what the side holds, which may be gone when its promise is settled. */
export async function useSide<T>(
  side: NotebookSide,
  services: Reading,
  read: (content: SideContent) => Promise<T>,
): Promise<T> {
  const isScript = sideNotebook(side, services).endsWith('.py');
  const head = {
    title: sideTitle(side, services),
    ...(isScript ? { format: 'percent' as const } : {}),
  };
  const document = side.kind === 'current' ? findOpenNotebook(side.notebook) : undefined;
  if (!document?.isDirty) return read({ ...head, ...(await readContent(side, services)) });
  const { version } = document;
  // By a file, as what a large notebook holds would block the window on its way to the worker.
  return services.snapshots.use(toEditorNotebook(document), (path) =>
    read({ ...head, content: { path }, document, version }),
  );
}

type Reading = Pick<Services, 'cache' | 'snapshots'>;

async function readContent(
  side: NotebookSide,
  services: Pick<Services, 'cache'>,
): Promise<Omit<SideContent, 'title'>> {
  if (side.kind === 'current') return readCurrent(side.notebook);
  if (side.kind === 'git') return { content: await readRevision(side) };
  const checkpoint = services.cache.checkpoint(side.checkpointId);
  if (!checkpoint) throw new UserError('This checkpoint was deleted.');
  return { content: { checkpoint } };
}

export function sideUri(side: NotebookSide, services: Pick<Services, 'cache'>): Uri {
  if (side.kind === 'current') return fromWorkspacePath(side.notebook);
  if (side.kind === 'git') return revisionUri(side);
  const checkpoint = services.cache.checkpoint(side.checkpointId);
  if (!checkpoint) throw new UserError('This checkpoint was deleted.');
  return checkpointUri(checkpoint);
}

/** Of a notebook without unsaved edits, or a script. */
async function readCurrent(notebook: string): Promise<Omit<SideContent, 'title'>> {
  const document = findOpenNotebook(notebook);
  const uri = fromWorkspacePath(notebook);
  const version = document?.version;
  const open = document && version !== undefined ? { document, version } : {};
  const text = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (text?.isDirty) return { content: new TextEncoder().encode(text.getText()) };
  // Read where it is compared, so that it does not pass through the window's thread.
  if (uri.scheme === 'file') return { content: { path: uri.fsPath }, ...open };
  return { content: await readNotebookFile(notebook, uri), ...open };
}

export function findOpenNotebook(notebook: string): NotebookDocument | undefined {
  const uri = fromWorkspacePath(notebook).toString();
  return workspace.notebookDocuments.find((document) => document.uri.toString() === uri);
}

async function readNotebookFile(notebook: string, uri: Uri): Promise<Uint8Array> {
  try {
    return await workspace.fs.readFile(uri);
  } catch {
    throw new UserError(`${notebook} is not there any more. Open a checkpoint of it instead.`);
  }
}
