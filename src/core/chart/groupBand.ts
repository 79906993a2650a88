import { type LinePath, toLinePath } from './linePath';

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
 * mean of its points there, or as above in its middle where it has none (so that lines of few points count
 * all along), and `min` and `max` are those of all points, so that no spike is lost.
 */
export function groupBand(lines: readonly BandLine[]): GroupBand {
  const places = new Set<number>();
  const paths = lines.map((line) => {
    const { xs, ys } = line;
    const path = toLinePath(xs, ys, { x: false, y: false });
    for (const place of path.current) places.add(xs[path.drawn[place] as number] as number);
    // Where no line has a value the mean has none: it must not run on over the gap.
    for (const gaps of [path.nans, path.aboves, path.belows]) {
      for (const index of gaps) places.add(xs[index] as number);
    }
    return toDrawn(line, path);
  });
  const sorted = Float64Array.from(places).sort();
  return sorted.length > maxPlaces ? binBand(paths, sorted) : exactBand(paths, sorted);
}

/** A line by the points that count, in ascending order of x. */
interface Drawn {
  readonly length: number;
  xAt(at: number): number;
  yAt(at: number): number;
  /** Whether no gap lies between a point and the one before it. */
  isJoined(at: number): boolean;
}

function toDrawn({ xs, ys }: BandLine, { current, drawn, begins }: LinePath): Drawn {
  return {
    length: current.length,
    xAt: (at) => xs[drawn[current[at] as number] as number] as number,
    yAt: (at) => ys[drawn[current[at] as number] as number] as number,
    isJoined(at) {
      if (at === 0 || at >= current.length) return false;
      const place = current[at] as number;
      return begins[place] === 0 && place === (current[at - 1] as number) + 1;
    },
  };
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
  for (const line of lines) {
    let next = 0;
    for (let place = 0; place < places.length; place++) {
      const x = places[place] as number;
      // Of several points at one place the last counts.
      while (
        next < line.length &&
        (line.xAt(next) < x || (next + 1 < line.length && line.xAt(next + 1) === x))
      )
        next++;
      if (next >= line.length) break;
      const value = line.xAt(next) === x ? line.yAt(next) : between(line, next, x);
      if (value === undefined) continue;
      add(sums, place, value);
      widen(sums, place, value);
    }
  }
  return finish(places, sums, false);
}

/** The straight line from the point before `next` to it, at `x`; undefined where none is drawn. */
function between({ xAt, yAt, isJoined }: Drawn, next: number, x: number): number | undefined {
  if (!isJoined(next)) return undefined;
  const share = (x - xAt(next - 1)) / (xAt(next) - xAt(next - 1));
  return yAt(next - 1) + (yAt(next) - yAt(next - 1)) * share;
}

function binBand(lines: readonly Drawn[], places: Float64Array): GroupBand {
  const first = places[0] as number;
  const width = ((places.at(-1) as number) - first) / maxPlaces;
  const binOf = (x: number) => Math.min(maxPlaces - 1, Math.floor((x - first) / width));
  const used = Float64Array.from(new Set(Array.from(places, binOf))).sort();
  const xs = used.map((bin) => first + (bin + 0.5) * width);
  const sums = startSums(used.length);
  for (const line of lines) {
    let next = 0;
    for (let at = 0; at < used.length && next < line.length; at++) {
      const start = next;
      let sum = 0;
      for (; next < line.length && binOf(line.xAt(next)) === used[at]; next++) {
        sum += line.yAt(next);
        widen(sums, at, line.yAt(next));
      }
      if (next > start) {
        add(sums, at, sum / (next - start));
        continue;
      }
      const value = between(line, next, xs[at] as number);
      if (value === undefined) continue;
      add(sums, at, value);
      widen(sums, at, value);
    }
  }
  return finish(xs, sums, true);
}
