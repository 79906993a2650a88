import type { ChartLayout } from '../core/chart/chartLayout';
import type { FirstLines, FirstView } from '../core/chart/firstLines';
import type { LinesRequest } from '../core/chart/linesRequest';
import type { LineView } from '../core/chart/lineView';
import type { RunId, RunStatus } from '../core/run/run';
import type { PackedLines } from '../core/series/packedLines';
import type { FirstRunHost } from './firstRunHost';
import type { PlotsHost } from './plotsHost';
import type { SavedViewsHost } from './savedViewsHost';
import type { SearchHost } from './searchHost';

export interface ChartedRun {
  readonly runId: RunId;
  readonly name: string;
  readonly status: RunStatus;
  readonly experiment: string;
  readonly startedAtMs: number;
  /** Of all its metrics together; grows as points come. */
  readonly pointCount: number;
  /** The value of what runs are grouped by; undefined where it has none, or where they are not grouped. */
  readonly group?: string;
}

export interface ChartedMetric {
  readonly key: string;
  /** How many of the shown runs have it. */
  readonly runCount: number;
}

export interface ChartsData {
  readonly runs: readonly ChartedRun[];
  /** In the order of importance: the main metric first. */
  readonly metrics: readonly ChartedMetric[];
  /** What runs can be grouped by: `experiment`, `params.lr`, `tags.data`. */
  readonly groupFields: readonly string[];
  /** Nobody chose these runs: the panel shows the newest one, and the next one when it begins. */
  readonly followsNewest: boolean;
  /** The runs that were chosen, also those that are deleted now, as that can be undone. */
  readonly chosenIds: readonly RunId[];
  /** The search whose runs these are; empty where there is none. */
  readonly search: string;
  /** How many older runs the search finds that are not shown. */
  readonly leftOut: number;
}

/** What the charts page may ask of the host. */
export interface ChartsHost extends PlotsHost, SavedViewsHost, FirstRunHost, SearchHost {
  /** The runs that this panel shows, and what there is to chart of them. */
  readCharts(groupBy: string | undefined): Promise<ChartsData>;
  readLines(request: LinesRequest): Promise<PackedLines>;
  /**
   * The lines that the page will ask for once it knows what `readCharts` answers, asked for in the same
   * moment; undefined where there are none.
   */
  readFirstLines(view: FirstView): Promise<FirstLines | undefined>;
  /** Lets the user choose other runs for this panel, in a quick pick. */
  askRuns(): Promise<void>;
  /** Shows other runs in this panel. Rejects if the search has an error. */
  showRuns(shown: ShownRuns): Promise<void>;
  openLog(runId: RunId): Promise<void>;
  /** Asks where to, and writes the file. */
  saveFile(name: string, content: Uint8Array): Promise<void>;
}

/** What the host may tell the charts page. */
export interface ChartsPage {
  /** The runs or their points changed: ask again. */
  chartsChanged(): void;
}

/** Which runs a panel shows: those that match the search, the chosen ones, or without either the newest. */
export interface ShownRuns {
  readonly runIds: readonly RunId[];
  readonly search: string;
}

/** What survives a reload of the page; the host restores a panel from it. */
export interface ChartsState extends ShownRuns {
  readonly lines: LineView;
  readonly layout: ChartLayout;
  /** What the titles of shown charts contain. */
  readonly filter: string;
  readonly hiddenRuns: readonly RunId[];
  /** Runs that stand first in the legend. */
  readonly pinnedRuns: readonly RunId[];
  /** Run ids by the place of their style, as `keepPlaces` gives them. */
  readonly stylePlaces: readonly string[];
}
