import type { Series } from './series';
import type { SeriesPart } from './seriesBatch';

/**
 * A part of a series with points of another behind its own: those of `fresh` from its place `from` on.
 *
 * @param pointCount of the series that it is a part of then.
 */
export function extendSeries(
  part: SeriesPart,
  fresh: SeriesPart,
  from: number,
  pointCount: number,
): SeriesPart {
  const { length } = part.indices;
  const total = length + fresh.indices.length - from;
  const join = (column: keyof Series) => {
    const joined = new Float64Array(total);
    joined.set(part[column]);
    joined.set(fresh[column].subarray(from), length);
    return joined;
  };
  const indices = new Uint32Array(total);
  indices.set(part.indices);
  indices.set(fresh.indices.subarray(from), length);
  return {
    steps: join('steps'),
    values: join('values'),
    timesMs: join('timesMs'),
    ...{ indices, pointCount },
  };
}
