import { env, extensions, Uri, workspace } from 'vscode';
import { shellDialect } from '../core/command/quoteWord';
import { fileExists } from '../platform/fileExists';
import { inFolder } from './folderVariable';
import { selectedPython } from './selectedPython';

/** Where virtual environments are made, beside the scripts. */
const environmentFolders = ['.venv', 'venv', 'env'];

/**
 * The interpreter for a file: the one selected in the Python extension, that of the setting, that of a
 * virtual environment in the folder, or the system's.
 *
 * @returns its absolute path, or the name of the system's.
 */
export async function findPython(file: Uri, folder: Uri): Promise<string> {
  return (
    (await fromExtension(file)) ??
    (await fromSetting(file, folder)) ??
    (await fromFolder(folder)) ??
    (isWindows() ? 'python' : 'python3')
  );
}

async function fromExtension(file: Uri): Promise<string | undefined> {
  const extension = extensions.getExtension('ms-python.python');
  return extension?.isActive ? selectedPython(extension.exports, file) : undefined;
}

async function fromSetting(file: Uri, folder: Uri): Promise<string | undefined> {
  const value: unknown = workspace.getConfiguration('python', file).get('defaultInterpreterPath');
  if (typeof value !== 'string' || value === '' || value === 'python') return undefined;
  const uri = inFolder(value, folder);
  return (await fileExists(uri)) ? uri.fsPath : undefined;
}

async function fromFolder(folder: Uri): Promise<string | undefined> {
  for (const name of environmentFolders) {
    for (const program of ['bin/python', 'Scripts/python.exe']) {
      const uri = Uri.joinPath(folder, name, program);
      if (await fileExists(uri)) return uri.fsPath;
    }
  }
  return undefined;
}

function isWindows(): boolean {
  return env.shell.includes('\\') || shellDialect(env.shell) === 'cmd';
}
