import type { BarsSpec } from '../../../../src/core/chart/chartSpec';
import type { CardProps } from '../../cardContext';
import { PlotLoading } from '../../plot/plotState';
import { PlotTable } from '../../plot/plotTable';
import { titleOfField } from '../../plot/specTitle';
import { useBars } from './useBars';

export function BarsTable({ spec, context }: CardProps<BarsSpec>) {
  const read = useBars(spec, context);
  if (read === undefined) return <PlotLoading heightPx={160} />;
  const { rows, axis } = read;
  const isGrouped = spec.groupBy !== undefined;
  const head = isGrouped
    ? [titleOfField(spec.groupBy ?? ''), `${axis.title}, mean`, 'Standard deviation', 'Runs']
    : ['Run', axis.title];
  return (
    <PlotTable
      label={`Bars of ${axis.title}`}
      head={head}
      rows={rows.map(({ name, value, std, runs }) => ({
        key: runs[0]?.runId ?? name,
        name,
        cells: isGrouped
          ? [axis.format(value), std === undefined ? '' : axis.format(std), String(runs.length)]
          : [axis.format(value)],
      }))}
    />
  );
}
