import type { NotebookDiff } from '../../../src/core/notebook/diffNotebooks';
import type { Done, Mutation } from './mutateNotebook';

/** How many mutations of each kind there were, and how many of them the diff tells. */
export type Recall = Record<Mutation, { done: number; found: number }>;

export function emptyRecall(): Recall {
  const none = () => ({ done: 0, found: 0 });
  return {
    insert: none(),
    delete: none(),
    move: none(),
    edit: none(),
    split: none(),
    merge: none(),
  };
}

/** Adds what one diff tells of what was done. */
export function countRecall(recall: Recall, diff: NotebookDiff, done: readonly Done[]): void {
  for (const each of done) {
    recall[each.kind].done += 1;
    if (isTold(diff, each)) recall[each.kind].found += 1;
  }
}

function isTold({ cells }: NotebookDiff, done: Done): boolean {
  switch (done.kind) {
    case 'insert':
      return cells.some((row) => row.kind === 'added' && row.newIndex === done.newIndex);
    case 'delete':
      return cells.some((row) => row.kind === 'removed' && row.oldIndex === done.oldIndex);
    case 'move':
    case 'edit': {
      const row = cells.find(({ oldIndex }) => oldIndex === done.oldIndex);
      const kind = done.kind === 'move' ? 'moved' : 'changed';
      return row?.newIndex === done.newIndex && row.kind === kind;
    }
    case 'split': {
      const parts = cells.filter((row) => done.newIndexes.includes(row.newIndex ?? -1));
      return (
        parts.filter(({ oldIndex }) => oldIndex === done.oldIndex).length === 1 &&
        parts.filter(({ splitFrom }) => splitFrom === done.oldIndex).length === parts.length - 1
      );
    }
    case 'merge': {
      const parts = cells.filter((row) => done.oldIndexes.includes(row.oldIndex ?? -1));
      return (
        parts.filter(({ newIndex }) => newIndex === done.newIndex).length === 1 &&
        parts.filter(({ mergedInto }) => mergedInto === done.newIndex).length === parts.length - 1
      );
    }
  }
}
