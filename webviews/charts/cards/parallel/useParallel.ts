import { useMemo } from 'preact/hooks';
import type { ParallelSpec } from '../../../../src/core/chart/chartSpec';
import { automaticAxes } from '../../../../src/core/plot/chooseFields';
import { createColumnAxis } from '../../../../src/core/plot/columnAxis';
import type { FieldChoices } from '../../../../src/core/plot/fieldChoices';
import { parsePlotField } from '../../../../src/core/plot/parsePlotField';
import type { CardContext } from '../../cardContext';
import { useChoices, usePlotData } from '../../plot/usePlotData';
import { type ParallelAxis, unitsOf } from './parallelLayout';

/** The fields of the axes, the one that colours the lines last. */
export function parallelFields(
  { axes, value }: ParallelSpec,
  choices: FieldChoices,
): readonly string[] {
  const chosen = axes.length > 0 ? axes : automaticAxes(choices);
  return [...chosen.filter((field) => field !== value), value];
}

/** Undefined until it is read. */
export function useParallel(spec: ParallelSpec, context: CardContext) {
  const choices = useChoices(context);
  const fields = choices && parallelFields(spec, choices);
  const data = usePlotData(context, fields);
  return useMemo(() => {
    if (data === undefined || fields === undefined) return undefined;
    const axes = fields.flatMap((text, at): readonly ParallelAxis[] => {
      const column = data.columns[at];
      const field = parsePlotField(text);
      if (column === undefined || field === undefined) return [];
      const axis = createColumnAxis(column, field);
      return [{ field: text, axis, column, units: unitsOf(axis, data.runs.length) }];
    });
    return { axes, runs: data.runs };
  }, [data]);
}
