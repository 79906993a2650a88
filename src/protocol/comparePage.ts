import type { CodeComparison } from '../core/compare/codeComparison';
import type { LogComparison } from '../core/compare/compareLogs';
import type { ComparedFigure } from '../core/compare/metricRows';
import type { Run, RunFile, RunId } from '../core/run/run';

export interface ComparedLogs extends LogComparison {
  /** Bytes of the longer log that were not looked at. */
  readonly bytesLeftOut: number;
}

/** A package that is not the same for all. */
export interface ComparedPackage {
  readonly name: string;
  /** One for each run; empty where it is not installed, as a message has no `undefined` in lists. */
  readonly versions: readonly string[];
}

/**
 * What the compare page may ask of the host. Each section asks for itself; a call rejects where that
 * section cannot be told, and no other.
 */
export interface CompareHost {
  /** A part of the runs, so that many do not cross at once: from `start`, as many as the host thinks fit. */
  readRuns(start: number): Promise<{ readonly runs: readonly Run[]; readonly next?: number }>;
  /** Figures of these metrics that only the points have: one column a metric, one number a run. */
  readFigures(
    runIds: readonly RunId[],
    keys: readonly string[],
    figure: 'mean' | 'at',
    figureNumber: number,
  ): Promise<readonly Float64Array[]>;
  /** Packages that are not the same for all of these runs. */
  readPackages(runIds: readonly RunId[]): Promise<readonly ComparedPackage[]>;
  /** What each run read and wrote. */
  readFiles(runIds: readonly RunId[]): Promise<readonly (readonly RunFile[])[]>;
  readCode(baseId: RunId, runId: RunId): Promise<CodeComparison>;
  readLogs(baseId: RunId, runId: RunId): Promise<ComparedLogs>;
  showCharts(runIds: readonly RunId[]): Promise<void>;
  openRun(runId: RunId): Promise<void>;
  showRunTable(): Promise<void>;
  /** The full diff of the notebooks that two runs were of. */
  openNotebookDiff(baseId: RunId, runId: RunId): Promise<void>;
  copy(text: string): Promise<void>;
}

/** What the host may tell the compare page. */
export interface ComparePage {
  comparisonChanged(): void;
}

export interface CompareState {
  readonly runIds: readonly RunId[];
  /** The run that the others are held against; the first where it is left out, or gone. */
  readonly baseId?: RunId;
  /** The run whose code and log are held against the base's; the last where it is left out, or gone. */
  readonly againstId?: RunId;
  readonly onlyDifferences: boolean;
  readonly figure?: ComparedFigure;
  readonly figureNumber?: number;
}
