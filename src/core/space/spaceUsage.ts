/** How many things, and what they take on disk. */
export interface Space {
  readonly count: number;
  readonly bytes: number;
}

/** What takes space in a store. */
export interface SpaceUsage {
  /** Of all files of the store. */
  readonly totalBytes: number;
  /** The table data: the newest snapshot. */
  readonly snapshotBytes: number;
  /** The snapshot before it, kept in case the newest is damaged. */
  readonly previousSnapshotBytes: number;
  readonly journals: Space;
  readonly logs: Space;
  /** Contents that checkpoints refer to. */
  readonly checkpointContents: Space;
  /** Diffs and scripts that runs refer to. */
  readonly codeStates: Space;
  /** Contents that nothing refers to. */
  readonly unreferenced: Space;
  /** Copies of damaged files. */
  readonly setAside: Space;
  /** Deleted and not for good, with what goes with them: logs, contents of theirs alone, table data (estimated). */
  readonly deletedRuns: Space;
  readonly deletedCheckpoints: Space;
  /** Logs of runs that are over and began more than `oldLogDays` ago. */
  readonly oldLogs: Space;
}

export const oldLogDays = 90;

/** What can be cleaned up. `snapshot`: the space in the tables of what was deleted. */
export type CleanUpPart =
  | 'deletedRuns'
  | 'deletedCheckpoints'
  | 'oldLogs'
  | 'oldOutputs'
  | 'setAside'
  | 'unreferenced'
  | 'snapshot';

/** What one step of a clean-up came to; a part takes as many steps as it needs. */
export interface CleanUpStep {
  readonly freedBytes: number;
  readonly isDone: boolean;
  /** What stays although it was to go, and why. */
  readonly note?: string;
}
