import type { SeriesPart } from '../series/seriesBatch';

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
  const known = before.indices.length;
  if (!continues(before, after)) return undefined;
  const end = before.indices.at(-1);
  // What lies behind the part goes on without it.
  if (part.indices.length > 0 && part.indices.at(-1) !== end) return part;
  const added = after.indices.length - known;
  const isThinned = added < after.pointCount - before.pointCount;
  if (part.indices.length === 0 || isThinned) return undefined;
  const join = (column: 'steps' | 'values' | 'timesMs') => {
    const joined = new Float64Array(part[column].length + added);
    joined.set(part[column]);
    joined.set(after[column].subarray(known), part[column].length);
    return joined;
  };
  const indices = new Uint32Array(part.indices.length + added);
  indices.set(part.indices);
  indices.set(after.indices.subarray(known), part.indices.length);
  return {
    steps: join('steps'),
    values: join('values'),
    timesMs: join('timesMs'),
    indices,
    pointCount: part.pointCount + added,
  };
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
