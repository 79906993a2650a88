import type { RunStatus } from '../../src/core/run/run';

/** What the states of a run are called on the pages. */
export const statusWords: Readonly<Record<RunStatus, string>> = {
  running: 'Running',
  finished: 'Finished',
  failed: 'Failed',
  killed: 'Killed',
  interrupted: 'Interrupted',
};
