import type { RunId } from '../run/run';
import type { Series } from '../series/series';

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
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** Lines in the order in which they were wanted, one behind the other in the same columns. */
export interface LineColumns {
  /** Where each line begins, and at the end where the last one ends. */
  readonly starts: Float64Array;
  /** NaN where the source gave no step. */
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** Milliseconds since 1970. */
  readonly timesMs: Float64Array;
  /** How many points each line has before it is thinned, within the range that was asked for. */
  readonly pointCounts: Float64Array;
}

export interface CountedSeries extends Series {
  /** How many points there are without thinning. */
  readonly pointCount: number;
}

export function joinLines(lines: readonly CountedSeries[]): LineColumns {
  const starts = new Float64Array(lines.length + 1);
  for (const [index, { values }] of lines.entries()) {
    starts[index + 1] = (starts[index] as number) + values.length;
  }
  const join = (column: keyof Series) => {
    const joined = new Float64Array(starts[lines.length] as number);
    for (const [index, line] of lines.entries()) joined.set(line[column], starts[index] as number);
    return joined;
  };
  return {
    starts,
    steps: join('steps'),
    values: join('values'),
    timesMs: join('timesMs'),
    pointCounts: Float64Array.from(lines, ({ pointCount }) => pointCount),
  };
}

/** Each line by itself; the columns are views of those that came. */
export function splitLines(columns: LineColumns): readonly CountedSeries[] {
  const { starts, steps, values, timesMs, pointCounts } = columns;
  return Array.from(pointCounts, (pointCount, index) => {
    const start = starts[index] as number;
    const end = starts[index + 1] as number;
    return {
      steps: steps.subarray(start, end),
      values: values.subarray(start, end),
      timesMs: timesMs.subarray(start, end),
      pointCount,
    };
  });
}
