import type { RunId } from '../run/run';
import { findRange } from './findRange';
import type { OpenSeries } from './packSeries';
import { concatenate, type Series } from './series';
import { pick, thinPositions } from './thinSeries';

/** Many series at once, thinned, as columns that cross threads and the wire without being copied apart. */
export interface SeriesBatch {
  /** Series `i` has the points from `starts[i]` up to `starts[i + 1]` of the columns; one more than series. */
  readonly starts: Uint32Array;
  /** NaN where the source gave no step. */
  readonly steps: Float64Array;
  /** A NaN is a gap: what is on both sides of it does not belong together. */
  readonly values: Float64Array;
  readonly timesMs: Float64Array;
  /** Where each point stands in its whole series, from 0. */
  readonly indices: Uint32Array;
  /** How many points of each series there are in the range asked for, before thinning. */
  readonly pointCounts: Uint32Array;
}

export interface WantedSeries {
  readonly runId: RunId;
  readonly key: string;
}

export interface SeriesBatchOptions extends SeriesRange {
  /** Into so many parts each series is cut, of which `thinSeries` says what stays. */
  readonly buckets: number;
}

/** Points outside go, but for the neighbours of those inside, so that lines go on to the edge. */
export interface SeriesRange {
  /** A point without a step counts as its position, from 0. */
  readonly fromStep?: number;
  readonly toStep?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** One series of a batch. */
export interface SeriesPart extends Series {
  readonly indices: Uint32Array;
  readonly pointCount: number;
}

export function thinToPart(series: Series, options: SeriesBatchOptions): SeriesPart {
  const { steps, values, timesMs } = series;
  const { from, to } = findRange(series, options);
  const indices = thinPositions(values, from, to, options.buckets);
  if (indices.length === to - from) {
    const whole = (column: Float64Array) => column.subarray(from, to);
    const all = { steps: whole(steps), values: whole(values), timesMs: whole(timesMs) };
    return { ...all, indices, pointCount: indices.length };
  }
  return {
    steps: pick(steps, indices),
    values: pick(values, indices),
    timesMs: pick(timesMs, indices),
    indices,
    pointCount: to - from,
  };
}

/** The same of a whole series that lies in pieces, one after the other. */
export function thinPieces(pieces: readonly OpenSeries[], buckets: number): SeriesPart {
  const [only] = pieces;
  const values =
    pieces.length === 1 && only !== undefined
      ? only.values
      : concatenate(pieces.map((piece) => piece.values));
  const indices = thinPositions(values, 0, values.length, buckets);
  const isWhole = indices.length === values.length;
  const part = {
    steps: new Float64Array(indices.length),
    values: isWhole ? values : pick(values, indices),
    timesMs: new Float64Array(indices.length),
    indices,
    pointCount: values.length,
  };
  let base = 0;
  let from = 0;
  for (const { values: own, pickSteps, pickTimes } of pieces) {
    const end = base + own.length;
    let to = from;
    while (to < indices.length && (indices[to] as number) < end) to++;
    pickSteps(indices, from, to, base, part.steps);
    pickTimes(indices, from, to, base, part.timesMs);
    base = end;
    from = to;
  }
  return part;
}

export function joinSeriesBatch(parts: readonly SeriesPart[]): SeriesBatch {
  const starts = new Uint32Array(parts.length + 1);
  for (const [index, { values }] of parts.entries()) {
    starts[index + 1] = (starts[index] as number) + values.length;
  }
  const total = starts[parts.length] ?? 0;
  const batch = {
    starts,
    steps: new Float64Array(total),
    values: new Float64Array(total),
    timesMs: new Float64Array(total),
    indices: new Uint32Array(total),
    pointCounts: Uint32Array.from(parts, ({ pointCount }) => pointCount),
  };
  for (const [index, part] of parts.entries()) {
    const start = starts[index] as number;
    batch.steps.set(part.steps, start);
    batch.values.set(part.values, start);
    batch.timesMs.set(part.timesMs, start);
    batch.indices.set(part.indices, start);
  }
  return batch;
}

/** Each series by itself; the columns are views of those that came. */
export function splitSeriesBatch(batch: SeriesBatch): readonly SeriesPart[] {
  const { starts, steps, values, timesMs, indices, pointCounts } = batch;
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
