import { extendSeries } from '../series/extendSeries';
import type { SeriesPart } from '../series/seriesBatch';
import { firstAtLeast } from './xAxis';

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
  const from = firstAtLeast(fresh.indices, lastIndex + 1);
  // What lies between was thinned away only if points of it are here.
  const isNext = from > 0 || (fresh.indices[from] as number) === lastIndex + 1;
  if (!isNext) return undefined;
  return extendSeries(line, fresh, from, end + 1);
}
