import type { JudgedCell } from './judge';

/** A notebook that is open: asked for its cells when they are to be judged. */
export interface WatchedNotebook {
  /** Tells it from others for as long as it is open. */
  readonly key: string;
  /** Its path in the workspace, by which its checkpoints are found. */
  readonly path: string;
  cells(): readonly JudgedCell[];
}

/** Begins the ids of cells that have none in the file, which last as long as the notebook is open. */
export const passingIdMark = '\u0001';
