import type { HistogramSpec } from '../../../../src/core/chart/chartSpec';
import type { CardProps } from '../../cardContext';
import { PlotEmpty, PlotLoading } from '../../plot/plotState';
import { PlotTable } from '../../plot/plotTable';
import { useHistogram } from './useHistogram';

export function HistogramTable({ spec, context }: CardProps<HistogramSpec>) {
  const read = useHistogram(spec, context);
  if (read === undefined) return <PlotLoading heightPx={160} />;
  const { histogram, format, title, counted } = read;
  if (histogram === undefined) return <PlotEmpty heightPx={160}>Nothing to count.</PlotEmpty>;
  return (
    <PlotTable
      label={`Bins of ${title}`}
      head={['From', 'To', counted]}
      rows={Array.from(histogram.counts, (count, bin) => ({
        key: String(bin),
        name: format(histogram.edges[bin] ?? 0),
        cells: [format(histogram.edges[bin + 1] ?? 0), String(count)],
      }))}
    />
  );
}
