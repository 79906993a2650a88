import { type FieldChoices, varyingParams } from './fieldChoices';
import { fieldText } from './plotField';

/** The first param that varies; where none does, how long a run took. */
export function automaticX(choices: FieldChoices): string {
  const [first] = varyingParams(choices);
  return first === undefined ? 'duration' : fieldText({ kind: 'param', key: first.key });
}

const maxAxes = 8;

/** Params that vary and can be read on an axis. */
export function automaticAxes(choices: FieldChoices): readonly string[] {
  return varyingParams(choices)
    .filter(({ isNumber, valueCount }) => isNumber || valueCount <= 20)
    .slice(0, maxAxes)
    .map(({ key }) => fieldText({ kind: 'param', key }));
}

/** Axes in the order that they were moved to; those that are not in it follow as they come. */
export function arrangeAxes(axes: readonly string[], order: readonly string[]): readonly string[] {
  const places = new Map(order.map((field, place) => [field, place]));
  const placeOf = (field: string) => places.get(field) ?? order.length;
  return axes.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The figure of a metric that says most: its best value. */
export function bestOf(key: string): string {
  return fieldText({ kind: 'metric', key, figure: 'best' });
}
