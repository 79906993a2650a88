import { parsePlotField } from '../../../src/core/plot/parsePlotField';
import { fieldTitle } from '../../../src/core/plot/plotField';

/** A field as a title names it. */
export function titleOfField(text: string): string {
  const field = parsePlotField(text);
  return field === undefined ? text : fieldTitle(field);
}
