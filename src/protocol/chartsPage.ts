import type { RunId, RunStatus } from '../core/run/run';

export interface ChartedRun {
  readonly runId: RunId;
  readonly name: string;
  readonly status: RunStatus;
}

/** One line of a chart, thinned by the host to what a screen can show. */
export interface ChartedSeries {
  readonly runId: RunId;
  /** NaN where the source gave no step; the page then takes the position. */
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** Milliseconds since 1970. */
  readonly timesMs: Float64Array;
  /** How many points there are before thinning. */
  readonly pointCount: number;
}

export interface Chart {
  readonly key: string;
  readonly series: readonly ChartedSeries[];
}

export interface ChartsData {
  readonly runs: readonly ChartedRun[];
  /** In the order of importance: the main metric first. */
  readonly charts: readonly Chart[];
  /** Nobody chose these runs: the panel shows the newest one, and the next one when it begins. */
  readonly followsNewest: boolean;
}

/** What the charts page may ask of the host. */
export interface ChartsHost {
  /** The runs that this panel shows, each series in at most `4 × buckets` points. */
  readCharts(buckets: number): Promise<ChartsData>;
  /** Lets the user choose other runs to show, in a quick pick. */
  askRuns(): Promise<void>;
  openLog(runId: RunId): Promise<void>;
}

/** What the host may tell the charts page. */
export interface ChartsPage {
  /** The runs or their points changed: ask again. */
  chartsChanged(): void;
}

/** What survives a reload of the page; the host restores a panel from it. */
export interface ChartsState {
  /** The runs of the host's answer; empty while that follows the newest run. */
  readonly runIds: readonly RunId[];
  readonly xAxis: 'step' | 'time';
  readonly logScale: boolean;
}
