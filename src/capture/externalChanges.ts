import { Disposable, FileType, type Uri, workspace } from 'vscode';
import type { CheckpointKeeper } from '../app/checkpointKeeper';
import type { Workspace } from '../app/commandRecorder';
import { findGitOperation } from '../app/gitReflog';
import { createNotebookHistories } from '../app/notebookHistories';
import type { NotebookMover } from '../app/notebookMover';
import type { RecordCache } from '../app/recordCache';
import type { RememberedFiles } from '../app/rememberedFiles';
import { type FileState, isToolsCopy, mayBeNotebook, mayHaveNews } from '../core/notebook/fileNews';
import type { Quietly } from '../platform/guard';
import { fromWorkspacePath, toWorkspacePath } from '../platform/workspacePath';
import { isKeptFile } from './keptNotebooks';

/** A file that is written for long is read when nothing came for this long, and it stays as it is. */
const quietMs = 500;
const steadyMs = 200;
/** A notebook that is gone and a file that appears within this time can be the same. */
const moveMs = 5000;
/** So many files at once that nobody recorded are a checkout or a download, not somebody's work. */
const maxUnknown = 20;
/** The files are compared with the record when the window has started. */
const startMs = 3000;
const foundAtOnce = 5000;

interface Watching {
  readonly keeper: CheckpointKeeper;
  readonly mover: NotebookMover;
  readonly cache: RecordCache;
  readonly remembered: RememberedFiles;
  readonly settings: Workspace;
  readonly quietly: Quietly;
}

