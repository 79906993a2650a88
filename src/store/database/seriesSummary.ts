import type { PointsAppended } from '../../core/change/change';
import type { Stamp } from '../journal/hybridClock';

/** A series without its points. Each figure that one point gives has the stamp of that point's change. */
export interface SeriesSummary {
  readonly first: number;
  readonly firstStamp: Stamp;
  readonly last: number;
  readonly lastStamp: Stamp;
  /** NaN where the source gave none. */
  readonly lastStep: number;
  readonly lastAtMs: number;
  readonly min: Extreme;
  readonly max: Extreme;
  readonly count: number;
}

/**
 * The lowest or the highest value, of equal ones the first. Which of the two is the best is not kept:
 * a user can say so differently tomorrow, or in another window.
 */
export interface Extreme {
  /** NaN if all values are. */
  readonly value: number;
  /** NaN where the source gave none. */
  readonly step: number;
  readonly stamp: Stamp;
}

/** Sums up at least one point. */
export function summarize(
  { steps, values, timesMs }: Pick<PointsAppended, 'steps' | 'values' | 'timesMs'>,
  stamp: Stamp,
): SeriesSummary {
  let min = Number.NaN;
  let max = Number.NaN;
  let minStep = Number.NaN;
  let maxStep = Number.NaN;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (!(min <= value)) {
      min = value;
      minStep = steps[index] ?? Number.NaN;
    }
    if (!(max >= value)) {
      max = value;
      maxStep = steps[index] ?? Number.NaN;
    }
  }
  const end = values.length - 1;
  return {
    first: values[0] ?? Number.NaN,
    firstStamp: stamp,
    last: values[end] ?? Number.NaN,
    lastStamp: stamp,
    lastStep: steps[end] ?? Number.NaN,
    lastAtMs: timesMs[end] ?? Number.NaN,
    min: { value: min, step: minStep, stamp },
    max: { value: max, step: maxStep, stamp },
    count: values.length,
  };
}

/** The same whichever of the two came first, so that every window comes to the same figures. */
export function mergeSummaries(a: SeriesSummary, b: SeriesSummary): SeriesSummary {
  const first = a.firstStamp < b.firstStamp ? a : b;
  const last = a.lastStamp > b.lastStamp ? a : b;
  return {
    first: first.first,
    firstStamp: first.firstStamp,
    last: last.last,
    lastStamp: last.lastStamp,
    lastStep: last.lastStep,
    lastAtMs: last.lastAtMs,
    min: extremeOf(a.min, b.min, (one, other) => one < other),
    max: extremeOf(a.max, b.max, (one, other) => one > other),
    count: a.count + b.count,
  };
}

function extremeOf(
  a: Extreme,
  b: Extreme,
  isBeyond: (one: number, other: number) => boolean,
): Extreme {
  if (Number.isNaN(a.value) !== Number.isNaN(b.value)) return Number.isNaN(a.value) ? b : a;
  if (isBeyond(a.value, b.value)) return a;
  if (isBeyond(b.value, a.value)) return b;
  return a.stamp < b.stamp ? a : b;
}
