import type { ConfigMap } from './configValue';
import { ConfigError } from './configValue';
import { type ConfigParam, flattenConfig } from './flattenConfig';
import { loadConfig } from './loadConfig';
import type { NamedFile } from './namedConfig';
import { joinPath, type ProjectFiles } from './projectFiles';

export interface ReadConfigs {
  /** The last file that gives a key counts. */
  readonly params: readonly ConfigParam[];
  /** What could not be read, in words for the user. */
  readonly problems: readonly string[];
}

export interface ConfigPlaces {
  /** Absolute path of the folder that the program runs in. */
  readonly folder: string;
  /** Absolute path of the script's own, where some programs look too. */
  readonly scriptFolder?: string | undefined;
}

/** More values than settings have: such a file is data. */
const maxDoubtfulParams = 300;

/** Reads the files that a run names as its configuration, as they are now. */
export function readNamedFiles(
  named: readonly NamedFile[],
  { folder, scriptFolder }: ConfigPlaces,
  files: ProjectFiles,
): ReadConfigs {
  const params = new Map<string, string>();
  const problems: string[] = [];
  for (const each of named) {
    try {
      const config =
        loadConfig(joinPath(folder, each.path), files) ??
        (scriptFolder === undefined
          ? undefined
          : loadConfig(joinPath(scriptFolder, each.path), files));
      // The program itself will say that there is no such file.
      if (config === undefined) continue;
      for (const { key, value } of settingsIn(config, each)) {
        params.delete(key);
        params.set(key, value);
      }
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      if (!each.isDoubtful) problems.push(`${each.path}: ${error.message}`);
    }
  }
  return { params: [...params].map(([key, value]) => ({ key, value })), problems };
}

function settingsIn(config: ConfigMap, { prefix, isDoubtful }: NamedFile): ConfigParam[] {
  const params = flattenConfig(config, prefix);
  return isDoubtful && params.length > maxDoubtfulParams ? [] : params;
}
