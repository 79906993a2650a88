import { groupBand } from '../../../../src/core/chart/groupBand';
import type { LineView } from '../../../../src/core/chart/lineView';
import { meanSpacing, smooth } from '../../../../src/core/chart/smooth';
import { type XAxisKind, xsOf } from '../../../../src/core/chart/xAxis';
import type { RunId } from '../../../../src/core/run/run';
import type { SeriesPart } from '../../../../src/core/series/seriesBatch';
import type { ChartBand, ChartLine } from '../../../shared/chart/chartLine';
import type { LineStyle } from '../../../shared/chart/runStyles';
import { groupName } from '../../state';
import type { RunLine } from './useLines';

export interface LineModel {
  readonly lines: readonly ChartLine[];
  readonly bands: readonly ChartBand[];
  /** How many lines have places put together, as groups of very many points do. */
  readonly binned: number;
}

export interface LineModelInput {
  readonly lines: readonly RunLine[];
  readonly xAxis: XAxisKind;
  readonly view: LineView;
  readonly shortNameOf: (runId: RunId) => string;
  readonly styleOf: (runId: RunId) => LineStyle;
  readonly groupStyleOf: (group: string) => LineStyle;
  /** The epochs of each run, for the axis of epochs. */
  readonly epochs: ReadonlyMap<RunId, SeriesPart>;
}

/** What a chart draws of the lines that were read: places along the axis, smoothed, put into groups. */
export function toLineModel(input: LineModelInput): LineModel {
  const { lines, view, styleOf, shortNameOf } = input;
  const severalKeys = new Set(lines.map(({ key }) => key)).size > 1;
  const placed = lines.map((line): ChartLine & { readonly of: RunLine } => {
    const { run, key, series } = line;
    const epochs = input.epochs.get(run.runId);
    const { xs, smoothed } = placeLine(
      series,
      input.xAxis,
      run.startedAtMs,
      epochs,
      view.smoothing,
    );
    return {
      of: line,
      id: severalKeys ? `${run.runId} ${key}` : run.runId,
      name: severalKeys ? `${run.name} · ${key}` : run.name,
      shortName: severalKeys ? `${shortNameOf(run.runId)} · ${key}` : shortNameOf(run.runId),
      style: styleOf(run.runId),
      xs,
      ys: smoothed,
      ...(smoothed === series.values ? {} : { raw: series.values }),
    };
  });
  if (view.groupBy === undefined) return { lines: placed, bands: [], binned: 0 };
  return groupLines(placed, input, severalKeys);
}

function groupLines(
  placed: readonly (ChartLine & { readonly of: RunLine })[],
  { view, groupStyleOf }: LineModelInput,
  severalKeys: boolean,
): LineModel {
  const groups = new Map<string, { readonly name: string; readonly lines: ChartLine[] }>();
  for (const line of placed) {
    const name = groupName(line.of.run.group, view.groupBy ?? '');
    const id = severalKeys ? `${name} · ${line.of.key}` : name;
    const group = groups.get(id) ?? { name, lines: [] };
    group.lines.push(line);
    groups.set(id, group);
  }
  const lines: ChartLine[] = [];
  const bands: ChartBand[] = [];
  let binned = 0;
  for (const [id, group] of groups) {
    const style = groupStyleOf(group.name);
    const band = groupBand(group.lines);
    const { xs, mean, deviation, min, max } = band;
    binned += band.isBinned ? 1 : 0;
    const count = `${group.lines.length} ${group.lines.length === 1 ? 'run' : 'runs'}`;
    lines.push({ id, name: `${id} (mean of ${count})`, style, xs, ys: mean });
    bands.push(
      view.band === 'range'
        ? { id, style, xs, low: min, high: max }
        : {
            ...{ id, style, xs },
            low: mean.map((value, at) => value - (deviation[at] as number)),
            high: mean.map((value, at) => value + (deviation[at] as number)),
          },
    );
  }
  return { lines, bands, binned };
}

interface Placed {
  readonly as: string;
  readonly epochs: SeriesPart | undefined;
  readonly xs: Float64Array;
  readonly smoothed: Float64Array;
}

const known = new WeakMap<SeriesPart, Placed>();

/** The same columns for the same series, so that what is drawn of them is found once. */
function placeLine(
  series: SeriesPart,
  xAxis: XAxisKind,
  startMs: number,
  epochs: SeriesPart | undefined,
  weight: number,
): Placed {
  const as = `${xAxis} ${startMs} ${weight}`;
  const before = known.get(series);
  if (before?.as === as && before.epochs === epochs) return before;
  const xs = xsOf(series, xAxis, startMs, epochs);
  const smoothed =
    weight > 0
      ? smooth(xs, series.values, weight, meanSpacing(xs, series.pointCount))
      : series.values;
  const placed = { as, epochs, xs, smoothed };
  known.set(series, placed);
  return placed;
}
