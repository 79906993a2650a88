import { type Dirent, existsSync, lstatSync, opendirSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** What may be looked at in one go. */
export interface WalkBudget {
  readonly untilMs: number;
  entries: number;
}

/** A file that was written since the walk's start. */
export interface WrittenFile {
  readonly path: string;
  readonly stats: Stats;
}

export interface FolderWalk {
  /** Goes on where it stopped, and begins again at the roots once all is looked at. */
  next(budget: WalkBudget): readonly WrittenFile[];
  /** Adds a folder to begin at. */
  addRoot(folder: string): void;
  /** Looks at one folder now, not at those in it. */
  lookInto(folder: string, budget: WalkBudget): readonly WrittenFile[];
}

/** Programs put their own files there, not a training's. Folders with a dot in front are left out too. */
const ignored =
  /^(?:node_modules|__pycache__|site-packages|dist-packages|venv|env|virtualenv|conda-meta|bower_components)$/;
const maxDepth = 10;
const maxFolders = 20_000;
/** Of a folder with more in it, the others are data. */
const maxEntries = 5_000;

/**
 * Looks for files that were written since a time, a piece at a time, so that a folder of a million
 * files costs no more than a small one. Links are not followed, and what is no regular file is not
 * looked at.
 *
 * @param isWanted whether a file of this name is worth a look at the disk.
 */
export function createFolderWalk(
  sinceMs: number,
  isIgnored: (folder: string) => boolean,
  isWanted: (path: string) => boolean,
): FolderWalk {
  const roots = new Set<string>();
  let waiting: { readonly folder: string; readonly depth: number }[] = [];
  let at = 0;

  function look(
    folder: string,
    budget: WalkBudget,
    found: WrittenFile[],
    enter: ((folder: string) => void) | undefined,
  ): void {
    const entries = entriesOf(folder);
    budget.entries -= entries.length + 1;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (enter && !isLeftOut(entry.name, path)) enter(path);
      } else if (entry.isFile() && isWanted(path)) {
        budget.entries -= 1;
        const stats = attempt(() => lstatSync(path));
        if (stats?.isFile() && stats.mtimeMs >= sinceMs) found.push({ path, stats });
      }
    }
  }

  function isLeftOut(name: string, path: string): boolean {
    if (name.startsWith('.') || ignored.test(name) || isIgnored(path)) return true;
    // A virtual environment by any other name.
    return existsSync(join(path, 'pyvenv.cfg'));
  }

  return {
    addRoot: (folder) => void roots.add(folder),
    lookInto(folder, budget) {
      const found: WrittenFile[] = [];
      look(folder, budget, found, undefined);
      return found;
    },
    next(budget) {
      const found: WrittenFile[] = [];
      if (at >= waiting.length) {
        waiting = [...roots].map((folder) => ({ folder, depth: 0 }));
        at = 0;
      }
      for (; at < waiting.length; at++) {
        if (budget.entries <= 0 || performance.now() >= budget.untilMs) break;
        const { folder, depth } = waiting[at] ?? { folder: '', depth: 0 };
        look(folder, budget, found, (inner) => {
          if (depth < maxDepth && waiting.length < maxFolders && !roots.has(inner)) {
            waiting.push({ folder: inner, depth: depth + 1 });
          }
        });
      }
      return found;
    },
  };
}

function entriesOf(folder: string): readonly Dirent[] {
  const entries: Dirent[] = [];
  const handle = attempt(() => opendirSync(folder, { bufferSize: 256 }));
  if (handle === undefined) return entries;
  try {
    for (let entry = handle.readSync(); entry !== null; entry = handle.readSync()) {
      entries.push(entry);
      if (entries.length >= maxEntries) break;
    }
  } catch {
    // It went away, or may not be read further.
  } finally {
    handle.closeSync();
  }
  return entries;
}

/** What is there now may be gone a moment later. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
