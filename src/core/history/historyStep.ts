import type { CellExecution } from '../notebook/cellExecution';
import type { MatchedCell } from '../notebook/cellFeatures';
import type { CheckpointId } from '../run/run';

/** What the history of cells looks at in one cell of a checkpoint. */
export interface HistoryCell extends MatchedCell {
  /** `key` is equal for equal outputs. */
  readonly outputs: readonly { readonly key: string }[];
}

/** One checkpoint of a notebook, as its history takes it in. */
export interface HistoryStep extends Moment {
  readonly cells: readonly HistoryCell[];
  /** What ran since the checkpoint before. */
  readonly executions: readonly CellExecution[];
}

export interface Moment {
  readonly checkpointId: CheckpointId;
  readonly atMs: number;
}

/** Where a cell was seen. */
export interface CellPlace extends Moment {
  /** From 0, among all cells of the checkpoint. */
  readonly cellIndex: number;
}

/** From one sight of something to another, both included. */
export interface CellSpan {
  readonly first: CellPlace;
  readonly last: CellPlace;
}
