import type { AxisViews } from '../plot/axisView';

/**
 * What a chart shows, apart from the runs it shows it of: plain data that a page keeps and a saved
 * view holds. A field such as `params.lr` or `best(metrics.val_acc)` is written as in a search.
 */
export type ChartSpec =
  | LineSpec
  | ScatterSpec
  | BarsSpec
  | HistogramSpec
  | ParallelSpec
  | ImportanceSpec
  | ConfusionSpec
  | ImagesSpec;

export type ChartKind = ChartSpec['kind'];

/** The specification of one kind. */
export type SpecOf<TKind extends ChartKind> = Extract<ChartSpec, { readonly kind: TKind }>;

/** Metrics over steps or time, a line for each run. */
export interface LineSpec {
  readonly kind: 'line';
  readonly metrics: readonly string[];
  readonly title?: string;
}

/** One figure against another, a point for each run. */
export interface ScatterSpec {
  readonly kind: 'scatter';
  /** Empty for the first param that varies. */
  readonly x: string;
  readonly y: string;
  readonly color?: string;
  readonly size?: string;
  /** `linear` or `log`; left out, what shows the values better. */
  readonly xScale?: string;
  readonly yScale?: string;
  /** The runs whose points are chosen. */
  readonly chosen?: readonly string[];
  readonly title?: string;
}

/** One figure of each run, or of each group of runs. */
export interface BarsSpec {
  readonly kind: 'bars';
  readonly value: string;
  readonly groupBy?: string;
  /** `name`; left out, by value. */
  readonly order?: string;
  /** The group that is chosen, by its name. */
  readonly chosen?: string;
  readonly title?: string;
}

/** How one figure is spread over the runs. */
export interface HistogramSpec {
  readonly kind: 'histogram';
  /** A figure of each run, or a metric's key if `of` is `points`. */
  readonly value: string;
  /** `points`: all values of the metric's series; left out, one figure a run. */
  readonly of?: string;
  /** `linear` or `log`; left out, what shows the values better. */
  readonly scale?: string;
  /** The edges of the bin that is chosen. */
  readonly chosen?: { readonly from: number; readonly to: number };
  readonly title?: string;
}

/** Many fields side by side, a line through them for each run. */
export interface ParallelSpec {
  readonly kind: 'parallel';
  /** Empty for the params that vary. */
  readonly axes: readonly string[];
  /** The last axis, whose values colour the lines. */
  readonly value: string;
  /** The axes before it from the left, once one was moved; others follow as they come. */
  readonly order?: readonly string[];
  readonly views?: AxisViews;
  readonly title?: string;
}

/** Which params go with one figure. */
export interface ImportanceSpec {
  readonly kind: 'importance';
  readonly value: string;
  readonly title?: string;
}

/** A confusion matrix that runs logged, by step. */
export interface ConfusionSpec {
  readonly kind: 'confusion';
  /** Empty for the first that a run logged. */
  readonly key: string;
  /** `row` or `column`: as shares of it; left out, as logged. */
  readonly by?: string;
  readonly step?: ShownStep;
  readonly title?: string;
}

/** Images that runs logged, by step. */
export interface ImagesSpec {
  readonly kind: 'images';
  /** Empty for the first that a run logged. */
  readonly key: string;
  readonly step?: ShownStep;
  readonly title?: string;
}

/** Of what is logged by step; `none` for what has no step. Left out, the last there is. */
export type ShownStep = number | 'none';
