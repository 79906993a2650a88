import { useMemo } from 'preact/hooks';
import type { BarsSpec } from '../../../../src/core/chart/chartSpec';
import { createColumnAxis } from '../../../../src/core/plot/columnAxis';
import { parsePlotField } from '../../../../src/core/plot/parsePlotField';
import type { CardContext } from '../../cardContext';
import { useChoices, usePlotData } from '../../plot/usePlotData';
import { barRows } from './barRows';

export function barFields({ value, groupBy }: BarsSpec): readonly string[] {
  return groupBy === undefined ? [value] : [value, groupBy];
}

/** The bars, sorted; undefined until they are read. */
export function useBars(spec: BarsSpec, context: CardContext) {
  const choices = useChoices(context);
  const data = usePlotData(context, barFields(spec));
  return useMemo(() => {
    const [value, group] = data?.columns ?? [];
    const field = parsePlotField(spec.value);
    if (data === undefined || value === undefined || field === undefined) return undefined;
    const groupField = spec.groupBy === undefined ? undefined : parsePlotField(spec.groupBy);
    const direction =
      field.kind === 'metric'
        ? choices?.metrics.find(({ key }) => key === field.key)?.direction
        : undefined;
    const rows = barRows({
      ...{ runs: data.runs, value, isLowerBetter: direction === 'lower' },
      shortNameOf: context.shortNameOf,
      group: group && groupField && { column: group, axis: createColumnAxis(group, groupField) },
      order: spec.order === 'name' ? 'name' : 'value',
    });
    return { rows, axis: createColumnAxis(value, field, 'linear'), runCount: data.runs.length };
  }, [data, choices, spec.order, context.shortNameOf]);
}
