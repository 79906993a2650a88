import type { ConfusionMatrix } from './confusionMatrix';
import type { ImageHead } from './imageHead';

/** Where something to look at was logged. */
export type MediaSource = 'file' | 'events' | 'log' | 'notebook';

interface MediaBase {
  /** The same as long as the run logs nothing else. */
  readonly id: string;
  /** The same for those of one series of steps. */
  readonly tag: string;
  readonly step?: number;
  readonly source: MediaSource;
  /** The file, the line of the log or the cell, for the reader. */
  readonly where: string;
}

/** A picture; its bytes are asked for apart. */
export interface ImageItem extends MediaBase {
  readonly kind: 'image';
}

export interface MatrixItem extends MediaBase {
  readonly kind: 'matrix';
  readonly matrix: ConfusionMatrix;
}

export type MediaItem = ImageItem | MatrixItem;

/** What one run logged that can be looked at. */
export interface RunMedia {
  readonly items: readonly MediaItem[];
  /** What could not be read, and why, in sentences. */
  readonly notes: readonly string[];
}

/** A picture as a page may show it: looked at, and not too large to be drawn. */
export interface ShownImage {
  readonly head: ImageHead;
  readonly bytes: Uint8Array;
}
