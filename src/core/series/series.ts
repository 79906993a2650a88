/** The points of one metric in the order they came, as equally long columns. */
export interface Series {
  /** NaN where the source gave no step. */
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** Milliseconds since 1970. */
  readonly timesMs: Float64Array;
}
