import type { FileState } from '../core/notebook/fileNews';

/** What of a workspace's notebooks is known from one window to the next, besides the record. */
export interface RememberedFiles {
  /** Of the notebooks that are missing at this start, those that were not at the one before. */
  newlyMissing(missing: readonly string[]): Promise<readonly string[]>;
  /** The editor has saved this state of a file, and whether that went into the record. */
  saved(path: string, file: FileState, isKept: boolean): Promise<void>;
  /** Whether a file still is as the editor saved it while nothing was recorded. */
  isLeftOut(path: string, file: FileState): boolean;
}

/** As VS Code's `Memento`. */
interface Memory {
  get<T>(key: string, fallback: T): T;
  update(key: string, value: unknown): PromiseLike<void>;
}

const missingKey = 'missingNotebooks';
const leftOutKey = 'notebooksLeftOut';

export function createRememberedFiles(memory: Memory): RememberedFiles {
  const leftOut = () => memory.get<{ readonly [path: string]: FileState }>(leftOutKey, {});
  return {
    async newlyMissing(missing) {
      const before = new Set(memory.get<readonly string[]>(missingKey, []));
      await memory.update(missingKey, missing);
      return missing.filter((path) => !before.has(path));
    },
    async saved(path, file, isKept) {
      const known = new Map(Object.entries(leftOut()));
      if (isKept && !known.has(path)) return;
      if (isKept) known.delete(path);
      else known.set(path, file);
      await memory.update(leftOutKey, Object.fromEntries(known));
    },
    isLeftOut(path, file) {
      const known = new Map(Object.entries(leftOut())).get(path);
      return known?.sizeBytes === file.sizeBytes && known.modifiedAtMs === file.modifiedAtMs;
    },
  };
}
