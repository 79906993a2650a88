import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParsedCommand } from '../core/command/parseCommand';
import { configsInArguments } from '../core/params/config/configsInArguments';
import type { RunInput } from '../core/params/readRunParams';

/** The script of a command as it was when it began. */
export interface CommandScript {
  /** Absolute. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A script larger than this is generated or is data; nothing is read off it. */
const maxScriptBytes = 4 * 1024 * 1024;

/**
 * Reads the script that a command runs, also one that it names as a module of the folder.
 *
 * @returns undefined if there is none: the command itself will say so.
 */
export async function readCommandScript(
  { kind, module }: ParsedCommand,
  folder: string | undefined,
  scriptPath: string | undefined,
): Promise<CommandScript | undefined> {
  if (scriptPath !== undefined) return readScript(scriptPath);
  if (kind !== 'python' || module === undefined || folder === undefined) return undefined;
  if (!/^\w+(?:\.\w+)*$/.test(module)) return undefined;
  const parts = module.split('.');
  for (const root of [folder, join(folder, 'src')]) {
    const base = join(root, ...parts);
    for (const path of [`${base}.py`, join(base, '__main__.py')]) {
      const script = await readScript(path);
      if (script !== undefined) return script;
    }
  }
  return undefined;
}

async function readScript(path: string): Promise<CommandScript | undefined> {
  try {
    const stats = await stat(path);
    const isRead = stats.isFile() && stats.size <= maxScriptBytes;
    return isRead ? { path, bytes: await readFile(path) } : undefined;
  } catch {
    return undefined;
  }
}

/** @returns undefined where the command line itself says all of its params. */
export function paramsInput(
  command: ParsedCommand,
  folder: string | undefined,
  read: CommandScript | undefined,
): RunInput | undefined {
  const { kind, args, launcherArgs, variables } = command;
  const script =
    kind === 'python' && read !== undefined
      ? { text: new TextDecoder().decode(read.bytes), path: read.path }
      : undefined;
  const implied = command.programs.includes('dvc') ? ['params.yaml'] : [];
  const named = configsInArguments([...launcherArgs, ...args]);
  if (!script && named.length + implied.length === 0) return undefined;
  return { script, args, launcherArgs, given: variables, folder, implied };
}
