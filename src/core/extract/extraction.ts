/**
 * One value of a metric. A series is known by `key` and `context` together: a program may print
 * `loss` both for training and for validation.
 */
export interface ExtractedMetric {
  /** As the program prints it. */
  readonly key: string;
  /** May be NaN or infinite: a diverged training says so. */
  readonly value: number;
  /** As printed, whatever the program counts: steps, iterations, batches, rounds, trials. */
  readonly step?: number;
  /** As printed; may be fractional. */
  readonly epoch?: number;
  /** `train`, `val` or `test` where the line or its section says so and the key does not. */
  readonly context?: string;
  /** Whether the program reports it by the line protocol, not only prints it. */
  readonly isReported?: true;
  /** When the program says that it was, in milliseconds since 1970; else it is when it was read. */
  readonly atMs?: number;
}

/** A named input of a run, its value as text. */
export interface ExtractedParam {
  readonly key: string;
  readonly value: string;
  readonly origin: 'argv' | 'printed' | 'config' | 'client';
}

export interface Extraction {
  /** Final values, in the order in which they became final. */
  readonly metrics: readonly ExtractedMetric[];
  /** What the unfinished bar or line on screen shows now; replaced by the next extraction's. */
  readonly live: readonly ExtractedMetric[];
  readonly params: readonly ExtractedParam[];
  /** Paths, as printed, of files and folders that the program says it wrote. */
  readonly artifacts: readonly string[];
  /** What the program calls its run, and how it tags it, by the line protocol. */
  readonly labels?: readonly ExtractedLabel[];
  /** Lines of the line protocol that could not be understood, and why. */
  readonly problems?: readonly string[];
}

export type ExtractedLabel =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'tag'; readonly key: string; readonly value: string };
