import type { Edit } from '../core/change/change';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import type { Package } from '../core/environment/packages';
import type { FilePreview } from '../core/files/filePreview';
import type { SourceQuery } from '../core/history/sourceSearch';
import type { StyledLine } from '../core/log/styledLine';
import type { MetricComparison } from '../core/present/compareMetrics';
import type { PinKind, PinnedKeys } from '../core/run/pinnedKeys';
import type { Run, RunFile, RunId, RunStatus } from '../core/run/run';
import type { SeriesPart } from '../core/series/seriesBatch';

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
  /** What it cost by now, in words, if the user says what machines cost. */
  readonly cost?: string;
  /** The state of the notebook that holds the code and outputs of the run. */
  readonly checkpoint?: Checkpoint;
  /** It can be run again from here: not in a workspace that is not trusted. */
  readonly canRunAgain: boolean;
  /** What the user wants to see first of every run. */
  readonly pinned: PinnedKeys;
  /** Where whoever opened the page wants to go; told once. */
  readonly place?: RunPlace;
}

/** Thinned points of one metric. */
export interface RunSeries extends SeriesPart {
  readonly key: string;
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

export interface ShownLogSize {
  readonly lineCount: number;
  readonly doneBytes: number;
  readonly sizeBytes: number;
  /** All that is written by now is known. */
  readonly isWhole: boolean;
  /** What of it is not there, in words. */
  readonly leftOut?: string;
  /** Whose log it is, if this run is a part of another. */
  readonly of?: NamedRun;
}

export interface FoundLogLines {
  /** The numbers of the lines that have it, from 0. */
  readonly lines: Float64Array;
  /** All lines before this one were looked at. */
  readonly nextLine: number;
  readonly isWhole: boolean;
}

/** A point of a metric that the user chose. */
export interface ChosenPoint {
  readonly key: string;
  readonly value: number;
  /** NaN where it has none. */
  readonly step: number;
  readonly timeMs: number;
}

/** Which file of a run. */
export type FileName = Pick<RunFile, 'role' | 'path'>;

export interface ShownFile {
  readonly preview:
    | Exclude<FilePreview, { readonly kind: 'image' }>
    | { readonly kind: 'image'; readonly media: string; readonly base64: string };
  /** It is not what the run left, which was not kept, but what is there now. */
  readonly isOfNow: boolean;
}

/** What was kept of the code of a run. */
export type KeptCode = 'script' | 'diff' | 'cell' | FileName;

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
  'compareWithBaseline',
  'deleteForGood',
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
  readPreview(file: FileName): Promise<ShownFile>;
  /** Shows it as it is now, or where that is gone as it was kept. */
  openFile(file: FileName): Promise<void>;
  /** Opens it read-only as it was. */
  openKept(what: KeptCode): Promise<void>;
  readCode(): Promise<RunCode>;
  /** Undefined if that was not recorded. */
  readPackages(): Promise<readonly Package[] | undefined>;
  /** How far the log is known by now; the host has read on when it answers. */
  readLogSize(): Promise<ShownLogSize>;
  /** Lines from `start` up to, not including, `end`, with where they have what is looked for. */
  readLogLines(start: number, end: number, query?: SourceQuery): Promise<readonly StyledLine[]>;
  /** Looks through the log for a moment. Rejects with the reason if it cannot be looked for. */
  findInLog(query: SourceQuery, fromLine: number): Promise<FoundLogLines>;
  /** Reads on which lines gave which values. Resolves to the share that is read, 1 at the end. */
  readLogPoints(): Promise<number>;
  /** The line that gave a value, once its points are read; undefined if none did. */
  lineOfPoint(point: ChosenPoint): Promise<number | undefined>;
  copyLog(start: number, end: number): Promise<void>;
  editRun(edit: Edit): Promise<void>;
  act(action: RunAction): Promise<void>;
  actOnCheckpoint(action: CheckpointAction): Promise<void>;
  /** On the pages of all runs. */
  pin(kind: PinKind, key: string, isPinned: boolean): Promise<void>;
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
  /** Whether long lines of the log go on below. */
  readonly wraps?: boolean;
}
