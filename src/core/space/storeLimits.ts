/** How much a store may keep; what is past a limit is left out, and said where it is missing. */
export interface StoreLimits {
  /** Of the raw log of one run. */
  readonly maxLogBytes: number;
  /** Of all files; past it no logs and no notebooks are kept. 0: no limit. */
  readonly maxTotalBytes: number;
  /** Of the large outputs of notebooks; past it the oldest are dropped. 0, or left out: no limit. */
  readonly maxOutputsBytes?: number;
}

/** The defaults of the settings. */
export const defaultLimits: StoreLimits = { maxLogBytes: 256_000_000, maxTotalBytes: 0 };

/** Of the outputs that the checkpoint of an execution keeps; the default of its setting. */
export const defaultOutputBytes = 100_000_000;
