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
  readonly x: string;
  readonly y: string;
  readonly color?: string;
  readonly title?: string;
}

/** One figure of each run, or of each group of runs. */
export interface BarsSpec {
  readonly kind: 'bars';
  readonly value: string;
  readonly groupBy?: string;
  readonly title?: string;
}

/** How one figure is spread over the runs. */
export interface HistogramSpec {
  readonly kind: 'histogram';
  readonly value: string;
  readonly title?: string;
}

/** Many fields side by side, a line through them for each run. */
export interface ParallelSpec {
  readonly kind: 'parallel';
  readonly axes: readonly string[];
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
  readonly key: string;
  readonly title?: string;
}

/** Images that runs logged, by step. */
export interface ImagesSpec {
  readonly kind: 'images';
  readonly key: string;
  readonly title?: string;
}
