import { env, Uri, workspace } from 'vscode';
import type { LaunchRequest } from '../app/launch/launchFolder';
import { quoteWord, shellDialect } from '../core/command/quoteWord';
import { UserError } from '../core/userError';
import { findPython } from './pythonInterpreter';

/** A command line as the user typed it, for the user's shell. */
export function commandRequest(commandLine: string, cwd?: string): LaunchRequest {
  return {
    commandLine,
    cwd: cwd ?? requireFolder().fsPath,
    program: { kind: 'shell', shell: env.shell || '/bin/sh', commandLine },
  };
}

/** A Python file with its arguments, in its workspace folder; no shell has a part in it. */
export async function fileRequest(
  file: Uri,
  args: readonly string[] = [],
  cwd?: string,
): Promise<LaunchRequest> {
  const folder = workspace.getWorkspaceFolder(file)?.uri ?? Uri.joinPath(file, '..');
  const words = [await findPython(file, folder), file.fsPath, ...args];
  const folderPath = cwd ?? folder.fsPath;
  const shown = words.map((word, index) => (index < 2 ? relativeTo(folderPath, word) : word));
  const dialect = shellDialect(env.shell);
  return {
    commandLine: shown.map((word) => quoteWord(word, dialect)).join(' '),
    cwd: folderPath,
    program: { kind: 'direct', words: [words[0] ?? '', ...shown.slice(1)] },
  };
}

function relativeTo(folder: string, path: string): string {
  const isInside = path.startsWith(folder) && /[\\/]/.test(path.charAt(folder.length));
  return isInside ? path.slice(folder.length + 1) : path;
}

/** Where a command without a folder of its own runs. */
export function requireFolder(): Uri {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (folder?.scheme !== 'file') throw new UserError('Open a folder first, for it to run in.');
  return folder;
}
