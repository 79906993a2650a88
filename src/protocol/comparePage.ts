import type { PackageDifference } from '../core/environment/diffPackages';
import type { SourceHunk } from '../core/notebook/diffNotebooks';
import type { Run, RunId } from '../core/run/run';

export interface ComparedCode {
  /** What is compared: `train.py`, `uncommitted changes`, `explore [3]`. */
  readonly title: string;
  /** Empty where both are the same. */
  readonly hunks: readonly SourceHunk[];
  /** Why there is nothing to compare, if so. */
  readonly problem?: string;
}

export interface Comparison {
  /** Two or more; the first is the one the others are held against. */
  readonly runs: readonly Run[];
  /** Packages that are not the same for all of the runs. */
  readonly packages: readonly PackageDifference[];
  /** Of the last run against the first. */
  readonly code: readonly ComparedCode[];
}

/** What the compare page may ask of the host. */
export interface CompareHost {
  readComparison(): Promise<Comparison>;
  showCharts(runIds: readonly RunId[]): Promise<void>;
  openLog(runId: RunId): Promise<void>;
}

/** What the host may tell the compare page. */
export interface ComparePage {
  comparisonChanged(): void;
}

export interface CompareState {
  readonly runIds: readonly RunId[];
  readonly onlyDifferences: boolean;
}
