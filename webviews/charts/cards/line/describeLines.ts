import { toLinePath } from '../../../../src/core/chart/linePath';
import type { LineView } from '../../../../src/core/chart/lineView';
import type { XAxisKind } from '../../../../src/core/chart/xAxis';
import { type Axes, pathOfLine } from '../../../shared/chart/chartLine';
import type { LineModel } from './lineModel';
import type { RunLine } from './useLines';

interface Shown {
  readonly model: LineModel;
  /** What was read to draw it. */
  readonly read: readonly RunLine[];
  readonly axes: Axes;
  readonly view: LineView;
  readonly xAxis: XAxisKind;
}

/** What of the points is not on the lines and why, and what was computed from thinned ones. */
export function describeLines(shown: Shown): readonly string[] {
  const { model, read, view, xAxis } = shown;
  const sums = view.groupBy === undefined ? countPaths(shown) : countSeries(read);
  const isThinned = read.some(({ series }) => series.pointCount > series.values.length);
  return [
    sums.nans > 0 && `${points(sums.nans, isThinned)} NaN (×)`,
    sums.infinities > 0 && `${points(sums.infinities, isThinned)} infinite (▲ ▼)`,
    sums.unshown > 0 && `${points(sums.unshown, isThinned)} at or below 0: not on a log axis`,
    sums.placeless > 0 &&
      (xAxis === 'epoch'
        ? `${lines(sums.placeless)} no logged epoch: not shown`
        : `${lines(sums.placeless)} points without a place`),
    sums.resumed > 0 && `${sums.resumed} resumed (×${sums.resumes}): what was overwritten is faint`,
    isThinned && view.smoothing > 0 && 'smoothed over thinned points: zoom in for all',
    isThinned &&
      view.groupBy !== undefined &&
      'grouped from thinned points: the mean is close, not exact',
    model.binned > 0 && 'mean over intervals, least and greatest of all points',
  ].filter((note) => note !== false);
}

interface Sums {
  nans: number;
  infinities: number;
  unshown: number;
  placeless: number;
  resumed: number;
  resumes: number;
}

const noSums: Sums = {
  nans: 0,
  infinities: 0,
  unshown: 0,
  placeless: 0,
  resumed: 0,
  resumes: 0,
};

function countPaths({ model, axes }: Shown): Sums {
  const sums = { ...noSums };
  for (const line of model.lines) {
    const path = pathOfLine(line, axes);
    sums.nans += path.nans.length;
    sums.infinities += path.aboves.length + path.belows.length;
    sums.unshown += path.unshown;
    sums.placeless += path.placeless > 0 ? 1 : 0;
    sums.resumed += path.resumes > 0 ? 1 : 0;
    sums.resumes += path.resumes;
  }
  return sums;
}

/** A mean has no NaN of its own: what did not count is said of the runs. */
function countSeries(read: readonly RunLine[]): Sums {
  const sums = { ...noSums };
  for (const { series } of read) {
    const { nans, aboves, belows } = toLinePath(series.timesMs, series.values, {
      x: false,
      y: false,
    });
    sums.nans += nans.length;
    sums.infinities += aboves.length + belows.length;
  }
  return sums;
}

/** Of thinned lines not all were counted. */
function points(count: number, isThinned: boolean): string {
  return `${isThinned ? 'at least ' : ''}${count} ${count === 1 ? 'point is' : 'points are'}`;
}

function lines(count: number): string {
  return `${count} ${count === 1 ? 'line has' : 'lines have'}`;
}