/** What else changes notebooks: git, another editor, a program; and where they are moved to. */
export function captureExternalChanges(parts: Watching): Disposable {
  const { keeper, mover, cache, remembered, settings, quietly } = parts;
  const waiting = new Map<string, { timer: NodeJS.Timeout; isCreated: boolean }>();
  const gone = new Map<string, number>();
  const appeared = new Map<string, { readonly uri: Uri; readonly atMs: number }>();
  /** Files that were renamed in this window just now: the record may not say so yet. */
  const renamed = new Map<string, string>();

  /** How the editor left each file: what it wrote is recorded as a save. */
  const saved = new Map<string, FileState>();
  const noteSave = async (uri: Uri) => {
    const isKept = isKeptFile(uri, settings);
    const path = toWorkspacePath(uri);
    const file = await readState(uri);
    if (!file) return;
    saved.set(path, file);
    if (histories.has(path)) await remembered.saved(path, file, isKept);
  };

  const histories = createNotebookHistories(cache.checkpoints);
  const isKnown = (path: string) =>
    histories.has(path) || (renamed.size > 0 && [...renamed.values()].includes(path));

  function happened(uri: Uri, isCreated: boolean): void {
    const path = toWorkspacePath(uri);
    // The settings are read last: that costs the most, and thousands of files can change at a time.
    if (!mayBeNotebook(path, isKnown) || !isKeptFile(uri, settings)) return;
    clearTimeout(waiting.get(path)?.timer);
    waiting.set(path, {
      // What is written for long is created, then changed; what is written anew is deleted, then created.
      isCreated: waiting.get(path)?.isCreated ?? isCreated,
      timer: setTimeout(() => quietly('Looking at a notebook', () => look(path, uri)), quietMs),
    });
  }

  async function look(path: string, uri: Uri): Promise<void> {
    const news = waiting.get(path);
    const isCreated = news?.isCreated ?? false;
    await cache.ready;
    const file = await readSteadyState(uri);
    // Looked at again when there was news meanwhile.
    if (waiting.get(path) !== news) return;
    if (file === 'changes') {
      happened(uri, isCreated);
      return;
    }
    waiting.delete(path);
    if (!file) {
      if (isKnown(path) && !renamed.has(path)) gone.set(path, Date.now());
      await pairMoves();
    } else if (isKnown(path)) {
      gone.delete(path);
      if (isSame(file, saved.get(path))) return;
      if (mayHaveNews(file, histories.of(path))) await take(path, uri, file);
    } else if (!(await moved(path, uri)) && !isCreated && waiting.size < maxUnknown) {
      await take(path, uri, file);
    }
  }

  async function take(path: string, uri: Uri, file: FileState): Promise<void> {
    const operation = await findGitOperation(uri.fsPath, file.modifiedAtMs);
    const origin = operation ?? 'changed outside VS Code';
    await keeper.take(path, 'external', { path: uri.fsPath }, { origin });
  }

  /** Whether it is a notebook that is gone from elsewhere. */
  async function moved(path: string, uri: Uri): Promise<boolean> {
    forgetOld();
    const [origin] = await originOf([...gone.keys()], uri);
    if (origin === undefined) {
      appeared.set(path, { uri, atMs: Date.now() });
      return false;
    }
    gone.delete(origin);
    appeared.delete(path);
    await mover.renamed(origin, path);
    return true;
  }

  async function originOf(candidates: readonly string[], uri: Uri): Promise<readonly string[]> {
    if (candidates.length === 0) return [];
    const origin = await mover.findOrigin(candidates, uri.fsPath);
    return origin === undefined ? [] : [origin];
  }

  /** The file can be seen before the notebook is missed. */
  async function pairMoves(): Promise<void> {
    forgetOld();
    for (const [path, { uri }] of [...appeared]) {
      if (gone.size > 0 && !isKnown(path)) await moved(path, uri);
    }
  }

  function forgetOld(): void {
    const sinceMs = Date.now() - moveMs;
    for (const [path, atMs] of gone) if (atMs < sinceMs) gone.delete(path);
    for (const [path, { atMs }] of appeared) if (atMs < sinceMs) appeared.delete(path);
  }

  /** What happened while no window was open. */
  async function compareAll(): Promise<void> {
    await cache.ready;
    const missing: string[] = [];
    for (const path of histories.paths()) {
      const uri = fromWorkspacePath(path);
      if (!/\.(?:ipynb|py)$/.test(path) || !isKeptFile(uri, settings)) continue;
      const file = await readState(uri);
      if (!file) missing.push(path);
      // What the user saved while nothing was recorded is not to be kept after all.
      else if (remembered.isLeftOut(path, file)) continue;
      else if (mayHaveNews(file, histories.of(path))) await take(path, uri, file);
    }
    const left = new Set(await remembered.newlyMissing(missing));
    if (left.size === 0) return;
    for (const uri of await workspace.findFiles('**/*.ipynb', undefined, foundAtOnce)) {
      const path = toWorkspacePath(uri);
      if (left.size === 0 || isKnown(path) || isToolsCopy(path)) continue;
      const file = await readState(uri);
      const sizes = [...left].filter((each) =>
        histories.of(each).some(({ sizeBytes }) => sizeBytes === file?.sizeBytes),
      );
      const [origin] = await originOf(sizes, uri);
      if (origin === undefined) continue;
      left.delete(origin);
      await mover.renamed(origin, path);
    }
  }

  const watchers = ['**/*.ipynb', '**/*.py'].map((glob) => {
    const watcher = workspace.createFileSystemWatcher(glob);
    return Disposable.from(
      watcher,
      watcher.onDidCreate((uri) => happened(uri, true)),
      watcher.onDidChange((uri) => happened(uri, false)),
      watcher.onDidDelete((uri) => happened(uri, false)),
    );
  });
  const start = setTimeout(() => quietly('Looking for changed notebooks', compareAll), startMs);

  return Disposable.from(
    ...watchers,
    workspace.onDidSaveNotebookDocument(({ uri }) => quietly('Noting a save', () => noteSave(uri))),
    workspace.onDidSaveTextDocument(({ uri }) => {
      if (/\.(?:ipynb|py)$/.test(uri.path)) quietly('Noting a save', () => noteSave(uri));
    }),
    workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        const [from, to] = [toWorkspacePath(oldUri), toWorkspacePath(newUri)];
        renamed.set(from, to);
        setTimeout(() => renamed.delete(from), moveMs).unref();
        quietly('Following a renamed notebook', () => mover.renamed(from, to));
      }
    }),
    {
      dispose() {
        clearTimeout(start);
        for (const { timer } of waiting.values()) clearTimeout(timer);
      },
    },
  );
}

async function readState(uri: Uri): Promise<FileState | undefined> {
  try {
    const { type, size, mtime } = await workspace.fs.stat(uri);
    return type & FileType.File ? { sizeBytes: size, modifiedAtMs: mtime } : undefined;
  } catch {
    return undefined;
  }
}

async function readSteadyState(uri: Uri): Promise<FileState | 'changes' | undefined> {
  const before = await readState(uri);
  if (!before) return undefined;
  await new Promise((resolve) => setTimeout(resolve, steadyMs));
  const after = await readState(uri);
  return after && isSame(after, before) ? after : 'changes';
}

function isSame(a: FileState, b: FileState | undefined): boolean {
  return a.sizeBytes === b?.sizeBytes && a.modifiedAtMs === b.modifiedAtMs;
}
