import { ConfigError, type ConfigMap } from './configValue';
import { type ConfigParam, flattenConfig } from './flattenConfig';
import { loadConfig } from './loadConfig';
import type { NamedFile } from './namedConfig';
import { isWithin, joinPath, type ProjectFiles } from './projectFiles';

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

/** Reads the files that a run names as its configuration, as they are now; each once. */
export function readNamedFiles(
  named: readonly NamedFile[],
  { folder, scriptFolder }: ConfigPlaces,
  files: ProjectFiles,
): ReadConfigs {
  const params = new Map<string, ConfigParam>();
  const problems: string[] = [];
  const paths = new Set<string>();
  // A source may name any file of the machine; only the command line is the user's own word.
  const roots = scriptFolder === undefined ? [folder] : [folder, scriptFolder];
  const isAllowed = ({ isTyped }: NamedFile, place: string) =>
    isTyped === true || roots.some((root) => isWithin(place, root));
  const placeOf = ({ path }: NamedFile) => joinPath(folder, path.replace(/^(?:\.\/)+/, ''));
  for (const each of named) {
    const place = placeOf(each);
    if (paths.has(place) || !isAllowed(each, place)) continue;
    paths.add(place);
    // The command line may say that it is a part, which the source that opens it does not.
    const prefix = named.find(
      (other) => other.prefix !== undefined && placeOf(other) === place,
    )?.prefix;
    try {
      const config =
        loadConfig({ ...each, path: place, folder }, files) ??
        (scriptFolder === undefined
          ? undefined
          : loadConfig({ ...each, path: joinPath(scriptFolder, each.path), folder }, files));
      // The program itself will say that there is no such file.
      if (config === undefined) continue;
      for (const param of settingsIn(config, prefix, each.isDoubtful === true)) {
        params.delete(param.key);
        params.set(param.key, param);
      }
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      if (!each.isDoubtful) problems.push(`${each.path}: ${error.message}`);
    }
  }
  return { params: [...params.values()], problems };
}

function settingsIn(
  config: ConfigMap,
  prefix: string | undefined,
  isDoubtful: boolean,
): ConfigParam[] {
  const params = flattenConfig(config, prefix);
  return isDoubtful && params.length > maxDoubtfulParams ? [] : params;
}
