import type { ShellDialect } from '../command/quoteWord';
import { type ChangedCommand, changeArguments, type ParamChange } from './changeArguments';
import type { ProjectFiles } from './config/projectFiles';
import { readDefaults } from './readDefaults';
import { type RunInput, readRunParams } from './readRunParams';

/** `changeArguments` by all that is known of a run: its script and its configuration files. */
export function changeRunArguments(
  commandLine: string,
  input: RunInput,
  changes: readonly ParamChange[],
  dialect: ShellDialect,
  files: ProjectFiles,
): ChangedCommand {
  const { script, args } = input;
  const { command } = script
    ? readDefaults(script.text, { args, path: script.path })
    : { command: { options: [] } };
  return changeArguments(commandLine, changes, {
    readParams: (args) => readRunParams({ ...input, args }, files).params,
    spec: command,
    dialect,
  });
}
