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
  /** Of the process that printed it, where its line names one of several. */
  readonly rank?: number;
  /** Of the screen, where the line stood that gave it; only if that was asked for. */
  readonly row?: number;
  /** When the program says that it was, in milliseconds since 1970; else it is when it was read. */
  readonly atMs?: number;
  /**
   * The section of the output that it belongs to, if that is not the first (0): see `SectionEvent`.
   * `wholeRun` (-1) stands for the run as a whole.
   */
  readonly section?: number;
}

/** A named input of a run, its value as text. */
export interface ExtractedParam {
  readonly key: string;
  readonly value: string;
  readonly origin: 'argv' | 'printed' | 'config' | 'client';
  /** As of a metric. */
  readonly section?: number;
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
  /** What became known of sections, before or with these metrics. */
  readonly sections?: readonly SectionEvent[];
  /** The section that `live` and what comes next belong to, if that is not the first. */
  readonly section?: number;
  /** Lines of the line protocol that could not be understood, and why. */
  readonly problems?: readonly string[];
}

export type ExtractedLabel = (
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'tag'; readonly key: string; readonly value: string }
) & { readonly section: number };

/**
 * What is found out of a section of the output. Sections are numbered as they come; each may be one of
 * several trainings in a stream, which is mostly known only when some of its points have been told.
 */
export type SectionEvent =
  | {
      /** It is a training of its own, a part of the run: all its points, told already or not. */
      readonly kind: 'isPart';
      readonly section: number;
      /** Of the parts of the stream, from 1. */
      readonly number: number;
      readonly name?: string;
      readonly params: readonly ExtractedParam[];
      /** What the run as a whole now says of params that differ between its parts. */
      readonly varied: readonly ExtractedParam[];
    }
  /** It is a piece of another section. */
  | { readonly kind: 'joins'; readonly section: number; readonly with: number }
  /** Of a part: it is over. */
  | { readonly kind: 'ended'; readonly section: number; readonly hasFailed: boolean };
