import { parseCommand } from '../core/command/parseCommand';
import type { ShellDialect } from '../core/command/quoteWord';
import type { ChangedCommand, ParamChange } from '../core/params/changeArguments';
import type { Remote } from '../core/rpc';
import type { CommandSource } from '../core/run/run';
import type { ExtractionService } from './extractionService';

/**
 * The command line of a run with other params.
 *
 * @param script as it is now, which is what will run; its path is absolute.
 */
export async function changeCommand(
  extraction: Remote<ExtractionService>,
  { commandLine, cwd }: CommandSource,
  script: { readonly text: string; readonly path: string } | undefined,
  changes: readonly ParamChange[],
  dialect: ShellDialect,
): Promise<ChangedCommand> {
  if (changes.length === 0) return { commandLine, refused: [] };
  const { kind, args, launcherArgs, variables } = parseCommand(commandLine);
  const input = {
    script: kind === 'python' ? script : undefined,
    ...{ args, launcherArgs, given: variables, folder: cwd },
  };
  return extraction.changeArguments(commandLine, input, changes, dialect);
}
