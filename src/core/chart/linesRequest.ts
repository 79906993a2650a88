import type { RunId } from '../run/run';

/** Which lines to read. */
export interface LinesRequest {
  readonly wanted: readonly WantedLines[];
  /** At most `4 × buckets` points a line; 0 for all points. */
  readonly buckets: number;
  /** One for each wanted line in turn; undefined for all of each. */
  readonly within?: LineRanges;
}

/** The same metric of some runs: a line for each of them in turn. */
export interface WantedLines {
  readonly key: string;
  readonly runIds: readonly RunId[];
}

/** The part of each line to read, both ends included. */
export interface LineRanges {
  readonly by: 'step' | 'timeMs';
  readonly from: readonly number[];
  readonly to: readonly number[];
}
