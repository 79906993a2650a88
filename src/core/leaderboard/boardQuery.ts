import { mainMetric } from '../run/mainMetric';
import type { MetricDirection } from '../run/metricDirection';
import type { MetricSummary, Run } from '../run/run';
import { isSystemMetric } from '../run/systemMetric';
import type { ParamChoice } from './uncountedParams';

/** Which figure of a metric's series ranks a run. */
export type GoalFigure = 'best' | 'last' | 'min' | 'max' | 'first' | 'mean' | 'at';

/** What is ranked, as the user chose it. */
export interface BoardQuery extends ParamChoice {
  /** The metric that most runs are about, where it is left out. */
  readonly metric?: string;
  readonly figure: GoalFigure;
  /** Of `mean` how many of the last values, of `at` the step. */
  readonly figureNumber: number;
  /** As its name or the settings say, where it is left out. */
  readonly direction?: MetricDirection;
  readonly target?: number;
  /** In the grammar of `parseSearch`. */
  readonly search: string;
  readonly isByCode: boolean;
  /** The data that most runs read, where it is left out. */
  readonly dataKey?: string;
  /** Ranks runs whose data nobody knows beside the others. */
  readonly withUnknownData: boolean;
}

/** The metrics of some runs, counted run by run. */
export interface MetricCensus {
  add(run: Pick<Run, 'metrics'>): void;
  /** Those that most runs have first. */
  metrics(): readonly { readonly key: string; readonly runCount: number }[];
  /** What most runs are about; undefined where none has a metric. */
  main(): string | undefined;
  directionOf(key: string): MetricDirection | undefined;
}

export function createMetricCensus(): MetricCensus {
  const counts = new Map<string, number>();
  const votes = new Map<string, number>();
  const directions = new Map<string, MetricDirection>();
  return {
    add({ metrics }) {
      for (const { key, direction } of metrics) {
        if (isSystemMetric(key)) continue;
        counts.set(key, (counts.get(key) ?? 0) + 1);
        if (direction !== undefined) directions.set(key, direction);
      }
      const main = mainMetric(metrics)?.key;
      if (main !== undefined) votes.set(main, (votes.get(main) ?? 0) + 1);
    },
    metrics: () => mostFirst(counts).map(([key, runCount]) => ({ key, runCount })),
    main: () => mostFirst(votes)[0]?.[0],
    directionOf: (key) => directions.get(key),
  };
}

function mostFirst(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].sort(([a, some], [b, other]) => other - some || (a < b ? -1 : 1));
}

/** The figures that the summary of a metric has; the others are read from its points. */
export function summaryFigure(metric: MetricSummary, figure: GoalFigure): number | undefined {
  return figure === 'mean' || figure === 'at' ? undefined : metric[figure];
}
