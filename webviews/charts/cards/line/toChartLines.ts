import type { CountedSeries } from '../../../../src/core/chart/lineColumns';
import { type XAxisKind, xsOf } from '../../../../src/core/chart/xAxis';
import type { RunId } from '../../../../src/core/run/run';
import type { ChartLine } from '../../../shared/chart/chartLine';
import type { LineStyle } from '../../../shared/chart/runStyles';
import type { RunLine } from './useLines';

const known = new WeakMap<CountedSeries, Map<string, Float64Array>>();

/** Where the points of a series lie; the same columns for the same series. */
function placesOf(series: CountedSeries, xAxis: XAxisKind, startMs: number): Float64Array {
  const key = `${xAxis} ${startMs}`;
  const places = known.get(series) ?? new Map<string, Float64Array>();
  known.set(series, places);
  const xs = places.get(key) ?? xsOf(series, xAxis, startMs);
  places.set(key, xs);
  return xs;
}

/** What is drawn of the lines that were read. */
export function toChartLines(
  lines: readonly RunLine[],
  xAxis: XAxisKind,
  styleOf: (runId: RunId) => LineStyle,
): readonly ChartLine[] {
  const severalKeys = new Set(lines.map(({ key }) => key)).size > 1;
  return lines.map(({ run, key, series }) => ({
    id: severalKeys ? `${run.runId} ${key}` : run.runId,
    name: severalKeys ? `${run.name} · ${key}` : run.name,
    style: styleOf(run.runId),
    xs: placesOf(series, xAxis, run.startedAtMs),
    ys: series.values,
  }));
}
