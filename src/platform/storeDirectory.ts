import { createHash } from 'node:crypto';
import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExtensionContext, workspace } from 'vscode';
import { readSettings } from './settings';

/**
 * Where this window's record is kept: `.epochlog` in its first folder. VS Code's own storage where the
 * user wants that, where no folder is open, or where the folder cannot be written.
 *
 * `storageUri` will not do for that: it differs between two windows on one folder.
 */
export async function findStoreDirectory(context: ExtensionContext): Promise<string> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (folder?.scheme === 'file' && readSettings().storeLocation === 'workspace') {
    if (await canWrite(folder.fsPath)) return join(folder.fsPath, '.epochlog');
  }
  const key = createHash('sha256')
    .update(folder?.toString() ?? 'no folder')
    .digest('hex');
  const directory = join(context.globalStorageUri.fsPath, 'stores', key.slice(0, 32));
  await mkdir(directory, { recursive: true });
  return directory;
}

async function canWrite(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
