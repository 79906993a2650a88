import type { Series } from '../series/series';
import type { FoundSeries } from './logReading';

/** A moment that is known: where in the log a point stands, in bytes, and when it was recorded. */
export interface Anchor {
  readonly place: number;
  readonly timeMs: number;
}

/** How many recorded points are looked at for one that is found again. */
const lookAhead = 64;

/**
 * When each found point was recorded before; NaN for those that were not. Both are in the order of the
 * log, so of two that are alike the first is the first.
 */
export function recordedTimes(found: FoundSeries, old: Series | undefined): Float64Array {
  const times = new Float64Array(found.values.length).fill(Number.NaN);
  if (old === undefined) return times;
  let at = 0;
  for (let index = 0; index < times.length; index++) {
    const end = Math.min(old.values.length, at + lookAhead);
    for (let place = at; place < end; place++) {
      if (!Object.is(old.values[place], found.values[index])) continue;
      if (!Object.is(old.steps[place], found.steps[index])) continue;
      times[index] = old.timesMs[place] ?? Number.NaN;
      at = place + 1;
      break;
    }
  }
  return times;
}

/**
 * The moments of places in a log, of which some are known: between two known ones time passes as the
 * log grows. An anchor that would turn time back is left out.
 */
export function createLogClock(
  anchors: readonly Anchor[],
  log: { readonly startedAtMs: number; readonly endedAtMs: number; readonly sizeBytes: number },
): (place: number) => number {
  const places = [0];
  const times = [log.startedAtMs];
  for (const { place, timeMs } of [...anchors].sort((a, b) => a.place - b.place)) {
    if (timeMs < (times.at(-1) ?? 0) || timeMs > log.endedAtMs) continue;
    if (place === places.at(-1)) continue;
    places.push(place);
    times.push(timeMs);
  }
  places.push(Math.max(log.sizeBytes, (places.at(-1) ?? 0) + 1));
  times.push(log.endedAtMs);
  return (place) => {
    const after = firstAfter(places, place);
    const before = Math.max(0, after - 1);
    const [place0, time0] = [places[before] ?? 0, times[before] ?? 0];
    const [place1, time1] = [places[after] ?? place0, times[after] ?? time0];
    if (place1 === place0) return time0;
    return Math.round(time0 + ((place - place0) / (place1 - place0)) * (time1 - time0));
  };
}

/** The first place in a sorted list that is above a value, or the last one. */
function firstAfter(places: readonly number[], value: number): number {
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
