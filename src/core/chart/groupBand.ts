import { type LinePath, toLinePath } from './linePath';
import { firstAtLeast } from './xAxis';

export interface BandLine {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** What several lines say together at each place. Columns of one length. */
export interface GroupBand {
  /** Ascending. */
  readonly xs: Float64Array;
  readonly mean: Float64Array;
  /** Of a sample (n − 1); NaN where only one line has a value. */
  readonly deviation: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** How many lines have a value there. */
  readonly counts: Uint32Array;
  /** Whether places were put together, as there were more than a screen can show. */
  readonly isBinned: boolean;
}

/** As many places as a screen has pixels, about. */
const maxPlaces = 2000;

/**
 * Puts lines together. At every x at which one of them has a point the others count with the value of
 * the straight line between their points there, but not before their first, after their last, or in a gap:
 * where none has a value all is NaN.
 * With more than 2,000 places the axis is cut into 2,000 intervals instead: in each a line counts with the
 * mean of its points, and `min` and `max` are those of all points, so that no spike is lost.
 */
export function groupBand(lines: readonly BandLine[]): GroupBand {
  const paths = lines.map(({ xs, ys }) => ({
    xs,
    ys,
    path: toLinePath(xs, ys, { x: false, y: false }),
  }));
  const places = new Set<number>();
  for (const { xs, path } of paths) {
    for (const place of path.current) places.add(xs[path.drawn[place] as number] as number);
    // Where no line has a value the mean has none: it must not run on over the gap.
    for (const gaps of [path.nans, path.aboves, path.belows]) {
      for (const index of gaps) places.add(xs[index] as number);
    }
  }
  const sorted = Float64Array.from(places).sort();
  return sorted.length > maxPlaces ? binBand(paths, sorted) : exactBand(paths, sorted);
}

interface Drawn extends BandLine {
  readonly path: LinePath;
}

interface Sums {
  readonly count: Uint32Array;
  readonly mean: Float64Array;
  readonly squares: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

function startSums(length: number): Sums {
  return {
    count: new Uint32Array(length),
    mean: new Float64Array(length),
    squares: new Float64Array(length),
    min: new Float64Array(length).fill(Number.POSITIVE_INFINITY),
    max: new Float64Array(length).fill(Number.NEGATIVE_INFINITY),
  };
}

/** Adds one line's value (Welford's update, which loses no digits where values are large and close). */
function add({ count, mean, squares }: Sums, at: number, value: number): void {
  const n = (count[at] as number) + 1;
  const before = mean[at] as number;
  const after = before + (value - before) / n;
  count[at] = n;
  mean[at] = after;
  squares[at] = (squares[at] as number) + (value - before) * (value - after);
}

function widen({ min, max }: Sums, at: number, value: number): void {
  if (value < (min[at] as number)) min[at] = value;
  if (value > (max[at] as number)) max[at] = value;
}

function finish(xs: Float64Array, sums: Sums, isBinned: boolean): GroupBand {
  const { count: counts, mean, squares, min, max } = sums;
  for (const [at, count] of counts.entries()) {
    if (count > 0) continue;
    for (const column of [mean, min, max]) column[at] = Number.NaN;
  }
  const deviation = squares.map((sum, at) => {
    const n = counts[at] as number;
    return n < 2 ? Number.NaN : Math.sqrt(sum / (n - 1));
  });
  return { xs, mean, deviation, min, max, counts, isBinned };
}

function exactBand(lines: readonly Drawn[], places: Float64Array): GroupBand {
  const sums = startSums(places.length);
  for (const { xs, ys, path } of lines) {
    const { current, drawn, begins } = path;
    const xAt = (at: number) => xs[drawn[current[at] as number] as number] as number;
    const yAt = (at: number) => ys[drawn[current[at] as number] as number] as number;
    let next = 0;
    for (let place = 0; place < places.length; place++) {
      const x = places[place] as number;
      // Of several points at one place the last counts.
      while (
        next < current.length &&
        (xAt(next) < x || (next + 1 < current.length && xAt(next + 1) === x))
      )
        next++;
      if (next >= current.length) break;
      const isThere = xAt(next) === x;
      const isBetween = next > 0 && isJoined(current, begins, next);
      if (!isThere && !isBetween) continue;
      const x0 = isThere ? x : xAt(next - 1);
      const value = isThere
        ? yAt(next)
        : yAt(next - 1) + ((yAt(next) - yAt(next - 1)) * (x - x0)) / (xAt(next) - x0);
      add(sums, place, value);
      widen(sums, place, value);
    }
  }
  return finish(places, sums, false);
}

/** Whether no gap lies between a point that counts and the one before it. */
function isJoined(current: Uint32Array, begins: Uint8Array, at: number): boolean {
  const place = current[at] as number;
  return begins[place] === 0 || place !== (current[at - 1] as number) + 1;
}

function binBand(lines: readonly Drawn[], places: Float64Array): GroupBand {
  const first = places[0] as number;
  const width = ((places.at(-1) as number) - first) / maxPlaces;
  const binOf = (x: number) => Math.min(maxPlaces - 1, Math.floor((x - first) / width));
  const used = Float64Array.from(new Set(Array.from(places, binOf))).sort();
  const sums = startSums(used.length);
  for (const { xs, ys, path } of lines) {
    let at = -1;
    let sum = 0;
    let count = 0;
    const flush = () => {
      if (count > 0) add(sums, at, sum / count);
      sum = 0;
      count = 0;
    };
    for (const place of path.current) {
      const index = path.drawn[place] as number;
      const bin = binOf(xs[index] as number);
      if (used[at] !== bin) {
        flush();
        at = firstAtLeast(used, bin);
      }
      const y = ys[index] as number;
      sum += y;
      count++;
      widen(sums, at, y);
    }
    flush();
  }
  const xs = used.map((bin) => first + (bin + 0.5) * width);
  return finish(xs, sums, true);
}
