import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Run } from '../run/run';
import { runName } from '../run/runName';
import { checkpointTitle } from './describeCheckpoint';

/** What a user is asked before runs and checkpoints go for good: what goes, and what misses it then. */
export function describeDeletion(
  runs: readonly Run[],
  checkpoints: readonly Checkpoint[],
  allRuns: readonly Run[],
): { readonly message: string; readonly detail: string } {
  const [run] = runs;
  const [checkpoint] = checkpoints;
  const parts = [
    ...(runs.length > 0 && run ? [runs.length === 1 ? runName(run) : `${runs.length} runs`] : []),
    ...(checkpoints.length > 0 && checkpoint
      ? [
          checkpoints.length === 1
            ? `the checkpoint ${checkpointTitle(checkpoint)}`
            : `${checkpoints.length} checkpoints`,
        ]
      : []),
  ];
  const goneIds = new Set<string>(runs.map(({ id }) => id));
  const contentIds = new Set<string>(checkpoints.map(({ id }) => id));
  const missing = allRuns.filter(
    ({ id, checkpointId }) =>
      !goneIds.has(id) && checkpointId !== undefined && contentIds.has(checkpointId),
  ).length;
  const detail = [
    ...(runs.length > 0 ? ['Params, metrics, tags, notes, logs and code of the runs go.'] : []),
    ...(checkpoints.length > 0
      ? ['The kept states of the notebooks go; the notebooks themselves stay as they are.']
      : []),
    ...(missing > 0
      ? [
          missing === 1
            ? '1 run loses the notebook that it was made with.'
            : `${missing} runs lose the notebooks that they were made with.`,
        ]
      : []),
    'This cannot be undone.',
  ];
  return { message: `Delete ${parts.join(' and ')} for good?`, detail: detail.join('\n') };
}
