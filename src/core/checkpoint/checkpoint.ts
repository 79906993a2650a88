import type { NotebookDiffSummary } from '../notebook/diffNotebooks';
import type { BlobHash, CheckpointId } from '../run/run';

/**
 * What made it be taken. `external`: the file was changed by something that is not this editor. `git`: it
 * was imported from a commit. `unsaved`: what an editor held that was closed without saving.
 */
export type CheckpointKind = 'save' | 'execution' | 'restore' | 'external' | 'git' | 'unsaved';

/** What of a notebook's state was not kept, as a limit was met. */
export interface LeftOut {
  /**
   * `content`: all of it, as the store had reached `maxTotalGB`; there is only its hash. `outputs`: those
   * of some cells, as they were larger than `maxOutputMB`.
   */
  readonly what: 'content' | 'outputs';
  readonly bytes: number;
}

/** What retention dropped of a checkpoint; its manifest has the hash, type and size of each. */
export interface Thinned {
  readonly outputs: number;
  readonly bytes: number;
}

/** The state of one notebook at one save, execution or restore. */
export interface Checkpoint {
  readonly id: CheckpointId;
  /**
   * Path of the notebook, relative to the workspace folder where it lies inside, with `/`. Follows the
   * notebook where it moves.
   */
  readonly notebook: string;
  readonly takenAtMs: number;
  readonly kind: CheckpointKind;
  /** SHA-256 of the whole file: as saved, or for an execution as it would have been saved at that moment. */
  readonly content: BlobHash;
  /** How the file is put together; without it `content` is itself a blob, as in stores of before. */
  readonly manifest?: BlobHash;
  /** Where it came from, in words for people, such as `git checkout (main → dev)`. */
  readonly origin?: string;
  readonly sizeBytes: number;
  readonly cellCount: number;
  /** Against the checkpoint before it of the same notebook; undefined for the first, or if unreadable. */
  readonly changes?: NotebookDiffSummary;
  /** Why the file could not be read as a notebook, if so. Its bytes are kept all the same. */
  readonly problem?: string;
  readonly leftOut?: LeftOut;
  readonly thinned?: Thinned;
  readonly tags: Readonly<Record<string, string>>;
  readonly note?: string;
  readonly starred: boolean;
  readonly deletedAtMs?: number;
}
