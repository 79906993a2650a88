import type { Checkpoint, Thinned } from '../checkpoint/checkpoint';
import type {
  BlobHash,
  CheckpointId,
  CodeState,
  Environment,
  Param,
  RunFile,
  RunId,
  RunSource,
  RunStatus,
} from '../run/run';
import type { RunTrust } from '../trust/runTrust';
import type { SavedView, ViewId } from '../view/savedView';

/**
 * Everything that can happen to the record, as logical operations: what the journal holds and what
 * every window replays. Adding a field is a new optional field; changing a meaning is a new kind.
 */
export type Change =
  | RunStarted
  | ParamsAdded
  | PointsAppended
  | RunEnded
  | SeriesReplaced
  | OutputRead
  | CodeStateRecorded
  | EnvironmentRecorded
  | FilesRecorded
  | RunLinked
  | RunEdited
  | RunPurged
  | CheckpointTaken
  | CheckpointEdited
  | CheckpointPurged
  | CheckpointThinned
  | NotebookMoved
  | ViewSaved
  | ViewDeleted;

export interface RunStarted {
  readonly kind: 'runStarted';
  readonly runId: RunId;
  readonly experiment: string;
  readonly source: RunSource;
  readonly startedAtMs: number;
  readonly parentId?: RunId;
}

/** Adds params; a key that is there already takes the new value and origin. */
export interface ParamsAdded {
  readonly kind: 'paramsAdded';
  readonly runId: RunId;
  readonly params: readonly Param[];
}

/** Points of one series, as equally long columns. */
export interface PointsAppended {
  readonly kind: 'pointsAppended';
  readonly runId: RunId;
  readonly key: string;
  /** As printed; NaN where the source gave none. */
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** Milliseconds since 1970. */
  readonly timesMs: Float64Array;
  /** Of the `SeriesReplaced` that they belong to; those of an edition that was replaced have no effect. */
  readonly edition?: string;
}

/**
 * Takes the points of some series away, whatever wrote them, as better ones come: those of a file in
 * the place of printed ones, or of the same log read anew.
 */
export interface SeriesReplaced {
  readonly kind: 'seriesReplaced';
  readonly runId: RunId;
  readonly keys: readonly string[];
  /** Names the points that may follow; no other `SeriesReplaced` of the run has the same. */
  readonly edition: string;
}

/**
 * All that the program has printed up to this byte of the place where its output is kept is part of
 * the record, but for the log; committed together with what was found there. Only grows.
 */
export interface OutputRead {
  readonly kind: 'outputRead';
  readonly runId: RunId;
  readonly endByte: number;
}

export interface RunEnded {
  readonly kind: 'runEnded';
  readonly runId: RunId;
  readonly status: Exclude<RunStatus, 'running'>;
  readonly endedAtMs: number;
  readonly exitCode?: number;
}

export interface CodeStateRecorded {
  readonly kind: 'codeStateRecorded';
  readonly runId: RunId;
  readonly codeState: CodeState;
}

export interface EnvironmentRecorded {
  readonly kind: 'environmentRecorded';
  readonly runId: RunId;
  readonly environment: Environment;
}

/** Adds files; one of the same role and path takes the place of what was recorded of it before. */
export interface FilesRecorded {
  readonly kind: 'filesRecorded';
  readonly runId: RunId;
  readonly files: readonly RunFile[];
}

/** Says which checkpoint holds the notebook of a run, and how far its result could be trusted then. */
export interface RunLinked {
  readonly kind: 'runLinked';
  readonly runId: RunId;
  readonly checkpointId: CheckpointId;
  /** Left out, what was said of it before stands. */
  readonly trust?: RunTrust;
}

/** What a user can say of a run or a checkpoint. An undefined value takes the field away. */
export type Edit =
  | { readonly field: 'name'; readonly value: string | undefined }
  | { readonly field: 'note'; readonly value: string | undefined }
  | { readonly field: 'starred'; readonly value: boolean }
  | { readonly field: 'deletedAtMs'; readonly value: number | undefined }
  | { readonly field: 'tag'; readonly key: string; readonly value: string | undefined }
  | RunEdit;

/** What a user can say of runs alone; said of a checkpoint it has no effect. */
export type RunEdit =
  | { readonly field: 'archivedAtMs'; readonly value: number | undefined }
  /** Moves it there; stands before the experiment that it was started in. */
  | { readonly field: 'experiment'; readonly value: string };

export interface RunEdited {
  readonly kind: 'runEdited';
  readonly runId: RunId;
  readonly edit: Edit;
}

/** Deletes a run for good: nothing that is said of it has any effect any more, before or after. */
export interface RunPurged {
  readonly kind: 'runPurged';
  readonly runId: RunId;
}

export interface CheckpointTaken {
  readonly kind: 'checkpointTaken';
  readonly checkpoint: Omit<Checkpoint, 'tags' | 'note' | 'starred' | 'deletedAtMs' | 'thinned'>;
}

export interface CheckpointEdited {
  readonly kind: 'checkpointEdited';
  readonly checkpointId: CheckpointId;
  readonly edit: Edit;
}

/** Deletes a checkpoint for good, as `RunPurged` does a run. */
export interface CheckpointPurged {
  readonly kind: 'checkpointPurged';
  readonly checkpointId: CheckpointId;
}

/** Retention dropped outputs of a checkpoint. */
export interface CheckpointThinned {
  readonly kind: 'checkpointThinned';
  readonly checkpointId: CheckpointId;
  /** Takes the place of the one before. */
  readonly manifest: BlobHash;
  /** What is dropped in all. */
  readonly thinned: Thinned;
}

/**
 * A notebook has a new path: what was recorded of it before is found there from now on. A notebook that
 * comes to the old path later is another one.
 */
export interface NotebookMoved {
  readonly kind: 'notebookMoved';
  /** Relative to the workspace folder where they lie inside, with `/`. */
  readonly from: string;
  readonly to: string;
  readonly atMs: number;
}

/** Takes the place of what was saved under the same id before. */
export interface ViewSaved {
  readonly kind: 'viewSaved';
  readonly view: SavedView;
}

/** A view that is saved again later is there again. */
export interface ViewDeleted {
  readonly kind: 'viewDeleted';
  readonly viewId: ViewId;
  readonly atMs: number;
}
