import type { ComponentType } from 'preact';
import type { ChartKind, ChartSpec, SpecOf } from '../../src/core/chart/chartSpec';
import type { LineView } from '../../src/core/chart/lineView';
import type { Remote } from '../../src/core/rpc';
import type { RunId } from '../../src/core/run/run';
import type { ChartedMetric, ChartedRun, ChartsHost } from '../../src/protocol/chartsPage';
import type { LineStyle } from '../shared/chart/runStyles';
import type { Theme } from '../shared/theme';
import type { LineReader } from './lineReader';

/** What every card of the page stands on. */
export interface CardContext {
  readonly host: Remote<ChartsHost>;
  /** Reads lines; what several cards ask for in one moment is asked of the host together. */
  readonly readLines: LineReader;
  /** The runs to show: hidden ones are left out. Another array whenever they or their points changed. */
  readonly runs: readonly ChartedRun[];
  readonly metrics: readonly ChartedMetric[];
  readonly view: LineView;
  /** About how wide the card is, in CSS pixels; changes in leaps. */
  readonly columnPx: number;
  readonly theme: Theme;
  /** The run that the user points at in the legend or in a chart. */
  readonly highlighted: RunId | undefined;
  readonly setHighlighted: (runId: RunId | undefined) => void;
  /** How a run is drawn, in every chart alike. */
  readonly styleOf: (runId: RunId) => LineStyle;
  /** What a run is called among those of the page, where there is little room. */
  readonly shortNameOf: (runId: RunId) => string;
  /** How a group is drawn, where runs are put into groups. */
  readonly groupStyleOf: (group: string) => LineStyle;
  readonly openLog: (runId: RunId) => void;
  /** Says in the page if what was asked of the host went wrong. */
  readonly attempt: (action: Promise<void>) => void;
  /** Says so in the card, which can then be read again: for what it shows. */
  readonly attemptRead: (action: Promise<void>) => void;
}

/** A chart as a picture that can be drawn again elsewhere, larger or as vectors. */
export interface Picture {
  /** Draws it at 0, 0 in the colours of the theme, without its title. */
  draw(target: CanvasRenderingContext2D, widthPx: number, heightPx: number): void;
  readonly legend: readonly { readonly name: string; readonly style: LineStyle }[];
  /** Where it needs another height than charts have. */
  readonly heightPx?: number;
  /** What it does not show. */
  readonly note?: string;
}

export interface CardProps<TSpec extends ChartSpec> {
  readonly spec: TSpec;
  readonly context: CardContext;
}

export interface CardViewProps<TSpec extends ChartSpec> extends CardProps<TSpec> {
  /** Keeps what was chosen in the chart itself. */
  readonly onSpec: (spec: TSpec) => void;
}

export interface CardBodyProps<TSpec extends ChartSpec> extends CardViewProps<TSpec> {
  readonly title: string;
  readonly heightPx: number;
  /** Given the picture whenever there is another; without one the frame offers no PNG and SVG. */
  readonly onPicture: (picture: Picture | undefined) => void;
}

export interface CardEditorProps<TSpec extends ChartSpec> extends CardProps<TSpec> {
  readonly onChange: (spec: TSpec) => void;
}

/** One kind of chart: all that the frame needs to know of it. */
export interface CardKind<TKind extends ChartKind> {
  readonly kind: TKind;
  /** As the dialog that adds a chart names it. */
  readonly name: string;
  /** When to choose it, in one sentence. */
  readonly description: string;
  /** The title where the user gave none. */
  titleOf(spec: SpecOf<TKind>): string;
  /** What the dialog begins with; undefined where the shown runs have nothing for it. */
  draft(context: CardContext): SpecOf<TKind> | undefined;
  /** Chooses what is shown. */
  readonly Editor: ComponentType<CardEditorProps<SpecOf<TKind>>>;
  /** The chart itself; only made while it is in view. */
  readonly Body: ComponentType<CardBodyProps<SpecOf<TKind>>>;
  /** The same figures as a table. */
  readonly Table: ComponentType<CardViewProps<SpecOf<TKind>>>;
  /** All figures, exact and unthinned, as CSV; in pieces where it is long. */
  csv(spec: SpecOf<TKind>, context: CardContext): Promise<BlobPart[]>;
}
