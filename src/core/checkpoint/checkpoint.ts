import type { NotebookDiffSummary } from '../notebook/diffNotebooks';
import type { BlobHash, CheckpointId } from '../run/run';

export type CheckpointKind = 'save' | 'execution' | 'restore';

/** What of a notebook's state was not kept, as a limit was met. */
export interface LeftOut {
  /**
   * `content`: all of it, as the store had reached `maxTotalGB`; there is only its hash. `outputs`: those
   * of some cells, as they were larger than `maxOutputMB`.
   */
  readonly what: 'content' | 'outputs';
  readonly bytes: number;
}

/** The state of one notebook at one save, execution or restore. */
export interface Checkpoint {
  readonly id: CheckpointId;
  /** Path of the notebook, relative to the workspace folder where it lies inside, with `/`. */
  readonly notebook: string;
  readonly takenAtMs: number;
  readonly kind: CheckpointKind;
  /** The whole file: as saved, or for an execution as it would have been saved at that moment. */
  readonly content: BlobHash;
  readonly sizeBytes: number;
  readonly cellCount: number;
  /** Against the checkpoint before it of the same notebook; undefined for the first, or if unreadable. */
  readonly changes?: NotebookDiffSummary;
  /** Why the file could not be read as a notebook, if so. Its bytes are kept all the same. */
  readonly problem?: string;
  readonly leftOut?: LeftOut;
  readonly tags: Readonly<Record<string, string>>;
  readonly note?: string;
  readonly starred: boolean;
  readonly deletedAtMs?: number;
}
