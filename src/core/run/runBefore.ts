import type { Run } from './run';

/** The run of the same experiment, or the part of the same run, that started last before this one. */
export function runBefore(run: Run, newestFirst: readonly Run[]): Run | undefined {
  return newestFirst.find(
    ({ experiment, startedAtMs, parentId }) =>
      experiment === run.experiment && startedAtMs < run.startedAtMs && parentId === run.parentId,
  );
}
