import type { Change } from '../core/change/change';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import type { DirectionRule } from '../core/run/directionTable';
import type { BlobHash, CheckpointId, Run, RunFile, RunId } from '../core/run/run';
import type { RunOrder } from '../core/search/runOrder';
import type { SearchField, SearchNode } from '../core/search/searchNode';
import type { SearchVocabulary } from '../core/search/suggestSearch';
import type { Series } from '../core/series/series';
import type { SeriesBatch, SeriesBatchOptions, WantedSeries } from '../core/series/seriesBatch';
import type { CleanUpPart, CleanUpStep, SpaceUsage } from '../core/space/spaceUsage';
import type { StoreLimits } from '../core/space/storeLimits';
import type { SavedView, ViewId } from '../core/view/savedView';

/**
 * One record on disk, as the rest of the program sees it. Every method rejects with an `Error` whose
 * message a user can read. Implemented in a worker thread; this interface is what crosses.
 */
export interface Store {
  /**
   * Applies the changes in order, all or none. Resolves once they are on disk (journal written and
   * synced), so what is acknowledged survives the death of this process.
   */
  commit(changes: readonly Change[]): Promise<void>;

  /** Stores the bytes once, compressed, under their SHA-256. Resolves once they are on disk. */
  putBlob(bytes: Uint8Array): Promise<BlobHash>;
  /** The same, but once the store has reached its limit only what is there already is kept. */
  putBlobIfRoom(bytes: Uint8Array): Promise<KeptBlob>;
  /** Whether it may grow. Rejects if nothing can be written to it. */
  hasRoom(): Promise<boolean>;
  /**
   * The file of a checkpoint, byte for byte; of one that retention dropped outputs of, the notebook with a
   * text in the place of each. Rejects if it is missing or damaged.
   */
  readCheckpoint(checkpoint: Pick<Checkpoint, 'content' | 'manifest'>): Promise<Uint8Array>;
  /** Rejects if the blob is missing, or if its content no longer has this hash. */
  readBlob(hash: BlobHash): Promise<Uint8Array>;

  /** Appends to a run's raw log, as the terminal gave it. Resolves once it is on disk. */
  appendLog(runId: RunId, bytes: Uint8Array): Promise<void>;
  /** @param range default: all of it; less at its end. */
  readLog(runId: RunId, range?: ByteRange): Promise<Uint8Array>;

  /**
   * Where another window left a run whose output is kept elsewhere, by all that was written up to now.
   * Rejects if some of it cannot be read.
   */
  readProgress(runId: RunId): Promise<RunProgress>;

  /** Newest first. */
  listRuns(query?: RunQuery): Promise<readonly Run[]>;
  /**
   * The ids of the runs that a search finds, in order; newest first where the keys do not say otherwise,
   * and runs that have nothing of a key last. Deleted and archived runs are left out unless the search
   * speaks of them.
   */
  listRunIds(query?: RunIdQuery): Promise<readonly RunId[]>;
  /**
   * Numbers of the given runs, one column a field and one number a run, in the order asked for: NaN where
   * the run has none, as where it is NaN.
   */
  readFigures(
    runIds: readonly RunId[],
    fields: readonly SearchField[],
  ): Promise<readonly Float64Array[]>;
  /** What keys and values there are to search for, to choose as columns and to complete with. */
  readVocabulary(): Promise<SearchVocabulary>;
  getRun(runId: RunId): Promise<Run | undefined>;
  /** In the order asked for, deleted ones too; those that are not known left out. */
  getRuns(runIds: readonly RunId[]): Promise<readonly Run[]>;
  /** What the run read and wrote, by role and path. */
  listFiles(runId: RunId): Promise<readonly RunFile[]>;
  /** The files that the given runs read, by role and path; none for a run that is not known. */
  listInputs(runIds: readonly RunId[]): Promise<ReadonlyMap<RunId, readonly RunFile[]>>;
  /** Of the series of a run whose points belong to a `SeriesReplaced`, its edition. */
  listEditions(runId: RunId): Promise<ReadonlyMap<string, string>>;
  /** All points of a series; empty columns if there are none. */
  readSeries(runId: RunId, key: string): Promise<Series>;
  /** The same cut down to at most `4 × buckets` points, as `thinSeries` does. */
  readThinnedSeries(runId: RunId, key: string, buckets: number): Promise<ThinnedSeries>;

