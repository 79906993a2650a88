import { matchesGlob } from './glob';

/** What the user wants recorded, from settings. */
export interface RecordingPolicy {
  readonly excludePaths: readonly string[];
  readonly excludeCommands: readonly string[];
  readonly includeCommands: readonly string[];
}

/**
 * Whether a file is left out: globs over its workspace path, such as `scratch/**` or `tmp_*.ipynb`
 * (see `matchesGlob`; a pattern without `/` matches the file name anywhere).
 */
export function excludesPath(policy: RecordingPolicy, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return policy.excludePaths.some((pattern) =>
    matchesGlob(pattern.includes('/') ? path : name, pattern),
  );
}

/**
 * The same globs also for other folders, whose files have full paths as workspace paths.
 *
 * @param folders full paths, with `/`.
 */
export function globsInFolders(globs: readonly string[], folders: readonly string[]): string[] {
  const relative = globs.filter((glob) => glob.includes('/') && !/^(?:[A-Za-z]:)?\//.test(glob));
  return [...globs, ...folders.flatMap((folder) => relative.map((glob) => `${folder}/${glob}`))];
}

export function excludesCommand(policy: RecordingPolicy, commandLine: string): boolean {
  return policy.excludeCommands.some((pattern) => matchesCommand(commandLine, pattern));
}

/** Whether the user wants each such command kept as a run, whatever it prints. */
export function includesCommand(policy: RecordingPolicy, commandLine: string): boolean {
  return policy.includeCommands.some((pattern) => matchesCommand(commandLine, pattern));
}

/** `*` stands for anything; without one the pattern may stand anywhere in the command. */
function matchesCommand(commandLine: string, pattern: string): boolean {
  if (pattern.trim() === '') return false;
  if (!pattern.includes('*')) return commandLine.includes(pattern);
  return matchesWildcard(commandLine, pattern.split('*'));
}

/** In one pass, so that no pattern of a workspace can take long. */
function matchesWildcard(text: string, parts: readonly string[]): boolean {
  const head = parts[0] ?? '';
  const tail = parts.at(-1) ?? '';
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) {
    return false;
  }
  let from = head.length;
  const until = text.length - tail.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > until) return false;
    from = at + part.length;
  }
  return true;
}
