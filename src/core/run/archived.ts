import type { Run } from './run';

/** Runs as lists show them where nobody asked for archived ones; the same array if there are none. */
export function withoutArchived(runs: readonly Run[]): readonly Run[] {
  return runs.some(isArchived) ? runs.filter((run) => !isArchived(run)) : runs;
}

export function isArchived({ archivedAtMs }: Pick<Run, 'archivedAtMs'>): boolean {
  return archivedAtMs !== undefined;
}
