import { useEffect, useMemo, useState } from 'preact/hooks';
import type { LineSpec } from '../../../../src/core/chart/chartSpec';
import type { Range } from '../../../shared/chart/chartRange';
import { LineChart } from '../../../shared/chart/lineChart';
import type { CardBodyProps } from '../../cardContext';
import { bucketsFor, xAxisOf } from '../../state';
import { describeUndrawn } from './describeUndrawn';
import { linePicture } from './linePicture';
import { toChartLines } from './toChartLines';
import { useLines } from './useLines';

/** Metrics over steps or time. */
export function LineBody({ spec, context, title, heightPx, onPicture }: CardBodyProps<LineSpec>) {
  const { runs, view, theme, styleOf } = context;
  const [range, setRange] = useState<Range>();
  const read = useLines(context, spec.metrics, bucketsFor(window.innerWidth, runs.length));
  const xAxis = xAxisOf(spec, view.xAxis);
  const lines = useMemo(() => toChartLines(read ?? [], xAxis, styleOf), [read, xAxis, styleOf]);
  const axes = useMemo(
    () => ({ isLogX: view.isLogX && xAxis !== 'wallTime', isLogY: view.isLogY }),
    [view.isLogX, view.isLogY, xAxis],
  );
  useEffect(
    () => onPicture(linePicture({ lines, bands: [], axes, xAxis, range })),
    [lines, axes, xAxis, range],
  );
  const note = describeUndrawn(lines, axes);
  return (
    <>
      <LineChart
        label={title}
        lines={lines}
        xAxis={xAxis}
        axes={axes}
        theme={theme}
        heightPx={heightPx}
        range={range}
        onRange={setRange}
        highlighted={context.highlighted}
        isLive={runs.some(({ status }) => status === 'running')}
        onPoint={({ line }) => {
          const run = runs.find(({ runId }) => line.id.startsWith(runId));
          if (run !== undefined) context.openLog(run.runId);
        }}
      />
      {note !== undefined && <p class="note muted">{note}</p>}
    </>
  );
}
