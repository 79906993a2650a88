/** Random, never a counter, so that several windows can make runs at once. */
export type RunId = string & { readonly brand: 'RunId' };

export type RunStatus = 'running' | 'finished' | 'failed' | 'killed' | 'interrupted';

export type ParamOrigin = 'argv' | 'config' | 'default' | 'cell' | 'printed' | 'client';

/** A named input of a run. The value is text as it was written; `paramNumber` reads it as a number. */
export interface Param {
  readonly key: string;
  readonly value: string;
  readonly origin: ParamOrigin;
}

/** What is known of one metric series without reading its points. */
export interface MetricSummary {
  readonly key: string;
  readonly first: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
  /** The minimum or the maximum, by the metric's direction; the last value where it has none. */
  readonly best: number;
  readonly bestStep?: number;
  readonly count: number;
  readonly lastStep?: number;
  readonly lastAtMs: number;
}

export interface TerminalSource {
  readonly kind: 'terminal';
  readonly commandLine: string;
  /** Absolute path, or undefined where the shell did not say. */
  readonly cwd?: string;
  /** Path of the script, relative to the workspace folder where it lies inside, with `/`. */
  readonly script?: string;
}

export interface NotebookSource {
  readonly kind: 'notebook';
  /** Path of the notebook, relative to the workspace folder where it lies inside, with `/`. */
  readonly notebook: string;
  readonly cellId?: string;
  /** Position of the cell when it ran, from 0. */
  readonly cellIndex: number;
  /** The exact source that ran. */
  readonly cellSource: string;
  readonly executionOrder?: number;
}

export type RunSource = TerminalSource | NotebookSource;

export interface Run {
  readonly id: RunId;
  readonly experiment: string;
  /** The name that the user gave, if any. */
  readonly name?: string;
  readonly status: RunStatus;
  readonly source: RunSource;
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
  readonly exitCode?: number;
  readonly params: readonly Param[];
  readonly metrics: readonly MetricSummary[];
  /** What the user says of it: `baseline` is `{ baseline: '' }`, `data=v2` is `{ data: 'v2' }`. */
  readonly tags: Readonly<Record<string, string>>;
  readonly note?: string;
  readonly starred: boolean;
  readonly deletedAtMs?: number;
  /** The checkpoint of the notebook that holds the code and outputs of this run. */
  readonly checkpointId?: CheckpointId;
  readonly codeState?: CodeState;
  readonly logBytes: number;
  readonly logLeftOut?: LogLeftOut;
}

/** Output of a run that is not in its log. */
export interface LogLeftOut {
  readonly bytes: number;
  /** The limit that it met, by its setting, or that the user cleaned up. */
  readonly why: 'maxLogMB' | 'maxTotalGB' | 'cleanUp';
}

export type CheckpointId = string & { readonly brand: 'CheckpointId' };

/** SHA-256 of the uncompressed content, as lower-case hex. */
export type BlobHash = string & { readonly brand: 'BlobHash' };

export interface CodeState {
  readonly commit?: string;
  readonly branch?: string;
  /** Whether the work tree differed from the commit; undefined outside git. */
  readonly dirty?: boolean;
  /** The uncommitted diff, byte-exact as git gave it. */
  readonly diff?: BlobHash;
  /** The source of the script itself, byte-exact. */
  readonly script?: BlobHash;
}
