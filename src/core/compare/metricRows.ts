import { formatDelta, formatNumber } from '../format/formatNumber';
import { mainMetric } from '../run/mainMetric';
import { isBetter, type MetricDirection } from '../run/metricDirection';
import type { MetricSummary, Run } from '../run/run';
import { isSystemMetric } from '../run/systemMetric';
import type { ComparedCell, ComparedRow, Delta } from './comparedRow';

/** Which figure of a series runs are compared by. */
export type ComparedFigure = 'last' | 'best' | 'min' | 'max' | 'first';

export const figureWords: Readonly<Record<ComparedFigure, string>> = {
  last: 'last value',
  best: 'best value',
  min: 'minimum',
  max: 'maximum',
  first: 'first value',
};

/** One row a metric, the main one first. @param runs the base first. */
export function metricRows(runs: readonly Run[], figure: ComparedFigure): readonly ComparedRow[] {
  const tables = runs.map(
    ({ metrics }) => new Map(metrics.map((metric) => [metric.key, metric] as const)),
  );
  return metricKeys(runs).map((key) => {
    const metrics = tables.map((table) => table.get(key));
    const [base] = metrics;
    const cells = metrics.map((metric, index) => metricCell(metric, base, figure, index === 0));
    return {
      label: key,
      cells,
      differs: metrics.some((metric) => !Object.is(metric?.[figure], base?.[figure])),
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
  base: MetricSummary | undefined,
  figure: ComparedFigure,
  isBase: boolean,
): ComparedCell {
  if (metric === undefined) {
    return { text: '', change: isBase ? 'base' : base === undefined ? 'same' : 'removed' };
  }
  const value = metric[figure];
  const at = metric.bestStep === undefined ? '' : ` at step ${formatNumber(metric.bestStep)}`;
  // Without a direction the best value is only the last one again.
  const isWorthIt = figure !== 'best' && metric.direction !== undefined;
  const detail = isWorthIt ? `best ${formatNumber(metric.best)}${at}` : undefined;
  const delta =
    isBase || base === undefined
      ? undefined
      : metricDelta(value, base[figure], metric.direction ?? base.direction);
  return {
    text: formatNumber(value),
    ...(detail === undefined ? {} : { detail }),
    ...(delta === undefined ? {} : { delta }),
    change: isBase
      ? 'base'
      : base === undefined
        ? 'added'
        : Object.is(value, base[figure])
          ? 'same'
          : 'changed',
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
