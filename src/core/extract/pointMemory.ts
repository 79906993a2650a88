import { isSameNumber } from './sameNumber';

/** Remembers the newest points, to know one that is said again. */
export interface PointMemory {
  /**
   * Whether the series with this number said the value at this place before, perhaps with other
   * digits; remembers it if not.
   */
  isRepeated(
    series: number,
    step: number | undefined,
    epoch: number | undefined,
    value: number,
  ): boolean;
}

// Points are kept by a hash of their place, eight together; of the eight the oldest goes first. So as
// many ranks or folds can print one step before one of them is forgotten.
const BUCKETS = 2_048;
const WAYS = 8;
const NOWHERE = -1;

export function createPointMemory(): PointMemory {
  const owners = new Int32Array(BUCKETS * WAYS).fill(NOWHERE);
  const steps = new Float64Array(BUCKETS * WAYS);
  const epochs = new Float64Array(BUCKETS * WAYS);
  const values = new Float64Array(BUCKETS * WAYS);
  const oldest = new Uint8Array(BUCKETS);

  return {
    isRepeated(series, step = NOWHERE, epoch = NOWHERE, value) {
      const bucket = bucketOf(series, step, epoch);
      const first = bucket * WAYS;
      for (let at = first; at < first + WAYS; at++) {
        if (owners[at] !== series || steps[at] !== step || epochs[at] !== epoch) continue;
        if (isSameNumber(values[at] ?? 0, value)) return true;
      }
      const way = oldest[bucket] ?? 0;
      oldest[bucket] = (way + 1) % WAYS;
      owners[first + way] = series;
      steps[first + way] = step;
      epochs[first + way] = epoch;
      values[first + way] = value;
      return false;
    },
  };
}

function bucketOf(series: number, step: number, epoch: number): number {
  // Multipliers of Knuth's and xxHash's; thousandths, since epochs may be fractions.
  const place =
    Math.imul((step * 1_000) | 0, 0x9e3779b1) + Math.imul((epoch * 1_000) | 0, 0x85ebca77);
  const hash = Math.imul(place ^ (place >>> 15) ^ Math.imul(series, 0xc2b2ae3d), 0x27d4eb2f);
  return ((hash ^ (hash >>> 13)) >>> 0) % BUCKETS;
}
