import type { NotebookDiff } from '../core/notebook/diffNotebooks';
import type { CheckpointId } from '../core/run/run';

/** One side of a diff: a checkpoint, or the notebook as it is now. */
export type NotebookSide =
  | { readonly kind: 'checkpoint'; readonly checkpointId: CheckpointId }
  | { readonly kind: 'current'; readonly notebook: string };

export interface NotebookDiffData {
  readonly notebook: string;
  readonly oldTitle: string;
  readonly newTitle: string;
  readonly diff: NotebookDiff;
  /** Language of the code cells, such as `python`. */
  readonly language: string;
}

/** What the notebook diff page may ask of the host. */
export interface NotebookDiffHost {
  /** Rejects with a reason if a side cannot be read as a notebook. */
  readDiff(): Promise<NotebookDiffData>;
  /** Opens VS Code's own diff of the same two sides. */
  openInVsCodeDiff(): Promise<void>;
  /** Restores the old side into the open notebook, as an undoable edit; asks first. */
  restoreOld(): Promise<void>;
}

/** What the host may tell the notebook diff page. */
export interface NotebookDiffPage {
  diffChanged(): void;
}

export interface NotebookDiffState {
  readonly oldSide: NotebookSide;
  readonly newSide: NotebookSide;
  readonly hideUnchanged: boolean;
}
