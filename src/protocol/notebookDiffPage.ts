import type { EditChoice } from '../core/notebook/planNotebookEdits';
import type { CellDetail } from '../core/notebook/view/cellDetail';
import type { FindQuery, FindResult } from '../core/notebook/view/findInDiff';
import type { OpenedDiff } from '../core/notebook/view/openedDiff';
import type { MetricComparison } from '../core/present/compareMetrics';
import type { CheckpointId } from '../core/run/run';

/** One side of a diff: a checkpoint, a file as it is now, or the file at a commit. */
export type NotebookSide =
  | { readonly kind: 'checkpoint'; readonly checkpointId: CheckpointId }
  /** What an editor holds of it, else the file; a workspace path, or an absolute one. */
  | { readonly kind: 'current'; readonly notebook: string }
  /**
   * `revision` is what git understands: a hash, `HEAD~2`, a branch. `path` is where the file was then,
   * from the repository's root, if not where it is now.
   */
  | {
      readonly kind: 'git';
      readonly notebook: string;
      readonly revision: string;
      readonly path?: string;
    };

/** What the page shows, but for the cells themselves: those are asked for when they are seen. */
export interface NotebookDiffData {
  readonly notebook: string;
  readonly oldSide: NotebookSide;
  readonly newSide: NotebookSide;
  readonly oldTitle: string;
  readonly newTitle: string;
  readonly content: OpenedDiff;
  readonly metrics: readonly MetricComparison[];
  /** Which side is the open notebook, if one is, or why nothing can be brought into it. */
  readonly target: ApplyTarget;
}

export type ApplyTarget =
  | { readonly side: 'old' | 'new' }
  | { readonly reason: string; readonly canOpen: boolean };

/** One medium of an output of a row. */
export interface MediumPlace {
  readonly row: number;
  readonly output: number;
  readonly side: 'old' | 'new';
  readonly media: string;
}

/** What the notebook diff page may ask of the host. What names a diff that is no more gives undefined. */
export interface NotebookDiffHost {
  /** Rejects with a reason if a side cannot be read at all. */
  readDiff(): Promise<NotebookDiffData>;
  readCells(diffId: number, rows: readonly number[]): Promise<readonly CellDetail[] | undefined>;
  /** Base64 of a picture, or the text of an SVG. */
  readMedium(diffId: number, place: MediumPlace): Promise<string | undefined>;
  readMatches(diffId: number, query: FindQuery): Promise<FindResult | undefined>;
  /**
   * Brings a part of the diff into the open notebook, as an edit that can be undone there. If the
   * notebook is not any more what the diff shows, nothing is written, and the user is told.
   */
  apply(diffId: number, choice: EditChoice): Promise<void>;
  /** Shows the notebook that is one of the sides. */
  openNotebook(): Promise<void>;
  /** Asks the user for another version to compare. */
  pickSide(side: 'old' | 'new'): Promise<void>;
  swapSides(): Promise<void>;
  /** Stops waiting for what takes long: `readDiff` rejects. */
  cancel(): Promise<void>;
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
  /** Side by side where it is left out and there is room. */
  readonly layout?: 'split' | 'inline';
  readonly parts?: DiffParts;
  /** Whether metadata, execution counts and volatile outputs are shown. */
  readonly showNoise?: boolean;
  readonly imageMode?: ImageMode;
}

export type DiffParts = 'all' | 'sources' | 'outputs';
export type ImageMode = 'side' | 'slider' | 'onion' | 'difference';
