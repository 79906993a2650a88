import { joinPath, type ProjectFiles } from './config/projectFiles';

export interface SplitArguments {
  /** What was typed, without the files that hold more. */
  readonly own: readonly string[];
  /** The arguments in those files. */
  readonly ofFiles: readonly string[];
}

/**
 * Reads the arguments that a command line takes from files: argparse's `@args.txt`, one a line, and
 * absl's `--flagfile=flags.txt`.
 */
export function splitArgumentFiles(
  args: readonly string[],
  folder: string | undefined,
  files: ProjectFiles,
): SplitArguments {
  const own: string[] = [];
  const ofFiles: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const named = /^@([^=]+)$/.exec(arg)?.[1] ?? /^--?flagfile=(.+)$/.exec(arg)?.[1];
    const next = /^--?flagfile$/.test(arg) ? args[at + 1] : undefined;
    const path = named ?? next;
    const text =
      path === undefined || folder === undefined
        ? undefined
        : files.readConfig(joinPath(folder, path));
    if (text === undefined) {
      own.push(arg);
      continue;
    }
    ofFiles.push(...linesOf(text));
    if (next !== undefined) at += 1;
  }
  return { own, ofFiles };
}

/** Each line is an argument; an option with its value on one line is two. */
function linesOf(text: string): string[] {
  return text.split(/\r?\n/).flatMap((raw) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return [];
    const [, option, value] = /^(--?[\w-]+)\s+(.+)$/.exec(line) ?? [];
    return option === undefined || value === undefined ? [line] : [option, value];
  });
}
