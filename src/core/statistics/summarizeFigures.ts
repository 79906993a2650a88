export interface FigureSummary {
  /** How many there are that are finite: a diverged run has no mean. */
  readonly count: number;
  readonly mean?: number;
  /** Of a sample (n − 1); undefined for fewer than two. */
  readonly deviation?: number;
  readonly min?: number;
  readonly max?: number;
}

/** What they say together; a run that has none, or none that is finite, does not count. */
export function summarizeFigures(values: Iterable<number | undefined>): FigureSummary {
  let count = 0;
  let mean = 0;
  let squares = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === undefined || !Number.isFinite(value)) continue;
    count++;
    // Welford's way: large values that differ little keep their digits.
    const before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return { count };
  if (count === 1) return { count, mean, min, max };
  return { count, mean, deviation: Math.sqrt(squares / (count - 1)), min, max };
}
