import type { Param } from '../run/run';
import { splitArgumentFiles } from './argumentFiles';
import { type ReadConfigs, readNamedFiles } from './config/configParams';
import { configsInArguments } from './config/configsInArguments';
import type { NamedConfig, NamedFile } from './config/namedConfig';
import { folderOf, type ProjectFiles } from './config/projectFiles';
import { createModuleFinder } from './findModule';
import { readHydra } from './hydra/readHydra';
import { readDefaults, type ScriptDefaults } from './readDefaults';
import { resolveParams } from './resolveParams';

/** What is known of a run when it starts, to read its params from. */
export interface RunInput {
  /** The Python script that runs, as it is now; its path is absolute. */
  readonly script?: { readonly text: string; readonly path: string } | undefined;
  /** What follows the script or the program on the command line. */
  readonly args: readonly string[];
  /** What a launcher such as accelerate is told before the script. */
  readonly launcherArgs: readonly string[];
  /** Params that the command line gives otherwise: variables before the command. */
  readonly given: readonly Param[];
  /** Absolute path of the folder that it runs in, if it is known. */
  readonly folder?: string | undefined;
  /** Configuration files that the program reads unasked, as DVC does `params.yaml`. */
  readonly implied?: readonly string[];
}

export interface RunParams {
  readonly params: readonly Param[];
  /** What is wrong with its configuration files, in words for the user. */
  readonly problems: readonly string[];
}

const noDefaults: ScriptDefaults = {
  command: { options: [] },
  settings: [],
  constants: [],
  configs: [],
};

/**
 * The params of a run before it prints anything: its arguments, its configuration files, and the
 * defaults of its script. Nothing is executed. Never throws.
 */
export function readRunParams(input: RunInput, files: ProjectFiles): RunParams {
  const { script, args, given } = input;
  const defaults =
    script === undefined
      ? noDefaults
      : readDefaults(script.text, {
          args,
          path: script.path,
          finder: createModuleFinder(files, input.folder, script.path),
        });
  const configured = readConfigs(input, defaults.configs, files);
  const { own, ofFiles } = splitArgumentFiles(args, input.folder, files);
  const typedInFiles = resolveParams({ ...defaults, settings: [], constants: [] }, ofFiles)
    .filter(({ origin }) => origin === 'argv')
    .map(({ key, value }) => ({ key, value }));
  const params = resolveParams(defaults, own, [...configured.params, ...typedInFiles]);
  return { params: [...given, ...params], problems: configured.problems };
}

function readConfigs(
  { script, args, launcherArgs, folder, implied = [] }: RunInput,
  named: readonly NamedConfig[],
  files: ProjectFiles,
): ReadConfigs {
  const scriptFolder = script && folderOf(script.path);
  const start = folder ?? scriptFolder;
  if (start === undefined) return { params: [], problems: [] };
  const typed = new Set(configsInArguments([...launcherArgs, ...args]).map(({ path }) => path));
  const hydra = named.findLast((each) => each.kind === 'hydra');
  if (hydra !== undefined && scriptFolder !== undefined) {
    return readHydra(hydra, args, { folder: start, scriptFolder }, files);
  }
  const all: readonly NamedFile[] = [
    ...implied.map((path) => ({ kind: 'file' as const, path })),
    ...launcherFiles(launcherArgs),
    ...named.filter((each) => each.kind === 'file'),
    ...configsInArguments(args),
  ].map((file) => ({ ...file, isTyped: typed.has(file.path) }));
  return readNamedFiles(all, { folder: start, scriptFolder }, files);
}

/** A launcher's settings are not the script's own. */
function launcherFiles(args: readonly string[]): NamedFile[] {
  return configsInArguments(args).map((file) => ({ ...file, prefix: 'launcher' }));
}
