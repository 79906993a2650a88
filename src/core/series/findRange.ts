import type { Series } from './series';
import type { SeriesRange } from './seriesBatch';

/**
 * From which position up to which, not included, the points lie that a range asks for, with a neighbour on
 * each side, so that lines go on to the edge. Where steps go back, as of a training that was resumed, what
 * lies between belongs to it too.
 */
export function findRange(
  { steps, timesMs, values }: Series,
  { fromStep, toStep, fromMs, toMs }: SeriesRange,
): { readonly from: number; readonly to: number } {
  const count = values.length;
  const isBySteps = fromStep !== undefined || toStep !== undefined;
  const isByTime = fromMs !== undefined || toMs !== undefined;
  if (!isBySteps && !isByTime) return { from: 0, to: count };
  const stepOf = (index: number) => {
    const step = steps[index] as number;
    return Number.isNaN(step) ? index : step;
  };
  const lowStep = fromStep ?? Number.NEGATIVE_INFINITY;
  const highStep = toStep ?? Number.POSITIVE_INFINITY;
  const lowMs = fromMs ?? Number.NEGATIVE_INFINITY;
  const highMs = toMs ?? Number.POSITIVE_INFINITY;
  /** Whether the line from the point before to this one meets the range. */
  const meets = (index: number) => {
    const before = Math.max(0, index - 1);
    const [a, b] = [stepOf(before), stepOf(index)];
    if (isBySteps && !(Math.max(a, b) >= lowStep && Math.min(a, b) <= highStep)) return false;
    const [s, t] = [timesMs[before] as number, timesMs[index] as number];
    return !isByTime || (Math.max(s, t) >= lowMs && Math.min(s, t) <= highMs);
  };
  let from = 0;
  while (from < count && !meets(from)) from++;
  if (from === count) return { from: 0, to: 0 };
  let to = count;
  while (!meets(to - 1)) to--;
  return { from: Math.max(0, from - 1), to };
}
