import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  workspace,
} from 'vscode';
import { readFileRevision } from '../app/gitRevisions';
import { baseName } from '../core/run/runName';
import { UserError } from '../core/userError';
import { schemes } from '../platform/contributionIds';
import { objectOf } from '../platform/keptState';
import { fromWorkspacePath } from '../platform/workspacePath';
import type { NotebookSide } from '../protocol/notebookDiffPage';

type GitSide = NotebookSide & { readonly kind: 'git' };

/** Where VS Code's own editors find a file as it was at a commit. */
export function revisionUri({ notebook, revision, path }: GitSide): Uri {
  return Uri.from({
    scheme: schemes.revision,
    path: `/${encodeURIComponent(revision)}/${baseName(notebook)}`,
    query: JSON.stringify({ notebook, revision, path }),
  });
}

/** git runs in trusted workspaces only, as a repository's configuration can name programs. */
export async function readRevision({ notebook, revision, path }: GitSide): Promise<Uint8Array> {
  if (!workspace.isTrusted)
    throw new UserError('Trust this workspace to look into its git history.');
  return readFileRevision(fromWorkspacePath(notebook).fsPath, revision, path);
}

/** Files at commits, read-only. */
export function registerRevisionFileSystem(): Disposable {
  const changed = new EventEmitter<FileChangeEvent[]>();
  const read = async (uri: Uri): Promise<Uint8Array> => {
    const side = parseSide(uri);
    if (!side) throw FileSystemError.FileNotFound(uri);
    return readRevision(side);
  };
  const refuse = (uri: Uri) => {
    throw FileSystemError.NoPermissions(uri);
  };
  const provider: FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new Disposable(() => undefined),
    async stat(uri) {
      // What a commit holds never changes.
      const { length } = await read(uri);
      return { type: FileType.File, ctime: 0, mtime: 0, size: length };
    },
    readFile: read,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  return Disposable.from(
    changed,
    workspace.registerFileSystemProvider(schemes.revision, provider, {
      isReadonly: true,
      isCaseSensitive: true,
    }),
  );
}

function parseSide(uri: Uri): GitSide | undefined {
  try {
    const { notebook, revision, path } = objectOf(JSON.parse(uri.query));
    if (typeof notebook !== 'string' || typeof revision !== 'string') return undefined;
    return { kind: 'git', notebook, revision, ...(typeof path === 'string' ? { path } : {}) };
  } catch {
    return undefined;
  }
}
