import type { ScatterSpec } from '../../../../src/core/chart/chartSpec';
import type { CardProps } from '../../cardContext';
import { PlotLoading } from '../../plot/plotState';
import { PlotTable } from '../../plot/plotTable';
import { useScatter } from './useScatter';

export function ScatterTable({ spec, context }: CardProps<ScatterSpec>) {
  const read = useScatter(spec, context);
  if (read === undefined) return <PlotLoading heightPx={160} />;
  const { x, y, color, size, data } = read;
  const axes = [x, y, color?.axis, size].filter((axis) => axis !== undefined);
  return (
    <PlotTable
      label={`Runs by ${x.title} and ${y.title}`}
      head={['Run', ...axes.map(({ title }) => title)]}
      rows={data.runs.map(({ runId, name }, row) => ({
        ...{ key: runId, name },
        cells: axes.map((axis) => axis.textAt(row)),
      }))}
    />
  );
}
