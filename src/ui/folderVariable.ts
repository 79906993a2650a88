import { Uri } from 'vscode';

/** A path as settings and tasks name it: from the workspace folder, which it may name as VS Code does. */
export function inFolder(path: string, folder: Uri): Uri {
  const full = path.replace(/\$\{workspaceFolder\}/g, () => folder.fsPath);
  return /^(?:[/\\]|[A-Za-z]:)/.test(full) ? Uri.file(full) : Uri.joinPath(folder, full);
}
