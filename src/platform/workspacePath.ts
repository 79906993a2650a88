import { isAbsolute, join } from 'node:path';
import { Uri, workspace } from 'vscode';

/**
 * How the record names a file: relative to the first workspace folder, where the record lies, with `/`,
 * so that a moved or cloned folder keeps its record; the full path where it lies outside of it. In
 * another folder there may be a file of the same relative path.
 */
export function toWorkspacePath(uri: Uri): string {
  const isInFirst = workspace.getWorkspaceFolder(uri)?.index === 0;
  return (isInFirst ? workspace.asRelativePath(uri, false) : uri.fsPath).replaceAll('\\', '/');
}

/** A recorded name as people know it: in another folder of the workspace, by the name of that folder. */
export function shownPath(path: string): string {
  return isAbsolute(path) ? workspace.asRelativePath(path, true).replaceAll('\\', '/') : path;
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
