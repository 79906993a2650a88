import type { ReadConfigs } from '../config/configParams';
import { ConfigError, type ConfigMap, type ConfigValue } from '../config/configValue';
import { type ConfigParam, flattenConfig } from '../config/flattenConfig';
import { valueAt } from '../config/mergeConfig';
import type { NamedHydra } from '../config/namedConfig';
import { isNearby, isWithin, joinPath, type ProjectFiles } from '../config/projectFiles';
import { composeHydra } from './composeHydra';
import { readHydraArguments, readOverride } from './hydraArguments';
import { HydraRepository } from './hydraRepository';

export interface HydraPlaces {
  /** Absolute path of the folder that the program runs in. */
  readonly folder: string;
  /** Of the script, which its configuration folder counts from. */
  readonly scriptFolder: string;
}

/** The configuration of a Hydra program, as it composes it for these arguments. */
export function readHydra(
  hydra: NamedHydra,
  args: readonly string[],
  { folder, scriptFolder }: HydraPlaces,
  files: ProjectFiles,
): ReadConfigs {
  const own = readHydraArguments(args);
  const overrides =
    hydra.overrides === undefined
      ? own.overrides
      : hydra.overrides.flatMap((each) => readOverride(each) ?? []);
  const primary = (own.configName ?? hydra.name).replace(/\.ya?ml$/, '');
  const base = own.configPath ?? hydra.folder ?? '.';
  const named = base.replace(/^(?:file|pkg):\/\//, '');
  const main = joinPath(scriptFolder, named);
  // A source may name any folder of the machine; only the command line is the user's own word.
  const isOfProject = (path: string, place: string) =>
    isNearby(path) || isWithin(place, folder) || isWithin(place, scriptFolder);
  const folders = [
    ...(own.configPath !== undefined || isOfProject(named, main) ? [main] : []),
    ...own.configDirs.map((each) => joinPath(folder, each)),
  ];
  const repository = new HydraRepository(folders, hydra.stored, files);
  try {
    for (const each of searchPath(repository.load(primary)?.content)) {
      const place = joinPath(folder, each);
      if (isOfProject(each, place)) repository.addFolder(place);
    }
    const { config, choices } = composeHydra(primary, overrides, repository);
    const params = flattenConfig(config);
    return { params: [...choiceParams(choices, params), ...params], problems: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { params: [], problems: [`${base}/${primary}: ${error.message}`] };
  }
}

function searchPath(primary: ConfigMap | undefined): string[] {
  const listed: ConfigValue | undefined = primary && valueAt(primary, 'hydra.searchpath');
  if (listed?.kind !== 'list') return [];
  return listed.items.flatMap((item) =>
    item.kind === 'scalar' && !item.text.startsWith('pkg://')
      ? [item.text.replace(/^file:\/\//, '')]
      : [],
  );
}

/** Which option of a group was taken tells runs apart as much as its values do. */
function choiceParams(
  choices: ReadonlyMap<string, string>,
  params: readonly ConfigParam[],
): ConfigParam[] {
  const taken = new Set(params.map(({ key }) => key));
  return [...choices]
    .map(([key, value]) => [key.replace(/@_global_$/, ''), value] as const)
    .filter(([key]) => !/^hydra(?:\/|$)/.test(key) && !taken.has(key))
    .map(([key, value]) => ({ key, value }));
}
