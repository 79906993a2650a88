import { useEffect, useMemo, useState } from 'preact/hooks';
import type { LineSpec } from '../../../../src/core/chart/chartSpec';
import { bucketsFor } from '../../../../src/core/chart/lineThinning';
import type { Range } from '../../../shared/chart/chartRange';
import { LineChart } from '../../../shared/chart/lineChart';
import type { CardBodyProps } from '../../cardContext';
import { PlotLoading } from '../../plot/plotState';
import { describeLines } from './describeLines';
import { linePicture } from './linePicture';
import { useLineModel } from './useLineModel';
import { useZoom } from './useZoom';

/** Metrics over steps or time. */
export function LineBody({ spec, context, title, heightPx, onPicture }: CardBodyProps<LineSpec>) {
  const { runs, view, theme } = context;
  const [zoom, setZoom] = useState<{ readonly xAxis: string; readonly range: Range }>();
  const { read, model: whole, xAxis, toModel } = useLineModel(spec, context);
  // Along another axis the numbers of a zoom mean something else.
  const range = zoom?.xAxis === xAxis ? zoom.range : undefined;
  const buckets = bucketsFor(context.columnPx, read?.length ?? 1, false);
  const placed = view.groupBy === undefined ? whole.lines : [];
  const finer = useZoom(context, read, placed, xAxis, range, buckets);
  const model = useMemo(
    () => (finer === undefined ? whole : toModel(finer)),
    [finer, whole, toModel],
  );
  const { lines, bands } = model;
  const axes = useMemo(
    () => ({ isLogX: view.isLogX && xAxis !== 'wallTime', isLogY: view.isLogY }),
    [view.isLogX, view.isLogY, xAxis],
  );
  useEffect(
    () => onPicture(linePicture({ lines, bands, axes, xAxis, range })),
    [lines, bands, axes, xAxis, range],
  );
  const notes = useMemo(
    () => describeLines({ model, read: finer ?? read ?? [], axes, view, xAxis }),
    [model, finer, read, axes, view, xAxis],
  );
  const hasRunning = runs.some(({ status }) => status === 'running');
  if (read === undefined) return <PlotLoading heightPx={heightPx} />;
  return (
    <>
      <LineChart
        label={title}
        lines={lines}
        bands={bands}
        xAxis={xAxis}
        axes={axes}
        theme={theme}
        heightPx={heightPx}
        range={range}
        onRange={(next) => setZoom(next && { xAxis, range: next })}
        highlighted={context.highlighted}
        isLive={hasRunning}
      />
      {(range !== undefined || notes.length > 0) && (
        <div class="notes muted">
          {range !== undefined && (
            <button type="button" class="text-button" onClick={() => setZoom(undefined)}>
              Reset Zoom
            </button>
          )}
          {notes.length > 0 && <span>{notes.join(' · ')}</span>}
        </div>
      )}
    </>
  );
}
