import { type Disposable, workspace } from 'vscode';
import { settingIds } from './contributionIds';

/** The user's settings, read afresh each time so that a change needs no reload. */
export interface Settings {
  readonly excludePaths: readonly string[];
  readonly excludeCommands: readonly string[];
  readonly includeCommands: readonly string[];
  readonly codeLens: boolean;
  readonly storeLocation: 'workspace' | 'extension';
}

/** In an untrusted workspace VS Code itself leaves out the restricted settings of the workspace. */
export function readSettings(): Settings {
  const read = <T>(id: string, fallback: T) => workspace.getConfiguration().get<T>(id, fallback);
  return {
    excludePaths: strings(read<unknown>(settingIds.excludePaths, [])),
    excludeCommands: strings(read<unknown>(settingIds.excludeCommands, [])),
    includeCommands: strings(read<unknown>(settingIds.includeCommands, [])),
    codeLens: read<unknown>(settingIds.codeLens, true) === true,
    storeLocation:
      read<unknown>(settingIds.storeLocation, 'workspace') === 'extension'
        ? 'extension'
        : 'workspace',
  };
}

export function onSettingsChange(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('epochlog')) listener();
  });
}

/** A hand-written settings file may hold anything. */
function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
