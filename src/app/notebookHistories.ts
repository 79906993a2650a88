import type { Checkpoint } from '../core/checkpoint/checkpoint';

/** The checkpoints of each notebook, by its path in the record. */
export interface NotebookHistories {
  has(path: string): boolean;
  /** Newest first. */
  of(path: string): readonly Checkpoint[];
  paths(): readonly string[];
}

/**
 * Looked up for each file that changes, of which there can be thousands at a time; so they are grouped
 * once for each state of the record.
 *
 * @param read gives the same list as long as nothing changed, newest first, as `RecordCache` does.
 */
export function createNotebookHistories(read: () => readonly Checkpoint[]): NotebookHistories {
  let grouped: readonly Checkpoint[] | undefined;
  let histories = new Map<string, Checkpoint[]>();

  function current(): ReadonlyMap<string, readonly Checkpoint[]> {
    const checkpoints = read();
    if (checkpoints === grouped) return histories;
    grouped = checkpoints;
    histories = new Map();
    for (const checkpoint of checkpoints) {
      const known = histories.get(checkpoint.notebook);
      if (known) known.push(checkpoint);
      else histories.set(checkpoint.notebook, [checkpoint]);
    }
    return histories;
  }

  return {
    has: (path) => current().has(path),
    of: (path) => current().get(path) ?? [],
    paths: () => [...current().keys()],
  };
}
