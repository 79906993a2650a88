import { commands, type Disposable, workspace } from 'vscode';
import type { RunFile } from '../core/run/run';
import { UserError } from '../core/userError';
import type { RegisterCommand } from '../platform/commands';
import { commandIds } from '../platform/contributionIds';
import { fileExists } from '../platform/fileExists';
import { fromWorkspacePath } from '../platform/workspacePath';

/** Shows a file of a run as it is now: what an editor can open in one, models and folders where they lie. */
export function registerOpenRunFile(register: RegisterCommand): Disposable {
  return register(commandIds.openRunFile, async (given) => {
    const { path, type } = readFile(given);
    const uri = fromWorkspacePath(path.replace(/\/$/, ''));
    if (!(await fileExists(uri))) {
      throw new UserError(`${path} is no longer there. Its size and hash are still in the record.`);
    }
    const isRevealed = path.endsWith('/') || type === 'model' || type === 'data';
    if (!isRevealed) await commands.executeCommand('vscode.open', uri, { preview: true });
    else {
      const isInside = workspace.getWorkspaceFolder(uri) !== undefined;
      await commands.executeCommand(isInside ? 'revealInExplorer' : 'revealFileInOS', uri);
    }
  });
}

function readFile(given: unknown): Pick<RunFile, 'path' | 'type'> {
  if (typeof given === 'object' && given !== null && 'path' in given && 'type' in given) {
    // SAFETY: only the tree's items call this command, which no palette shows.
    return given as Pick<RunFile, 'path' | 'type'>;
  }
  throw new UserError('Choose a file under a run in the Runs view.');
}
