import type { RunTrust } from '../trust/runTrust';
import type { MetricDirection } from './metricDirection';

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
  /** Which values are better; undefined where neither its name nor the user says. */
  readonly direction?: MetricDirection;
  /** The minimum or the maximum, by the metric's direction; the last value where it has none. */
  readonly best: number;
  readonly bestStep?: number;
  readonly count: number;
  readonly lastStep?: number;
  readonly lastAtMs: number;
}

/**
 * How a command was met: typed into a terminal, as a task, under a debugger, started by "Run with
 * Epochlog", or as a log file that the user attached.
 */
export type CommandKind = 'terminal' | 'task' | 'debug' | 'launch' | 'logFile';

export interface CommandSource {
  readonly kind: CommandKind;
  /** Empty where only a log is known. */
  readonly commandLine: string;
  /** Absolute path, or undefined where the shell did not say. */
  readonly cwd?: string;
  /** Path of the script, relative to the workspace folder where it lies inside, with `/`. */
  readonly script?: string;
  /** Absolute path of the file that its output was read from, where that is not the terminal. */
  readonly logFile?: string;
}

export interface NotebookSource {
  readonly kind: 'notebook';
  /**
   * Path of the notebook, relative to the workspace folder where it lies inside, with `/`. Follows the
   * notebook where it moves.
   */
  readonly notebook: string;
  readonly cellId?: string;
  /** Position of the cell when it ran, from 0. */
  readonly cellIndex: number;
  /** The exact source that ran. */
  readonly cellSource: string;
  readonly executionOrder?: number;
}

export type RunSource = CommandSource | NotebookSource;

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
  /** Out of the way, and not deleted: lists leave it out unless one asks for it. */
  readonly archivedAtMs?: number;
  /** The checkpoint of the notebook that holds the code and outputs of this run. */
  readonly checkpointId?: CheckpointId;
  /** How far the result of a notebook's run could be trusted when it was made. */
  readonly trust?: RunTrust;
  readonly codeState?: CodeState;
  readonly environment?: Environment;
  /** The run that this one is a part of: a fold, a trial, one of a loop. */
  readonly parentId?: RunId;
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
  /** There is a diff, and it was too large to be kept. */
  readonly diffLeftOut?: boolean;
  /** The source of the script itself, byte-exact. */
  readonly script?: BlobHash;
}

/** What a run ran on. Packages and hardware that could not be read are left out. */
export interface Environment {
  readonly python?: PythonEnvironment;
  /** Such as `Linux 6.1.0 x86_64`. */
  readonly os: string;
  readonly hostName?: string;
  readonly cpu?: { readonly model: string; readonly cores: number };
  readonly memoryBytes?: number;
  readonly gpus?: readonly Gpu[];
}

export interface PythonEnvironment {
  /** Absolute path of the interpreter. */
  readonly executable: string;
  /** Such as `3.11.7`. */
  readonly version?: string;
  /** Absolute path of the virtual or conda environment; undefined for the system's. */
  readonly prefix?: string;
  /** JSON of `[{ name, version }]`, in order of the names. */
  readonly packages?: BlobHash;
  readonly packageCount?: number;
}

export interface Gpu {
  readonly name: string;
  readonly memoryBytes?: number;
  readonly driver?: string;
}

/** What a file is to a run: what it wrote, read, was configured by, or consists of. */
export type FileRole = 'output' | 'input' | 'config' | 'code';

export interface RunFile {
  readonly role: FileRole;
  /** Relative to the workspace folder where it lies inside, with `/`; else absolute. */
  readonly path: string;
  readonly type: 'model' | 'figure' | 'table' | 'data' | 'log' | 'config' | 'code' | 'other';
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** Undefined where it could not be read whole. */
  readonly hash?: BlobHash;
  /** Whether the store holds its content under that hash. */
  readonly isKept: boolean;
}
