import type { JudgedCell } from './judge';

/** A notebook that is open: asked for its cells when they are to be judged. */
export interface WatchedNotebook {
  /** Tells it from others for as long as it is open. */
  readonly key: string;
  cells(): readonly JudgedCell[];
}
