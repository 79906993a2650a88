import type { Series } from '../series/series';
import type { SeriesPart } from '../series/seriesBatch';

/**
 * A line with what came after it: `fresh` may begin with points that the line has already. Undefined where
 * `fresh` cannot be its continuation, so that the line is to be read anew.
 */
export function appendLine(line: SeriesPart, fresh: SeriesPart): SeriesPart | undefined {
  const lastIndex = line.indices.at(-1);
  const end = fresh.indices.at(-1);
  if (lastIndex === undefined)
    return end === undefined || fresh.indices[0] === 0 ? fresh : undefined;
  if (end === undefined || end < lastIndex) return undefined;
  let from = 0;
  while (from < fresh.indices.length && (fresh.indices[from] as number) <= lastIndex) from++;
  // What lies between was thinned away only if points of it are here.
  const isNext = from > 0 || (fresh.indices[from] as number) === lastIndex + 1;
  if (!isNext) return undefined;
  const join = (column: keyof Series) => {
    const joined = new Float64Array(line[column].length + fresh[column].length - from);
    joined.set(line[column]);
    joined.set(fresh[column].subarray(from), line[column].length);
    return joined;
  };
  const indices = new Uint32Array(line.indices.length + fresh.indices.length - from);
  indices.set(line.indices);
  indices.set(fresh.indices.subarray(from), line.indices.length);
  return {
    steps: join('steps'),
    values: join('values'),
    timesMs: join('timesMs'),
    indices,
    pointCount: end + 1,
  };
}
