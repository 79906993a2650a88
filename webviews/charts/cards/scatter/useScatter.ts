import { useMemo } from 'preact/hooks';
import type { ScatterSpec } from '../../../../src/core/chart/chartSpec';
import { automaticX } from '../../../../src/core/plot/chooseFields';
import { type ColumnAxis, createColumnAxis } from '../../../../src/core/plot/columnAxis';
import type { FieldChoices } from '../../../../src/core/plot/fieldChoices';
import { parsePlotField } from '../../../../src/core/plot/parsePlotField';
import type { PlotField } from '../../../../src/core/plot/plotField';
import type { CardContext } from '../../cardContext';
import { useChoices, usePlotData } from '../../plot/usePlotData';

/** The fields of a scatter chart: x, y, and those of colour and size where they are chosen. */
export function scatterFields(
  { x, y, color, size }: ScatterSpec,
  choices: FieldChoices,
): readonly string[] {
  return [
    x === '' ? automaticX(choices) : x,
    y,
    ...(color === undefined ? [] : [color]),
    ...(size === undefined ? [] : [size]),
  ];
}

const unknown: PlotField = { kind: 'param', key: '?' };

/** Undefined until it is read. */
export function useScatter(spec: ScatterSpec, context: CardContext) {
  const choices = useChoices(context);
  const fields = choices && scatterFields(spec, choices);
  const data = usePlotData(context, fields);
  return useMemo(() => {
    if (data === undefined || fields === undefined) return undefined;
    const axes = fields.map((text, at): ColumnAxis | undefined => {
      const column = data.columns[at];
      const scale = [spec.xScale, spec.yScale][at];
      const kind = scale === 'log' || scale === 'linear' ? scale : undefined;
      return column && createColumnAxis(column, parsePlotField(text) ?? unknown, kind);
    });
    const [x, y] = axes;
    if (x === undefined || y === undefined) return undefined;
    const colorAt = spec.color === undefined ? -1 : 2;
    const sizeAt = spec.size === undefined ? -1 : axes.length - 1;
    const [colorAxis, colorColumn] = [axes[colorAt], data.columns[colorAt]];
    return {
      ...{ data, x, y, size: axes[sizeAt] },
      color: colorAxis && colorColumn && { axis: colorAxis, column: colorColumn },
    };
  }, [data, spec.xScale, spec.yScale]);
}
