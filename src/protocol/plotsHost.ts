import type { MediaItem, RunMedia, ShownImage } from '../core/media/media';
import type { FieldChoices } from '../core/plot/fieldChoices';
import type { ParamsImportance } from '../core/plot/paramsImportance';
import type { RunColumn } from '../core/plot/runColumn';
import type { RunId } from '../core/run/run';

/** What the shown runs have of some fields. */
export interface PlotColumns {
  readonly runIds: readonly RunId[];
  /** One a field, in the order in which they were asked for; each as long as there are runs. */
  readonly columns: readonly RunColumn[];
}

export interface MediaOfRun extends RunMedia {
  readonly runId: RunId;
}

/** What charts of many runs ask of the host. A field is written as in a search. */
export interface PlotsHost {
  /** What the shown runs have that can be charted. */
  readFieldChoices(): Promise<FieldChoices>;
  /** What is no field has no value. */
  readColumns(fields: readonly string[]): Promise<PlotColumns>;
  /** Of the params that vary over these runs, for one figure. */
  readImportance(value: string, runIds: readonly RunId[]): Promise<ParamsImportance>;
  readMedia(kind: MediaItem['kind'], runIds: readonly RunId[]): Promise<readonly MediaOfRun[]>;
  /** Rejects if it is no longer there, and says why. */
  readImage(runId: RunId, id: string): Promise<ShownImage>;
  openRun(runId: RunId): Promise<void>;
  /** Shows charts of these runs alone. */
  chartRuns(runIds: readonly RunId[]): Promise<void>;
  /** Says what differs between them. */
  compareRuns(runIds: readonly RunId[]): Promise<void>;
}
