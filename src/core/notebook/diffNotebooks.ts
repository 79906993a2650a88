import type { Notebook, NotebookCell, NotebookOutput } from './notebook';

export type CellChangeKind = 'same' | 'changed' | 'added' | 'removed' | 'moved';

/** A run of source lines replaced by another; lines are split at `\n` and carry no terminator. */
export interface SourceHunk {
  /** 0-based line in the old source; where `oldLines` is empty, the line it is inserted before. */
  readonly oldStart: number;
  readonly oldLines: readonly string[];
  readonly newStart: number;
  readonly newLines: readonly string[];
}

export interface OutputDiff {
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  readonly old?: NotebookOutput;
  readonly new?: NotebookOutput;
  /** `same`, yet some bytes differ: memory addresses, generated ids, timestamps, timings. */
  readonly onlyVolatile: boolean;
}

/** One row of the diff. `same`, `changed` and `moved` have both sides, the others have one. */
export interface CellDiff {
  readonly kind: CellChangeKind;
  readonly oldIndex?: number;
  readonly newIndex?: number;
  readonly old?: NotebookCell;
  readonly new?: NotebookCell;
  /** The text or the cell's type differs. Also for `moved`. */
  readonly sourceChanged: boolean;
  readonly outputsChanged: boolean;
  /** Tags, attachments and the like differ; what editors and runs leave behind does not count. */
  readonly metadataChanged: boolean;
  /** Of a pair whose text differs; no context lines. Empty for `added` and `removed`. */
  readonly hunks: readonly SourceHunk[];
  /** By position, old outputs first where both sides have left-overs. */
  readonly outputs: readonly OutputDiff[];
}

/** What the new notebook has beside its cells. */
export type NotebookHeader = Omit<Notebook, 'cells'>;

export interface NotebookDiff {
  /** In the order of the new notebook; a removed cell stands where it was in the old one. */
  readonly cells: readonly CellDiff[];
  readonly header: NotebookHeader;
  readonly summary: NotebookDiffSummary;
  /** The time budget ran out: cells are paired less carefully, yet each is still listed once. */
  readonly coarse: boolean;
}

/** Numbers of cells. A moved cell with a changed source counts in both. */
export interface NotebookDiffSummary {
  /** Pairs whose source, type or metadata differs. */
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  readonly moved: number;
  /** Pairs whose outputs differ, whatever their kind. */
  readonly outputsChanged: number;
}
