import type { Series } from '../../series/series';
import { thinSeries } from '../../series/thinSeries';
import { compilePattern, type PatternMatch } from './compilePattern';
import { type Doubt, doubtsOf } from './doubts';
import type { MetricPattern } from './metricPattern';

/** What a pattern finds in a whole log. */
export interface TrialResult {
  readonly lineCount: number;
  readonly metrics: readonly TriedMetric[];
  /** What a person should look at before keeping the pattern. */
  readonly doubts: readonly Doubt[];
}

/** One metric that a pattern names; where it has a group `key` there can be many. */
export interface TriedMetric {
  readonly key: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
  /** Thinned to what a small chart can show; steps are NaN where the line names none. */
  readonly points: Pick<Series, 'steps' | 'values'>;
}

/** One match, with the line that it stands in, from 0. */
export interface FoundValue {
  readonly line: number;
  readonly value: number | undefined;
  readonly step: number | undefined;
  readonly epoch: number | undefined;
}

/** Tries a pattern on a log, line by line. */
export interface PatternTrial {
  read(line: string): void;
  /** The numbers of the lines that match by now, from 0, in their order. */
  readonly lines: readonly number[];
  result(): TrialResult;
}

const maxMetrics = 12;
const chartBuckets = 100;

/** Throws a `UserError` with the reason if the pattern cannot be used. */
export function createPatternTrial(pattern: MetricPattern): PatternTrial {
  const compiled = compilePattern(pattern);
  const lines: number[] = [];
  const found = new Map<string, FoundValue[]>();
  let lineNumber = 0;
  return {
    lines,
    read(line) {
      const matches = compiled.match(line);
      if (matches.length > 0) lines.push(lineNumber);
      for (const match of matches) add(found, match, lineNumber);
      lineNumber++;
    },
    result: () => ({
      lineCount: lines.length,
      metrics: [...found].slice(0, maxMetrics).map(([key, values]) => toMetric(key, values)),
      doubts: [...found].slice(0, maxMetrics).flatMap(([key, values]) => doubtsOf(key, values)),
    }),
  };
}

function add(
  found: Map<string, FoundValue[]>,
  { key, value, step, epoch }: PatternMatch,
  line: number,
): void {
  const values = found.get(key);
  const one = { line, value, step, epoch };
  if (values === undefined) found.set(key, [one]);
  else values.push(one);
}

function toMetric(key: string, found: readonly FoundValue[]): TriedMetric {
  const known = found.filter(({ value }) => value !== undefined);
  const values = Float64Array.from(known, ({ value }) => value ?? Number.NaN);
  const steps = Float64Array.from(known, ({ step, epoch }) => step ?? epoch ?? Number.NaN);
  const { min, max } = rangeOf(values);
  return {
    key,
    count: values.length,
    first: values[0] ?? Number.NaN,
    last: values.at(-1) ?? Number.NaN,
    min,
    max,
    points: thinSeries({ steps, values, timesMs: new Float64Array(values.length) }, chartBuckets),
  };
}

function rangeOf(values: Float64Array): { readonly min: number; readonly max: number } {
  let min = Number.NaN;
  let max = Number.NaN;
  for (const value of values) {
    if (!(min <= value)) min = Number.isNaN(value) ? min : value;
    if (!(max >= value)) max = Number.isNaN(value) ? max : value;
  }
  return { min, max };
}
