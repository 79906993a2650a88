import { createModuleFinder } from '../findModule';
import { type ConfigFormat, configFormat } from './configFormat';
import { ConfigError, type ConfigMap, type ConfigValue, emptyMap } from './configValue';
import { mergeConfig } from './mergeConfig';
import { folderOf, isNearby, joinPath, type ProjectFiles } from './projectFiles';
import { readConfig } from './readConfig';
import { readGin } from './readGin';
import { readPython } from './readPython';

/** Keys under which a file names those that it builds on: MMEngine, Detectron2, PaddleDetection. */
const baseKeys = ['_base_', '_BASE_', '__base__'];
const maxBases = 20;

export interface ConfigToLoad {
  /** Absolute. */
  readonly path: string;
  /** Where its name does not say it. */
  readonly format?: ConfigFormat | undefined;
  readonly argument?: string | undefined;
  /** Absolute path of the folder that the program runs in, where some look for what a file names. */
  readonly folder: string;
}

/**
 * What a configuration file holds, together with those that it builds on. Nothing is executed.
 *
 * @returns undefined if there is no such file, or none of a known format.
 * @throws ConfigError
 */
export function loadConfig(
  { path, format = configFormat(path), argument, folder }: ConfigToLoad,
  files: ProjectFiles,
  within: readonly string[] = [],
): ConfigMap | undefined {
  if (format === undefined || format === 'arguments') return undefined;
  const text = files.readConfig(path);
  if (text === undefined) return undefined;
  if (within.includes(path) || within.length > maxBases) {
    throw new ConfigError('it builds on itself');
  }
  const load = (base: string): ConfigMap => {
    const from = (place: string) =>
      loadConfig({ path: joinPath(place, base), folder }, files, [...within, path]);
    return from(folderOf(path)) ?? from(folder) ?? emptyMap();
  };
  if (format === 'gin') {
    const { bindings, includes } = readGin(text);
    return mergeConfig(joinAll(includes.filter(isNearby).map(load)), bindings);
  }
  const own =
    format === 'python'
      ? readPython({ path, text, argument }, createModuleFinder(files, folder, path))
      : readConfig(text, format);
  // A file may name any other of the machine; those beside it are meant.
  const bases = baseKeys.flatMap((key) => pathsIn(own.entries.get(key))).filter(isNearby);
  for (const key of baseKeys) own.entries.delete(key);
  return mergeConfig(joinAll(bases.map(load)), own);
}

function joinAll(configs: readonly ConfigMap[]): ConfigMap {
  return configs.reduce<ConfigMap>(mergeConfig, emptyMap());
}

function pathsIn(value: ConfigValue | undefined): string[] {
  if (value?.kind === 'scalar') return [value.text];
  return value?.kind === 'list' ? value.items.flatMap(pathsIn) : [];
}
