import type { Edit } from '../core/change/change';
import type { Run, RunId } from '../core/run/run';

/** What the run table may ask of the host. */
export interface RunTableHost {
  /** Every run that is not deleted, newest first. */
  readRuns(): Promise<readonly Run[]>;
  editRun(runId: RunId, edit: Edit): Promise<void>;
  /** Asks nothing: the host offers to undo it. */
  deleteRuns(runIds: readonly RunId[]): Promise<void>;
  /** Asks the user for a name, a tag or a note in VS Code's own input box. */
  askRename(runId: RunId): Promise<void>;
  askTag(runIds: readonly RunId[]): Promise<void>;
  askNote(runId: RunId): Promise<void>;
  showCharts(runIds: readonly RunId[]): Promise<void>;
  compareRuns(runIds: readonly RunId[]): Promise<void>;
  openLog(runId: RunId): Promise<void>;
  openSource(runId: RunId): Promise<void>;
}

/** What the host may tell the run table. */
export interface RunTablePage {
  runsChanged(): void;
}

/** What survives a reload of the page; the host restores a panel from it. */
export interface RunTableState {
  readonly sortKey: string;
  readonly sortDescending: boolean;
  readonly filter: string;
}
