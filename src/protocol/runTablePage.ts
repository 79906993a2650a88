import type { Edit } from '../core/change/change';
import type { RunId } from '../core/run/run';
import type { FoundRows, RowCells, RowsQuery } from '../core/table/tableRows';
import type { TableState } from '../core/table/tableState';
import type { FirstRunHost } from './firstRunHost';
import type { SavedViewsHost } from './savedViewsHost';
import type { SearchHost } from './searchHost';

/**
 * What the run table may ask of the host. Runs have numbers here, their slots: given in the order in which
 * a panel first meets a run, and never given again, so that ids cross once and an order is a column of
 * numbers.
 */
export interface RunTableHost extends SearchHost, SavedViewsHost, FirstRunHost {
  /** Which runs a search finds, in order. Rejects if the search cannot be read. */
  queryRuns(query: TableQuery): Promise<TableAnswer>;
  /** Some cells, for runs of which the page knows the slots. */
  readCells(slots: Uint32Array, columns: readonly string[]): Promise<RowCells>;
  /** The series of a metric, thinned to `4 × buckets` points, to be drawn small. */
  readCurves(slots: Uint32Array, key: string, buckets: number): Promise<TableCurves>;
  /** All that is known of one cell, in lines of text. */
  readDetail(runId: RunId, column: string): Promise<string>;
  /** Can be undone. */
  editRuns(runIds: readonly RunId[], edit: Edit): Promise<void>;
  /** Takes back the last edit or deletion made in this window; resolves to what that was, or undefined if there is none. */
  undoEdit(): Promise<string | undefined>;
  /** Asks nothing: the host offers to undo it. */
  deleteRuns(runIds: readonly RunId[]): Promise<void>;
  /** Brings deleted runs back, with the parts that went with them. */
  restoreRuns(runIds: readonly RunId[]): Promise<void>;
  /** Asks first, for there is no way back. */
  deleteForGood(runIds: readonly RunId[]): Promise<void>;
  /** Asks for the experiment, one there is or a new one. */
  moveRuns(runIds: readonly RunId[]): Promise<void>;
  setArchived(runIds: readonly RunId[], isArchived: boolean): Promise<void>;
  /** A run that is not there leaves the baseline as it is. */
  setBaseline(runId: RunId | undefined): Promise<void>;
  openRun(runId: RunId): Promise<void>;
  showCharts(runIds: readonly RunId[]): Promise<void>;
  compareRuns(runIds: readonly RunId[]): Promise<void>;
  compareWithBaseline(runIds: readonly RunId[]): Promise<void>;
  openLog(runId: RunId): Promise<void>;
  openSource(runId: RunId): Promise<void>;
  /** Asks where to, and writes the text there. */
  saveExport(file: TableFile): Promise<void>;
  /** Puts a text on the clipboard; asks first where a spreadsheet would take some of it for a formula. */
  copyText(copied: CopiedText): Promise<void>;
}

export interface TableQuery extends RowsQuery {
  readonly search: string;
}

export interface TableAnswer extends FoundRows {
  readonly baseline?: RunId;
}

/** Series as columns, as in `SeriesBatch`: that of the slot `i` has the points from `starts[i]` on. */
export interface TableCurves {
  readonly starts: Uint32Array;
  readonly steps: Float64Array;
  readonly values: Float64Array;
  readonly timesMs: Float64Array;
  /** Before thinning. */
  readonly pointCounts: Uint32Array;
}

export interface CopiedText {
  readonly text: string;
  /** The same with a `'` before each text that a spreadsheet would take for a formula, if there are some. */
  readonly guardedText?: string;
}

export interface TableFile extends CopiedText {
  readonly format: 'csv' | 'json' | 'md';
}

/** What the host may tell the run table. */
export interface RunTablePage {
  /** Some runs are new, gone, or not as they were; these slots are of some that changed. */
  runsChanged(slots: Uint32Array): void;
  baselineChanged(runId: RunId | undefined): void;
}

/** What survives a reload of the page; the host restores a panel from it. */
export type RunTableState = TableState;
