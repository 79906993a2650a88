import { extendSeries } from '../series/extendSeries';
import type { SeriesPart } from '../series/seriesBatch';
import { firstAtLeast } from './xAxis';

/**
 * A part of a line that was read finely, with what the line has got since: so that a part that is looked
 * at is not read again at each new point. Undefined where it has to be.
 *
 * @param before the whole line, thinned, as it was when the part was read.
 * @param after the same line now.
 */
export function extendPart(
  part: SeriesPart,
  before: SeriesPart,
  after: SeriesPart,
): SeriesPart | undefined {
  if (before === after) return part;
  if (!continues(before, after)) return undefined;
  const [end = -1, partEnd = -1] = [before.indices.at(-1), part.indices.at(-1)];
  // What lies behind the part goes on without it.
  if (part.indices.length > 0 && partEnd < end) return part;
  const isThinned =
    after.indices.length - before.indices.length < after.pointCount - before.pointCount;
  if (part.indices.length === 0 || isThinned) return undefined;
  // The part may have been read after the line was, and have some of what came since.
  const from = firstAtLeast(after.indices, partEnd + 1);
  return extendSeries(part, after, from, part.pointCount + after.indices.length - from);
}

/** Whether a line is the other one with points behind it; one that was read anew is thinned otherwise. */
function continues(before: SeriesPart, after: SeriesPart): boolean {
  const last = before.indices.length - 1;
  if (last < 0 || after.indices.length < before.indices.length) return false;
  if (after.pointCount < before.pointCount) return false;
  return (['indices', 'timesMs', 'values'] as const).every(
    (column) =>
      Object.is(after[column][last], before[column][last]) &&
      Object.is(after[column][last >> 1], before[column][last >> 1]),
  );
}
