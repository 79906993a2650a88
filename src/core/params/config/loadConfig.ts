import { configFormat, readConfig } from './configFormat';
import { ConfigError, type ConfigMap, type ConfigValue, emptyMap } from './configValue';
import { mergeConfig } from './mergeConfig';
import { folderOf, joinPath, type ProjectFiles } from './projectFiles';

/** Keys under which a file names those that it builds on: MMEngine, Detectron2, PaddleDetection. */
const baseKeys = ['_base_', '_BASE_', '__base__'];
const maxBases = 20;

/**
 * What a configuration file holds, together with those that it builds on. Nothing is executed.
 *
 * @param path absolute.
 * @returns undefined if there is no such file.
 * @throws ConfigError
 */
export function loadConfig(
  path: string,
  files: ProjectFiles,
  within: readonly string[] = [],
): ConfigMap | undefined {
  const format = configFormat(path);
  if (format === undefined) return undefined;
  const text = files.readConfig(path);
  if (text === undefined) return undefined;
  if (within.includes(path) || within.length > maxBases) {
    throw new ConfigError('it builds on itself');
  }
  if (format === 'gin' || format === 'python' || format === 'arguments') {
    throw new ConfigError('its format is not known');
  }
  const own = readConfig(text, format);
  const bases = baseKeys.flatMap((key) => pathsIn(own.entries.get(key)));
  if (bases.length === 0) return own;
  for (const key of baseKeys) own.entries.delete(key);
  const inherited = bases
    .map((base) => loadConfig(joinPath(folderOf(path), base), files, [...within, path]))
    .reduce<ConfigMap>((all, each) => mergeConfig(all, each ?? emptyMap()), emptyMap());
  return mergeConfig(inherited, own);
}

function pathsIn(value: ConfigValue | undefined): string[] {
  if (value?.kind === 'scalar') return [value.text];
  return value?.kind === 'list' ? value.items.flatMap(pathsIn) : [];
}
