import type { PointsAppended } from '../../core/change/change';
import { isBetter, type MetricDirection } from '../../core/run/metricDirection';
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
  /** NaN if all values are. */
  readonly min: number;
  readonly max: number;
  /** NaN if there is no direction or all values are NaN. */
  readonly best: number;
  readonly bestStep: number;
  readonly bestStamp: Stamp;
  readonly count: number;
}

/** Sums up at least one point. */
export function summarize(
  points: Pick<PointsAppended, 'steps' | 'values' | 'timesMs'>,
  direction: MetricDirection | undefined,
  stamp: Stamp,
): SeriesSummary {
  const { steps, values, timesMs } = points;
  let min = Number.NaN;
  let max = Number.NaN;
  let best = Number.NaN;
  let bestStep = Number.NaN;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (!(min <= value)) min = value;
    if (!(max >= value)) max = value;
    if (direction !== undefined && (Number.isNaN(best) || isBetter(direction, value, best))) {
      best = value;
      bestStep = steps[index] ?? Number.NaN;
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
    min,
    max,
    best,
    bestStep,
    bestStamp: stamp,
    count: values.length,
  };
}

/** The same whichever of the two came first, so that every window comes to the same figures. */
export function mergeSummaries(
  a: SeriesSummary,
  b: SeriesSummary,
  direction: MetricDirection | undefined,
): SeriesSummary {
  const first = a.firstStamp < b.firstStamp ? a : b;
  const last = a.lastStamp > b.lastStamp ? a : b;
  const best = bestOf(a, b, direction);
  return {
    first: first.first,
    firstStamp: first.firstStamp,
    last: last.last,
    lastStamp: last.lastStamp,
    lastStep: last.lastStep,
    lastAtMs: last.lastAtMs,
    min: known(a.min, b.min, Math.min),
    max: known(a.max, b.max, Math.max),
    best: best.best,
    bestStep: best.bestStep,
    bestStamp: best.bestStamp,
    count: a.count + b.count,
  };
}

function bestOf(
  a: SeriesSummary,
  b: SeriesSummary,
  direction: MetricDirection | undefined,
): SeriesSummary {
  if (Number.isNaN(a.best) !== Number.isNaN(b.best)) return Number.isNaN(a.best) ? b : a;
  if (isBetter(direction, a.best, b.best)) return a;
  if (isBetter(direction, b.best, a.best)) return b;
  return a.bestStamp < b.bestStamp ? a : b;
}

function known(a: number, b: number, pick: (a: number, b: number) => number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : pick(a, b);
}
