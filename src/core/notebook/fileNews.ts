import type { Checkpoint } from '../checkpoint/checkpoint';

export interface FileState {
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

/**
 * Whether a notebook's file may hold what no checkpoint does, by its size and time alone.
 *
 * @param checkpoints of this notebook, newest first.
 */
export function mayHaveNews(file: FileState, checkpoints: readonly Checkpoint[]): boolean {
  const newest = checkpoints.find(({ kind }) => kind !== 'git');
  if (!newest || file.modifiedAtMs > newest.takenAtMs) return true;
  // What is copied with its time looks old. What cells left, or an editor held, need not be in the file.
  const isOfFile = newest.kind !== 'execution' && newest.kind !== 'unsaved';
  return isOfFile && file.sizeBytes !== newest.sizeBytes;
}

/** Where a rename of a file or a folder takes the notebooks in it: old path → new path. */
export function movesOf(
  notebooks: Iterable<string>,
  from: string,
  to: string,
): ReadonlyMap<string, string> {
  const moves = new Map<string, string>();
  for (const path of notebooks) {
    if (path === from) moves.set(path, to);
    else if (path.startsWith(`${from}/`)) moves.set(path, to + path.slice(from.length));
  }
  return moves;
}

/** Folders in which tools keep copies of notebooks that nobody edits. */
const toolFolders =
  /(?:^|\/)(?:\.ipynb_checkpoints|\.epochlog|\.git|node_modules|site-packages|\.venv)\//;

/**
 * Whether news of a file is worth a look. It is asked for each file of a checkout, so it costs little.
 *
 * @param isKnown whether the record has a notebook of this path.
 */
export function mayBeNotebook(path: string, isKnown: (path: string) => boolean): boolean {
  // Most Python files are no notebooks.
  if (path.endsWith('.py') && !isKnown(path)) return false;
  return !isToolsCopy(path);
}

export function isToolsCopy(path: string): boolean {
  return toolFolders.test(path);
}
