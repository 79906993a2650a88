import { type Disposable, FileSystemError, Uri, workspace } from 'vscode';
import { readFileRevision } from '../app/gitRevisions';
import { baseName } from '../core/run/runName';
import { UserError } from '../core/userError';
import { schemes } from '../platform/contributionIds';
import { objectOf } from '../platform/keptState';
import { registerReadOnlyFiles } from '../platform/readOnlyFiles';
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
  const read = async (uri: Uri): Promise<Uint8Array> => {
    const side = parseSide(uri);
    if (!side) throw FileSystemError.FileNotFound(uri);
    return readRevision(side);
  };
  return registerReadOnlyFiles(schemes.revision, {
    // What a commit holds never changes.
    stat: async (uri) => ({ atMs: 0, sizeBytes: (await read(uri)).length }),
    read,
  });
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
