import type { CheckpointKind } from '../core/checkpoint/checkpoint';
import type { CellExecution } from '../core/notebook/cellExecution';
import type { NotebookCell } from '../core/notebook/notebook';
import type { Cut, CutOutput } from '../core/notebook/view/shownMedium';
import type { MetricDirection } from '../core/run/metricDirection';
import type { CheckpointId, RunId, RunStatus } from '../core/run/run';

/** A cell, named by where it was in one checkpoint. */
export interface CellName {
  readonly checkpointId: CheckpointId;
  readonly cellIndex: number;
}

export interface CellHistoryState {
  readonly notebook: string;
  readonly cell: CellName;
  /** Key of the version on show; the newest if left out. */
  readonly version?: number;
  /** What it is held against. */
  readonly against: VersionChoice;
}

export type VersionChoice = 'none' | 'before' | 'newest' | number;

export interface CellHistoryData {
  readonly notebook: string;
  /** Where it stands now or stood last, from 0. */
  readonly cellIndex: number;
  /** Whether the notebook's newest checkpoint has it. */
  readonly isCurrent: boolean;
  readonly language: string;
  /** By when they were last seen, oldest first. */
  readonly versions: readonly VersionRow[];
  /** When the notebook did not have the cell, oldest first. */
  readonly absences: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly splitFrom?: OtherCell;
  readonly mergedInto?: OtherCell;
}

export interface OtherCell {
  readonly atMs: number;
  readonly cell: CellName;
}

export interface VersionRow {
  readonly key: number;
  /** Its first line that is not blank. */
  readonly firstLine: string;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** Whether it is what the notebook's newest checkpoint has. */
  readonly isCurrent: boolean;
  /** It ran, and no checkpoint has it. */
  readonly onlyRan: boolean;
  /** Lines added and removed against the version before. */
  readonly added: number;
  readonly removed: number;
  /** How often it had other outputs. */
  readonly resultCount: number;
  readonly metric?: MetricChange;
}

/** A metric's last value, beside that of the version before it that has one. */
export interface MetricChange {
  readonly key: string;
  readonly value: number;
  readonly before?: number;
  readonly direction?: MetricDirection;
}

export interface VersionDetail {
  readonly key: number;
  readonly kind: NotebookCell['kind'];
  readonly source: string;
  /** Where the source goes on, and is not shown. */
  readonly sourceCut?: Cut;
  /** When the cell had it, oldest first. */
  readonly spans: readonly { readonly firstAtMs: number; readonly lastAtMs: number }[];
  /** Each distinct set of outputs, newest first. */
  readonly results: readonly VersionResult[];
  /** Newest first. */
  readonly executions: readonly CellExecution[];
  readonly executionCount: number;
  /** Newest first. */
  readonly runs: readonly VersionRun[];
  /** The last one that has it. */
  readonly checkpoint?: VersionCheckpoint;
}

export interface VersionResult extends CellName {
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly outputCount: number;
}

export interface VersionRun {
  readonly id: RunId;
  readonly name: string;
  readonly status: RunStatus;
  readonly startedAtMs: number;
  readonly metrics: readonly MetricChange[];
}

export interface VersionCheckpoint {
  readonly id: CheckpointId;
  readonly kind: CheckpointKind;
  readonly takenAtMs: number;
  readonly origin?: string;
  readonly starred: boolean;
  readonly tags: readonly string[];
  readonly note?: string;
}

/** What the cell history page may ask of the host. */
export interface CellHistoryHost {
  readHistory(): Promise<CellHistoryData>;
  readVersion(key: number): Promise<VersionDetail>;
  readOutputs(place: CellName): Promise<readonly CutOutput[]>;
  /** Brings the version back into the open notebook, as an edit that can be undone. */
  restoreVersion(key: number): Promise<void>;
  openNotebookDiff(checkpointId: CheckpointId): Promise<void>;
  openNotebook(checkpointId: CheckpointId): Promise<void>;
  toggleStar(checkpointId: CheckpointId): Promise<void>;
  editTags(checkpointId: CheckpointId): Promise<void>;
  editNote(checkpointId: CheckpointId): Promise<void>;
  showRun(runId: RunId): Promise<void>;
  showOtherCell(cell: CellName): Promise<void>;
}

/** What the host may tell the cell history page. */
export interface CellHistoryPage {
  historyChanged(): void;
  /** How many of a notebook's checkpoints are read by now. */
  progressed(read: number, total: number): void;
}
