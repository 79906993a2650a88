import type { ExtractedMetric } from '../core/extract/extraction';
import type { MetricPattern } from '../core/extract/patterns/metricPattern';
import type { CellInput } from '../core/params/readCellParams';
import type { RunInput } from '../core/params/readRunParams';
import type { Outcome } from '../core/recording/recordingReducer';
import type { Remote } from '../core/rpc';
import type { CodeState, Param, RunFile, RunId, RunSource } from '../core/run/run';
import type { RunProgress, Store } from '../store/store';
import type { Companion, NotebookSubject } from './companion';
import type { ExtractionService } from './extractionService';
import type { ConfigFile } from './projectReader';
import type { Stopper } from './stopper';

export interface RecordingStart {
  readonly source: RunSource;
  /** Helps to read the output; undefined for a cell. */
  readonly command: string | undefined;
  readonly params: readonly Param[];
  /** Where more of its params are read from; undefined where the command line says all. */
  readonly paramsInput?: Promise<RunInput | CellInput | undefined>;
  /** Asked once with its configuration files, when it becomes a run. */
  readonly keepConfigs?: (files: readonly ConfigFile[]) => Promise<readonly RunFile[]>;
  /** Whether something else than its output says that it trains; asked once. */
  readonly isTraining: Promise<boolean>;
  /** Asked once, when it becomes a run. */
  readonly codeState: () => Promise<CodeState | undefined>;
  /** Whether the raw output is kept as the run's log; a notebook keeps its own. */
  readonly keepLog: boolean;
  /** Absolute path of the folder that it runs in. */
  readonly folder?: string | undefined;
  /** Absolute path of the script, whatever language it is in. */
  readonly scriptPath?: string | undefined;
  /** What follows the script on the command line, masked. */
  readonly args?: readonly string[];
  /** Of a cell: the notebook that it is in. */
  readonly notebook?: NotebookSubject;
  /** Of the shell or the program that runs it. */
  readonly processId?: PromiseLike<number | undefined>;
  /** Of a program that outlives windows; what it printed is without secrets then. */
  readonly lasting?: LastingRun;
  /** The time that its output belongs to; default: now. The first answer is that of its start. */
  readonly clock?: () => number;
  /** Asked once at its end, for what of its output is still to be pushed. */
  readonly lastOutput?: () => Promise<void>;
  /** Left out where nobody can stop it from here. */
  readonly stopper?: Stopper;
}

/**
 * A program whose output is kept until it is recorded: each window goes on where the last one stood.
 * Its output is pushed from its beginning on, with the place of each text.
 */
export interface LastingRun {
  readonly runId: RunId;
  readonly startedAtMs: number;
  readonly progress: RunProgress;
}

/** Where a text stands in an output that is kept. */
export interface OutputPlace {
  /** Just behind it, in bytes. */
  readonly endByte: number;
  /** When it was printed. */
  readonly atMs: number;
}

/** One command or cell while it runs. */
export interface RecordingHandle {
  readonly runId: RunId;
  /** Raw text as it came, cut anywhere. */
  push(text: string, place?: OutputPlace): void;
  /** Resolves once all that was pushed is read, for who can wait with what follows. */
  settled(): Promise<void>;
  /**
   * Resolves once all is on disk: true if it became a run.
   *
   * @param endedAtMs default: now.
   */
  end(outcome: Outcome, endedAtMs?: number): Promise<boolean>;
  /** Lets go of a run that another window goes on with. Resolves once all is on disk. */
  leave(): Promise<void>;
}

/** What a surface may show of a run before it is stored. */
export interface ActiveRun {
  readonly runId: RunId;
  readonly source: RunSource;
  readonly startedAtMs: number;
  readonly live: readonly ExtractedMetric[];
}

export interface RunRecorderPorts {
  readonly store: Store;
  readonly extraction: Remote<ExtractionService>;
  readonly now: () => number;
  readonly companions?: readonly Companion[];
  /** The user's own, asked at each start. */
  readonly patterns?: () => readonly MetricPattern[];
  readonly onError: (what: string, error: unknown) => void;
  /** Told of what the program should do better, such as a malformed line of the line protocol. */
  readonly onAdvice?: (message: string) => void;
}
