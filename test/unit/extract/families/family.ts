/** One way in which a program prints its metrics. */
export interface Family {
  readonly name: string;
  /** Where the format is made. */
  readonly source: string;
  readonly text: readonly string[];
  /** What is found, as `extractText` says it; nothing where the program prints no metric. */
  readonly found: readonly string[];
}