  /** Many series at once, thinned; one that is not there has no points. In the order asked for. */
  readSeriesBatch(
    wanted: readonly WantedSeries[],
    options: SeriesBatchOptions,
  ): Promise<SeriesBatch>;

  /** By name. */
  listViews(): Promise<readonly SavedView[]>;

  /** Newest first. */
  listCheckpoints(query?: CheckpointQuery): Promise<readonly Checkpoint[]>;
  getCheckpoint(checkpointId: CheckpointId): Promise<Checkpoint | undefined>;

  /**
   * The next number under a name such as that of a model: 1, 2, 3 …, never the same twice, whatever windows
   * ask at the same moment. Resolves once it is on disk; rejects if another window is at work for too long.
   */
  takeNumber(name: string): Promise<number>;

  /** What the store wants the user to know, such as a damaged file that was set aside; oldest first. */
  listProblems(): Promise<readonly StoreProblem[]>;

  /** Takes effect on what comes from now on. */
  setLimits(limits: StoreLimits): Promise<void>;
  /** Which metrics are better low or high, besides what their names say; runs are read so from now on. */
  setDirections(rules: readonly DirectionRule[]): Promise<void>;
  /** What takes space on disk, and what could go. */
  spaceUsage(): Promise<SpaceUsage>;
  /** Gives some space back; to be called again until the part is done. What is asked for is removed for good. */
  cleanUp(part: CleanUpPart): Promise<CleanUpStep>;

  /** Writes a snapshot if one is due, and frees all. */
  close(): Promise<void>;
}

export interface ByteRange {
  readonly startByte: number;
  readonly lengthBytes: number;
}

export interface KeptBlob {
  readonly hash: BlobHash;
  readonly isKept: boolean;
}

export interface RunProgress {
  /** Undefined if nothing is recorded of it. */
  readonly run: Run | undefined;
  /** All of its output up to this byte is part of the record, but for the log. */
  readonly readBytes: number;
  /** So much of its output is in its log, or was left out of it. */
  readonly loggedBytes: number;
}

export interface RunIdQuery {
  readonly search?: SearchNode;
  /** The first decides, then the next. */
  readonly orderBy?: readonly RunOrder[];
}

export interface RunQuery {
  readonly experiment?: string;
  /** The script or notebook that the run came from. */
  readonly script?: string;
  readonly notebook?: string;
  /** Only the parts of this run, or of one of these. */
  readonly parentId?: RunId | readonly RunId[];
  /** Deleted runs are left out unless this is set. */
  readonly includeDeleted?: boolean;
  /** Each must hold. */
  readonly where?: readonly ParamCondition[];
  /** What `matchesSearch` says of the run must hold; finds deleted and archived runs if it asks for them. */
  readonly search?: SearchNode;
  /** Newest first if this is not set; runs without that metric, or where it is NaN, come last. */
  readonly orderBy?: MetricOrder;
  readonly limit?: number;
  /** How many to leave out before the first. */
  readonly offset?: number;
}

/** Never holds for a run that has no such param. */
export interface ParamCondition {
  readonly param: string;
  readonly op: '=' | '!=' | '<' | '<=' | '>' | '>=';
  /** Text is compared as text; with a number, a param that is no number does not match. */
  readonly value: string | number;
}

export interface MetricOrder {
  readonly metric: string;
  readonly figure: 'first' | 'last' | 'min' | 'max' | 'best';
  readonly direction: 'asc' | 'desc';
}

export interface ThinnedSeries extends Series {
  /** How many points there are without thinning. */
  readonly pointCount: number;
}

export interface CheckpointQuery {
  readonly notebook?: string;
  readonly includeDeleted?: boolean;
  readonly limit?: number;
}

export interface StoreProblem {
  readonly message: string;
  readonly atMs: number;
  /** What the user could do about it. */
  readonly action?: 'cleanUp';
}

/** What changed, from this window or another; sent after the change can be read. */
export interface StoreChange {
  readonly runIds: readonly RunId[];
  readonly checkpointIds: readonly CheckpointId[];
  readonly viewIds: readonly ViewId[];
}

/** What the store tells its owner without being asked. */
export interface StoreListener {
  changed(change: StoreChange): void;
  problem(problem: StoreProblem): void;
}
