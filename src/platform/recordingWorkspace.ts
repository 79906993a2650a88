import { Uri, workspace } from 'vscode';
import { globsInFolders } from '../core/recording/recordingPolicy';
import { readSettings, type Settings } from './settings';
import { toWorkspacePath } from './workspacePath';

/** What recorders ask of the workspace. */
export function createRecordingWorkspace(isPaused: () => boolean) {
  return {
    isPaused,
    isTrusted: (): boolean => workspace.isTrusted,
    policy(): Settings {
      const settings = readSettings();
      const others = workspace.workspaceFolders?.slice(1) ?? [];
      const folders = others.map(({ uri }) => uri.fsPath.replaceAll('\\', '/'));
      return { ...settings, excludePaths: globsInFolders(settings.excludePaths, folders) };
    },
    get rootPath(): string | undefined {
      return workspace.workspaceFolders?.[0]?.uri.fsPath;
    },
    toWorkspacePath: (path: string): string => toWorkspacePath(Uri.file(path)),
  };
}
