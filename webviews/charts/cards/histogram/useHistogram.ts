import { useEffect, useMemo, useState } from 'preact/hooks';
import type { HistogramSpec } from '../../../../src/core/chart/chartSpec';
import { formatNumber } from '../../../../src/core/format/formatNumber';
import { suitsLog } from '../../../../src/core/plot/axisScale';
import { fieldFormat } from '../../../../src/core/plot/columnAxis';
import { toHistogram } from '../../../../src/core/plot/histogram';
import { parsePlotField } from '../../../../src/core/plot/parsePlotField';
import type { ChartedRun } from '../../../../src/protocol/chartsPage';
import type { CardContext } from '../../cardContext';
import { titleOfField } from '../../plot/specTitle';
import { usePlotData } from '../../plot/usePlotData';

/** All points of a metric are counted, of no more runs than that. */
export const maxPointRuns = 20;

/** What is counted: one figure a run, or all points of some runs. */
export function useHistogram(spec: HistogramSpec, context: CardContext) {
  const isOfPoints = spec.of === 'points';
  const data = usePlotData(context, isOfPoints ? undefined : [spec.value]);
  const points = usePoints(isOfPoints ? spec.value : undefined, context);
  return useMemo(() => {
    const [column] = data?.columns ?? [];
    const values = isOfPoints
      ? points
      : column?.kind === 'number'
        ? column.numbers
        : new Float64Array();
    if (values === undefined || (!isOfPoints && data === undefined)) return undefined;
    const isLog = spec.scale === 'log' || (spec.scale !== 'linear' && suitsLog(values));
    const field = isOfPoints ? undefined : parsePlotField(spec.value);
    return {
      ...{ values, isLog, runs: isOfPoints ? undefined : data?.runs },
      histogram: toHistogram(values, { isLog }),
      title: isOfPoints ? spec.value : titleOfField(spec.value),
      counted: isOfPoints ? 'points' : 'runs',
      format: field === undefined ? formatNumber : fieldFormat(field),
    };
  }, [data, points, spec.value, spec.of, spec.scale]);
}

export type HistogramRead = NonNullable<ReturnType<typeof useHistogram>>;

function usePoints(key: string | undefined, context: CardContext): Float64Array | undefined {
  const [read, setRead] = useState<{ readonly key: string; readonly points: Float64Array }>();
  const runs = context.runs.slice(0, maxPointRuns);
  const state = runs.map(({ runId, pointCount }) => `${runId} ${pointCount}`).join();
  useEffect(() => {
    if (key === undefined) return;
    let isGone = false;
    context.attemptRead(
      readPoints(key, runs, context.readLines).then((points) => {
        if (!isGone) setRead({ key, points });
      }),
    );
    return () => {
      isGone = true;
    };
  }, [key, state]);
  return read?.key === key ? read?.points : undefined;
}

/** The values of all points, not thinned. */
async function readPoints(
  key: string,
  runs: readonly ChartedRun[],
  readLines: CardContext['readLines'],
): Promise<Float64Array> {
  const runIds = runs.map(({ runId }) => runId);
  const lines = await readLines({ wanted: [{ key, runIds }], buckets: 0 });
  const all = new Float64Array(lines.reduce((sum, { values }) => sum + values.length, 0));
  let at = 0;
  for (const { values } of lines) {
    all.set(values, at);
    at += values.length;
  }
  return all;
}

/** The runs whose value lies in a bin. */
export function runsInBin(
  { runs, values, histogram }: HistogramRead,
  bin: number,
): readonly ChartedRun[] {
  if (runs === undefined || histogram === undefined) return [];
  const [from = 0, to = 0] = [histogram.edges[bin], histogram.edges[bin + 1]];
  const isLast = bin === histogram.counts.length - 1;
  return runs.filter((_, row) => {
    const value = values[row] ?? Number.NaN;
    return value >= from && (isLast ? value <= to : value < to);
  });
}
