import type { Series } from '../series/series';

/**
 * What a metric was at a step: the value of the point with the highest step that is not above it, of
 * several of that step the one that was written last. A point without a step counts as its position,
 * from 0. Undefined if all points come after.
 */
export function valueAtStep(
  { steps, values }: Pick<Series, 'steps' | 'values'>,
  step: number,
): number | undefined {
  let found: number | undefined;
  let foundStep = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const given = steps[index] ?? Number.NaN;
    const at = Number.isNaN(given) ? index : given;
    if (at > step || at < foundStep) continue;
    foundStep = at;
    found = values[index];
  }
  return found;
}
