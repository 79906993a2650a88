import { useMemo } from 'preact/hooks';
import type { ParallelSpec } from '../../../../src/core/chart/chartSpec';
import { rangeOf } from '../../../../src/core/plot/axisScale';
import { arrangeAxes, automaticAxes } from '../../../../src/core/plot/chooseFields';
import { createColumnAxis, invertAxis } from '../../../../src/core/plot/columnAxis';
import type { FieldChoices } from '../../../../src/core/plot/fieldChoices';
import { parsePlotField } from '../../../../src/core/plot/parsePlotField';
import type { CardContext } from '../../cardContext';
import { useChoices, usePlotData } from '../../plot/usePlotData';
import { type ParallelAxis, unitsOf } from './parallelLayout';

/** The fields of the axes from the left, the one that colours the lines last. */
export function parallelFields(
  { axes, value, order = [] }: ParallelSpec,
  choices: FieldChoices,
): readonly string[] {
  const chosen = axes.length > 0 ? axes : automaticAxes(choices);
  const others = chosen.filter((field) => field !== value);
  return [...arrangeAxes(others, order), value];
}

/** Undefined until it is read. */
export function useParallel(spec: ParallelSpec, context: CardContext) {
  const choices = useChoices(context);
  const fields = choices && parallelFields(spec, choices);
  // Asked for in an order of their own: an axis that is moved is none to read.
  const asked = fields?.toSorted();
  const data = usePlotData(context, asked);
  // What is brushed makes no other axes.
  const shape = fields?.map((field) => {
    const { scale, isInverted = false } = spec.views?.[field] ?? {};
    return { field, scale, isInverted };
  });
  return useMemo(() => {
    if (data === undefined || asked === undefined || shape === undefined) return undefined;
    const axes = shape.flatMap(({ field: text, scale, isInverted }): readonly ParallelAxis[] => {
      const column = data.columns[asked.indexOf(text)];
      const field = parsePlotField(text);
      if (column === undefined || field === undefined) return [];
      const upright = createColumnAxis(column, field, scale);
      const axis = isInverted ? invertAxis(upright) : upright;
      const canBeLog = column.kind === 'number' && rangeOf(column.numbers, true) !== undefined;
      const units = unitsOf(axis, data.runs.length);
      return [{ field: text, axis, isInverted, canBeLog, column, units }];
    });
    return { axes, runs: data.runs };
  }, [data, JSON.stringify(shape)]);
}
