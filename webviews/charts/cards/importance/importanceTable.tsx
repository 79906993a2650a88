import type { ImportanceSpec } from '../../../../src/core/chart/chartSpec';
import { describeImportance } from '../../../../src/core/plot/paramsImportance';
import type { CardProps } from '../../cardContext';
import { PlotLoading } from '../../plot/plotState';
import { PlotTable } from '../../plot/plotTable';
import { titleOfField } from '../../plot/specTitle';
import { correlationText, importanceText } from './importanceScene';
import { useImportance } from './useImportance';

export function ImportanceTable({ spec, context }: CardProps<ImportanceSpec>) {
  const result = useImportance(spec, context);
  if (result === undefined) return <PlotLoading heightPx={160} />;
  const metric = titleOfField(spec.value);
  return (
    <PlotTable
      label={`Params by their importance for ${metric}`}
      note={describeImportance(result, metric)}
      head={['Param', 'Importance', 'Rank correlation', 'Values']}
      rows={result.params.map((param) => ({
        ...{ key: param.name, name: [param.name, ...param.sameAs].join(' = ') },
        cells: [importanceText(param), correlationText(param), String(param.valueCount)],
      }))}
    />
  );
}
