import { isAbsolute, join } from 'node:path';
import { Uri, workspace } from 'vscode';

/**
 * How the record names a file: relative to its workspace folder, with `/`, so that a moved or cloned
 * folder keeps its record; the full path where it lies outside.
 */
export function toWorkspacePath(uri: Uri): string {
  return workspace.asRelativePath(uri, false).replaceAll('\\', '/');
}

/** The file that a recorded name stands for in this workspace. */
export function fromWorkspacePath(path: string): Uri {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder === undefined || isAbsolute(path) ? Uri.file(path) : Uri.joinPath(folder, path);
}

/** The absolute path of what a command names, seen from its working directory. */
export function resolveFrom(cwd: Uri | undefined, path: string): Uri | undefined {
  if (isAbsolute(path)) return Uri.file(path);
  const base = cwd ?? workspace.workspaceFolders?.[0]?.uri;
  // A remote working directory keeps its authority.
  return base?.with({ path: Uri.file(join(base.fsPath, path)).path });
}
