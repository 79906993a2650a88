import type { ParallelSpec } from '../../../../src/core/chart/chartSpec';
import type { CardProps } from '../../cardContext';
import { PlotLoading } from '../../plot/plotState';
import { PlotTable } from '../../plot/plotTable';
import { useParallel } from './useParallel';

export function ParallelTable({ spec, context }: CardProps<ParallelSpec>) {
  const read = useParallel(spec, context);
  if (read === undefined) return <PlotLoading heightPx={160} />;
  const { axes, runs } = read;
  return (
    <PlotTable
      label="Runs with their params"
      head={['Run', ...axes.map(({ axis }) => axis.title)]}
      rows={runs.map(({ runId, name }, row) => ({
        ...{ key: runId, name },
        cells: axes.map(({ axis }) => axis.textAt(row)),
      }))}
    />
  );
}
