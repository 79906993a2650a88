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
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Lines in the order in which they were wanted, one behind the other in the same columns. */
export interface LineColumns {
  /** Where each line begins, and at the end where the last one ends. */
  readonly starts: Uint32Array;
  /** NaN where the source gave no step. */
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** Milliseconds since 1970. */
  readonly timesMs: Float64Array;
  /** Where each point stands in its whole line, from 0. */
  readonly indices: Uint32Array;
  /** How many points each line has before it is thinned, within the range that was asked for. */
  readonly pointCounts: Uint32Array;
}

/** One line, thinned. */
export interface LineSeries extends Series {
  readonly indices: Uint32Array;
  /** How many points there are without thinning, in the range that was read. */
  readonly pointCount: number;
}

export function joinLines(lines: readonly LineSeries[]): LineColumns {
  const starts = new Uint32Array(lines.length + 1);
  for (const [index, { values }] of lines.entries()) {
    starts[index + 1] = (starts[index] as number) + values.length;
  }
  const join = (column: keyof Series) => {
    const joined = new Float64Array(starts[lines.length] as number);
    for (const [index, line] of lines.entries()) joined.set(line[column], starts[index] as number);
    return joined;
  };
  const indices = new Uint32Array(starts[lines.length] as number);
  for (const [index, line] of lines.entries()) indices.set(line.indices, starts[index] as number);
  return {
    starts,
    steps: join('steps'),
    values: join('values'),
    timesMs: join('timesMs'),
    indices,
    pointCounts: Uint32Array.from(lines, ({ pointCount }) => pointCount),
  };
}

/** Each line by itself; the columns are views of those that came. */
export function splitLines(columns: LineColumns): readonly LineSeries[] {
  const { starts, steps, values, timesMs, indices, pointCounts } = columns;
  return Array.from(pointCounts, (pointCount, index) => {
    const start = starts[index] as number;
    const end = starts[index + 1] as number;
    return {
      steps: steps.subarray(start, end),
      values: values.subarray(start, end),
      timesMs: timesMs.subarray(start, end),
      indices: indices.subarray(start, end),
      pointCount,
    };
  });
}

/**
 * A line with what came after it: `fresh` may begin with points that the line has already. Undefined where
 * `fresh` cannot be its continuation, so that the line is to be read anew.
 */
export function appendLine(line: LineSeries, fresh: LineSeries): LineSeries | undefined {
  const lastIndex = line.indices.at(-1);
  const end = fresh.indices.at(-1);
  if (lastIndex === undefined)
    return end === undefined || fresh.indices[0] === 0 ? fresh : undefined;
  if (end === undefined || end < lastIndex) return undefined;
  let from = 0;
  while (from < fresh.indices.length && (fresh.indices[from] as number) <= lastIndex) from++;
  // What lies between was thinned away only if points of it are here.
  const isNext = from > 0 || (fresh.indices[from] as number) === lastIndex + 1;
  if (!isNext) return undefined;
  const join = (column: keyof Series) => {
    const joined = new Float64Array(line[column].length + fresh[column].length - from);
    joined.set(line[column]);
    joined.set(fresh[column].subarray(from), line[column].length);
    return joined;
  };
  const indices = new Uint32Array(line.indices.length + fresh.indices.length - from);
  indices.set(line.indices);
  indices.set(fresh.indices.subarray(from), line.indices.length);
  return {
    steps: join('steps'),
    values: join('values'),
    timesMs: join('timesMs'),
    indices,
    pointCount: end + 1,
  };
}
