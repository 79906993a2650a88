import type { Edit } from '../core/change/change';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import type { Package } from '../core/environment/packages';
import type { MetricComparison } from '../core/present/compareMetrics';
import type { Run, RunFile, RunId, RunStatus } from '../core/run/run';

/** The sections of a run's page, in their order. */
export const runSections = [
  'overview',
  'metrics',
  'log',
  'files',
  'code',
  'environment',
  'notebook',
] as const;
export type RunSection = (typeof runSections)[number];

/** Where on the page to go. */
export interface RunPlace {
  readonly section?: RunSection;
  /** From 0; goes to the log. */
  readonly logLine?: number;
}

/** Another run, by which it is named. */
export interface NamedRun {
  readonly runId: RunId;
  readonly name: string;
}

/** A fold, a trial or a rank, with the metric that says most of it. */
export interface RunPart extends NamedRun {
  readonly status: RunStatus;
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
  readonly params: Run['params'];
  readonly metric?: { readonly key: string; readonly last: number };
}

/** The main metric held against that of another run. */
export interface RunChange {
  readonly to: NamedRun;
  /** Undefined if both are the same. */
  readonly metric?: MetricComparison;
}

/** What the cache knows of a run: there at once. */
export interface RunPageData {
  readonly runId: RunId;
  /** Undefined once it is deleted. */
  readonly run?: Run;
  readonly name: string;
  readonly parent?: NamedRun;
  readonly parts: readonly RunPart[];
  /** Those that started next after and before it, among all that are no part of another. */
  readonly newer?: NamedRun;
  readonly older?: NamedRun;
  readonly sinceBefore?: RunChange;
  readonly sinceBaseline?: RunChange;
  readonly isBaseline: boolean;
  /** The state of the notebook that holds the code and outputs of the run. */
  readonly checkpoint?: Checkpoint;
  /** It can be run again from here: not in a workspace that is not trusted. */
  readonly canRunAgain: boolean;
  /** Where whoever opened the page wants to go; told once. */
  readonly place?: RunPlace;
}

/** Thinned points of one metric. */
export interface RunSeries {
  readonly key: string;
  /** NaN where the source gave no step. */
  readonly steps: Float64Array;
  readonly values: Float64Array;
  readonly timesMs: Float64Array;
  readonly pointCount: number;
}

/** A text, or the first part of it. */
export interface ShownText {
  readonly text: string;
  readonly leftOutChars: number;
}

export interface RunCode {
  /** The script, or the cell of a notebook, as it ran; undefined where it was not kept. */
  readonly source?: ShownText;
  readonly diff?: ShownText;
  /** The user's own modules that it imported. */
  readonly modules: readonly RunFile[];
}

/** What can be done with a run; each is a command. */
export const runActions = [
  'compareWithPrevious',
  'showCharts',
  'openLog',
  'openSource',
  'runAgain',
  'runAgainWith',
  'stopRun',
  'tag',
  'delete',
  'undoDelete',
  'teachMetric',
  'showHistory',
  'setBaseline',
  'removeBaseline',
] as const;
export type RunAction = (typeof runActions)[number];

/** What can be done with the checkpoint of a run. */
export const checkpointActions = [
  'openCheckpoint',
  'diffWithCurrent',
  'diffWithPrevious',
  'restoreCheckpoint',
] as const;
export type CheckpointAction = (typeof checkpointActions)[number];

/** What a run's page may ask of the host. */
export interface RunPageHost {
  readRun(): Promise<RunPageData>;
  /** Each in at most `4 × buckets` points. */
  readSeries(keys: readonly string[], buckets: number): Promise<readonly RunSeries[]>;
  readFiles(): Promise<readonly RunFile[]>;
  readCode(): Promise<RunCode>;
  /** Undefined if that was not recorded. */
  readPackages(): Promise<readonly Package[] | undefined>;
  editRun(edit: Edit): Promise<void>;
  act(action: RunAction): Promise<void>;
  actOnCheckpoint(action: CheckpointAction): Promise<void>;
  copy(text: string): Promise<void>;
  /** Shows another run in this page. */
  showRun(runId: RunId): Promise<void>;
  /** Whether the next run that is opened leaves this page as it is. */
  keepOpen(isKept: boolean): Promise<void>;
}

/** What the host may tell a run's page. */
export interface RunPage {
  /** Another run, or the same one with more of it. */
  runChanged(): void;
}

/** What survives a reload of the page; the host restores a panel from it. */
export interface RunPageState {
  readonly runId: RunId;
  readonly section: RunSection;
  /** Other runs open beside it, not in its place. */
  readonly isKept: boolean;
}
