import type { Param } from '../run/run';
import { readNamedFiles } from './config/configParams';
import { configsInArguments } from './config/configsInArguments';
import type { NamedFile } from './config/namedConfig';
import { folderOf, type ProjectFiles } from './config/projectFiles';
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
}

export interface RunParams {
  readonly params: readonly Param[];
  /** What is wrong with its configuration files, in words for the user. */
  readonly problems: readonly string[];
}

const noDefaults: ScriptDefaults = { command: { options: [] }, constants: [], configs: [] };

/**
 * The params of a run before it prints anything: its arguments, its configuration files, and the
 * defaults of its script. Nothing is executed. Never throws.
 */
export function readRunParams(input: RunInput, files: ProjectFiles): RunParams {
  const { script, args, launcherArgs, given, folder } = input;
  const defaults =
    script === undefined ? noDefaults : readDefaults(script.text, { args, path: script.path });
  const named: readonly NamedFile[] = [
    ...launcherFiles(launcherArgs),
    ...defaults.configs.filter((each) => each.kind === 'file'),
    ...configsInArguments(args),
  ];
  const scriptFolder = script && folderOf(script.path);
  const start = folder ?? scriptFolder;
  const { params, problems } =
    start === undefined
      ? { params: [], problems: [] }
      : readNamedFiles(named, { folder: start, scriptFolder }, files);
  return { params: [...given, ...resolveParams(defaults, args, params)], problems };
}

/** A launcher's settings are not the script's own. */
function launcherFiles(args: readonly string[]): NamedFile[] {
  return configsInArguments(args).map((file) => ({ ...file, prefix: 'launcher' }));
}
