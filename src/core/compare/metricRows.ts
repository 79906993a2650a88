import { formatDelta, formatNumber } from '../format/formatNumber';
import { mainMetric } from '../run/mainMetric';
import { isBetter, type MetricDirection } from '../run/metricDirection';
import type { MetricSummary, Run } from '../run/run';
import { isSystemMetric } from '../run/systemMetric';
import { type ComparedCell, type ComparedRow, changeOf, type Delta } from './comparedRow';

/** Which figure of a series runs are compared by. */
export type ComparedFigure = 'last' | 'best' | 'min' | 'max' | 'first' | 'mean' | 'at';

export const figureWords: Readonly<Record<ComparedFigure, string>> = {
  last: 'last value',
  best: 'best value',
  min: 'minimum',
  max: 'maximum',
  first: 'first value',
  mean: 'mean of the last',
  at: 'value at step',
};

/** The number that belongs to a figure: of `mean` how many values, of `at` the step. */
export const firstFigureNumber = 5;

/** Whether a figure is read from the points: the summary of a metric has it not. */
export function isOfPoints(figure: ComparedFigure): figure is 'mean' | 'at' {
  return figure === 'mean' || figure === 'at';
}

/** Figures that are read from the points: of each metric one number a run, NaN where it has none. */
export type FiguresOfPoints = ReadonlyMap<string, ArrayLike<number>>;

/** A figure of a run's metric; undefined where it has none, or while it is being read. */
export function figureOf(
  metric: MetricSummary | undefined,
  figure: ComparedFigure,
  ofPoints: FiguresOfPoints | undefined,
  place: number,
): number | undefined {
  if (metric === undefined) return undefined;
  if (!isOfPoints(figure)) return metric[figure];
  const value = ofPoints?.get(metric.key)?.[place];
  // A run that never came to the step has none: it has not diverged.
  return figure === 'at' && Number.isNaN(value) ? undefined : value;
}

/**
 * One row a metric, the main one first.
 *
 * @param runs the base first.
 * @param ofPoints for the figures that need it, in the order of the runs.
 */
export function metricRows(
  runs: readonly Run[],
  figure: ComparedFigure,
  ofPoints?: FiguresOfPoints,
): readonly ComparedRow[] {
  const tables = runs.map(
    ({ metrics }) => new Map(metrics.map((metric) => [metric.key, metric] as const)),
  );
  return metricKeys(runs).map((key) => {
    const metrics = tables.map((table) => table.get(key));
    const values = metrics.map((metric, place) => figureOf(metric, figure, ofPoints, place));
    return {
      label: key,
      cells: metrics.map((metric, place) =>
        metricCell(metric, values[place], { value: values[0], isBase: place === 0 }, figure),
      ),
      differs: values.some((value) => !Object.is(value, values[0])),
    };
  });
}

/** The keys of all runs, those of the machine apart; the main one first. */
export function metricKeys(runs: readonly Run[]): readonly string[] {
  const all = runs.flatMap((run) => run.metrics).filter(({ key }) => !isSystemMetric(key));
  const main = mainMetric(all)?.key;
  const keys = [...new Set(all.map(({ key }) => key))];
  return main === undefined ? keys : [main, ...keys.filter((key) => key !== main)];
}

function metricCell(
  metric: MetricSummary | undefined,
  value: number | undefined,
  base: { readonly value: number | undefined; readonly isBase: boolean },
  figure: ComparedFigure,
): ComparedCell {
  const textOf = (each: number | undefined) => (each === undefined ? undefined : String(each));
  const change = changeOf(textOf(base.value), textOf(value), base.isBase);
  if (metric === undefined || value === undefined) return { text: '', change };
  const at = metric.bestStep === undefined ? '' : ` at step ${formatNumber(metric.bestStep)}`;
  // Without a direction the best value is only the last one again.
  const isWorthIt = figure !== 'best' && metric.direction !== undefined;
  const detail = isWorthIt ? `best ${formatNumber(metric.best)}${at}` : undefined;
  const delta =
    base.isBase || base.value === undefined
      ? undefined
      : metricDelta(value, base.value, metric.direction);
  return {
    text: formatNumber(value),
    ...(detail === undefined ? {} : { detail }),
    ...(delta === undefined ? {} : { delta }),
    change,
  };
}

/** How a value stands against another; undefined where there is nothing to count. */
export function metricDelta(
  value: number,
  base: number,
  direction: MetricDirection | undefined,
): Delta | undefined {
  const difference = value - base;
  if (!Number.isFinite(difference) || difference === 0) return undefined;
  const verdict = isBetter(direction, value, base)
    ? 'better'
    : isBetter(direction, base, value)
      ? 'worse'
      : undefined;
  return {
    // Without the noise that binary fractions bring into a difference.
    text: formatDelta(Number(difference.toPrecision(12))),
    arrow: difference > 0 ? '▲' : '▼',
    ...(verdict === undefined ? {} : { verdict }),
  };
}
