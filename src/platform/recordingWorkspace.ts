import { Uri, workspace } from 'vscode';
import { readSettings, type Settings } from './settings';
import { toWorkspacePath } from './workspacePath';

/** What recorders ask of the workspace. */
export function createRecordingWorkspace(isPaused: () => boolean) {
  return {
    isPaused,
    isTrusted: (): boolean => workspace.isTrusted,
    policy: (): Settings => readSettings(),
    get rootPath(): string | undefined {
      return workspace.workspaceFolders?.[0]?.uri.fsPath;
    },
    toWorkspacePath: (path: string): string => toWorkspacePath(Uri.file(path)),
  };
}
