import type { RunId } from '../../src/core/run/run';
import { isSystemMetric } from '../../src/core/run/systemMetric';
import type { Chart, ChartedSeries, ChartsData, ChartsState } from '../../src/protocol/chartsPage';

/** A place on a chart; `y` is NaN where the line has a gap. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One line as it is drawn. */
export interface Line {
  readonly runId: RunId;
  readonly name: string;
  /** Names colour and dashes: the run's place among the runs of the page. */
  readonly styleIndex: number;
  readonly points: readonly Point[];
  /** How many points there are before the host thinned them. */
  readonly pointCount: number;
  /** How many of the points cannot be drawn: not a number, or not above 0 on a log scale. */
  readonly undrawn: number;
}

/** A chart as it is drawn. */
export interface Plot {
  readonly key: string;
  /** What it is drawn over: time, whatever was chosen, for what has no steps. */
  readonly xAxis: ChartsState['xAxis'];
  readonly lines: readonly Line[];
}

/** How fine to ask: one bucket for two pixels, but not more points in all than a page can redraw live. */
export function bucketsFor(pageWidthPx: number, runCount: number): number {
  const byWidth = Math.ceil(pageWidthPx / 2);
  const byRuns = Math.ceil(4000 / Math.max(1, runCount));
  return Math.max(50, Math.min(byWidth, byRuns, 800));
}

/** What to draw; `hidden` runs are left out. */
export function toPlots(
  data: ChartsData,
  { xAxis, logScale }: Pick<ChartsState, 'xAxis' | 'logScale'>,
  hidden: ReadonlySet<RunId>,
): readonly Plot[] {
  const starts = runStarts(data.charts);
  return data.charts.map(({ key, series }) => {
    const axis = isSystemMetric(key) ? 'time' : xAxis;
    return { key, xAxis: axis, lines: linesOf(series, axis) };
  });

  function linesOf(series: readonly ChartedSeries[], axis: ChartsState['xAxis']): Line[] {
    return data.runs.flatMap(({ runId, name }, styleIndex) => {
      const one = series.find((other) => other.runId === runId);
      if (one === undefined || hidden.has(runId)) return [];
      const xs = axis === 'time' ? relativeTimes(one, starts.get(runId) ?? 0) : stepsOf(one);
      const points = toPoints(xs, one.values, logScale);
      const undrawn = points.reduce((sum, { y }) => sum + (Number.isNaN(y) ? 1 : 0), 0);
      return [{ runId, name, styleIndex, points, pointCount: one.pointCount, undrawn }];
    });
  }
}

/** When each run gave its first point, so that runs of different days lie over each other. */
function runStarts(charts: readonly Chart[]): ReadonlyMap<RunId, number> {
  const starts = new Map<RunId, number>();
  for (const { series } of charts) {
    for (const { runId, timesMs } of series) {
      const [first] = timesMs;
      if (first !== undefined) starts.set(runId, Math.min(starts.get(runId) ?? first, first));
    }
  }
  return starts;
}

/** Seconds since the run's first point. */
function relativeTimes(series: ChartedSeries, startMs: number): Float64Array {
  return series.timesMs.map((timeMs) => (timeMs - startMs) / 1000);
}

/** The steps as given; where one is missing, the position, scaled back to what it was before thinning. */
function stepsOf({ steps, values, pointCount }: ChartedSeries): Float64Array {
  const scale = values.length > 1 ? (pointCount - 1) / (values.length - 1) : 1;
  return steps.map((step, index) => (Number.isNaN(step) ? Math.round(index * scale) : step));
}

function toPoints(xs: Float64Array, values: Float64Array, logScale: boolean): Point[] {
  return Array.from(values, (value, index) => ({
    x: xs[index] ?? Number.NaN,
    y: Number.isFinite(value) && !(logScale && value <= 0) ? value : Number.NaN,
  }));
}

/** From the first to the last place of a plot; undefined where there is no length between them. */
export function xRange(plot: Plot): { readonly min: number; readonly max: number } | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const { points } of plot.lines) {
    for (const { x } of points) {
      min = Math.min(min, x);
      max = Math.max(max, x);
    }
  }
  return min < max ? { min, max } : undefined;
}

/** The drawn point of a line that is nearest to `x`; the later one of two at the same place. */
export function nearestPoint(points: readonly Point[], x: number): Point | undefined {
  let nearest: Point | undefined;
  for (const point of points) {
    if (Number.isNaN(point.y)) continue;
    if (nearest === undefined || Math.abs(point.x - x) <= Math.abs(nearest.x - x)) nearest = point;
  }
  return nearest;
}

export interface Readout {
  /** Where the nearest points lie. */
  readonly x: number;
  readonly values: readonly { readonly line: Line; readonly point: Point }[];
  /** How many lines are not listed. */
  readonly more: number;
}

/** The values under the cursor, of at most `limit` lines: those that pass nearest to it. */
export function readout(plot: Plot, x: number, y: number, limit: number): Readout | undefined {
  const all = plot.lines.flatMap((line) => {
    const point = nearestPoint(line.points, x);
    return point === undefined ? [] : [{ line, point }];
  });
  const [closest] = [...all].sort((a, b) => Math.abs(a.point.x - x) - Math.abs(b.point.x - x));
  if (closest === undefined) return undefined;
  // A line that has ended long before, or begins later, has no value there.
  const values = all
    .filter(({ line, point }) => point.x === closest.point.x || reaches(line, x))
    .sort((a, b) => Math.abs(a.point.y - y) - Math.abs(b.point.y - y))
    .slice(0, limit)
    .sort((a, b) => b.point.y - a.point.y);
  return { x: closest.point.x, values, more: all.length - values.length };
}

function reaches({ points }: Line, x: number): boolean {
  const [first] = points;
  const last = points.at(-1);
  return first !== undefined && last !== undefined && first.x <= x && x <= last.x;
}

export interface TableRow {
  readonly x: number;
  /** One for each line; undefined where it has no point there. */
  readonly values: readonly (number | undefined)[];
}

/** The points of a plot as rows of a table, at most `limit`, evenly chosen with both ends. */
export function toTableRows(
  plot: Plot,
  limit: number,
): { readonly rows: readonly TableRow[]; readonly all: number } {
  const columns = plot.lines.map((line) => new Map(line.points.map(({ x, y }) => [x, y])));
  const xs = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  const kept =
    xs.length <= limit
      ? xs
      : Array.from(
          { length: limit },
          (_, i) => xs[Math.round((i * (xs.length - 1)) / (limit - 1))],
        );
  const rows = kept.flatMap((x) =>
    x === undefined ? [] : [{ x, values: columns.map((column) => column.get(x)) }],
  );
  return { rows, all: xs.length };
}

const dashes: readonly (readonly number[])[] = [
  [],
  [7, 4],
  [2, 3],
  [10, 3, 2, 3],
  [14, 5],
  [4, 2, 1, 2, 1, 2],
];

export interface LineStyle {
  readonly color: string;
  readonly dash: readonly number[];
}

/**
 * How the n-th run is drawn. Dashes change with every run, and colours are shifted after each round,
 * so that neighbours differ in both and no pair comes twice within colours × dashes runs.
 */
export function lineStyle(index: number, colors: readonly string[]): LineStyle {
  const round = Math.floor(index / dashes.length);
  return {
    color: colors[(index + round) % colors.length] ?? 'currentColor',
    dash: dashes[index % dashes.length] ?? [],
  };
}
