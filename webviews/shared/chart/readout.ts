import { nearestPoint } from '../../../src/core/chart/linePath';
import { type Axes, type ChartLine, pathOfLine } from './chartLine';

/** The point of one line that is nearest to a place. */
export interface ReadValue {
  readonly line: ChartLine;
  /** Of the point in the line's columns. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
  /** What was measured, where the line is smoothed. */
  readonly raw: number | undefined;
}

export interface Readout {
  /** Where the nearest point of all lies. */
  readonly x: number;
  /** The greatest value first. */
  readonly values: readonly ReadValue[];
  /** How many lines have a value here and are not listed. */
  readonly more: number;
}

/** The values at a place, of at most `limit` lines: of those that pass nearest to `y`, if it is given. */
export function readValues(
  lines: readonly ChartLine[],
  axes: Axes,
  x: number,
  y: number | undefined,
  limit: number,
): Readout | undefined {
  const all = lines.flatMap((line) => readValue(line, axes, x) ?? []);
  let closest: ReadValue | undefined;
  for (const value of all) {
    if (closest === undefined || Math.abs(value.x - x) < Math.abs(closest.x - x)) closest = value;
  }
  if (closest === undefined) return undefined;
  // A line that has ended long before, or begins later, has no value there.
  const here = all.filter((value) => value.x === closest.x || reaches(value.line, axes, closest.x));
  const near =
    y === undefined || here.length <= limit
      ? here
      : here.toSorted((a, b) => Math.abs(a.y - y) - Math.abs(b.y - y));
  const values = near.slice(0, limit).sort((a, b) => b.y - a.y);
  return { x: closest.x, values, more: here.length - values.length };
}

function readValue(line: ChartLine, axes: Axes, x: number): ReadValue | undefined {
  const index = nearestPoint(pathOfLine(line, axes), line.xs, x);
  if (index === undefined) return undefined;
  return {
    line,
    index,
    x: line.xs[index] as number,
    y: line.ys[index] as number,
    raw: line.raw?.[index],
  };
}

function reaches(line: ChartLine, axes: Axes, x: number): boolean {
  const { current, drawn } = pathOfLine(line, axes);
  const first = line.xs[drawn[current[0] ?? -1] ?? -1];
  const last = line.xs[drawn[current.at(-1) ?? -1] ?? -1];
  return first !== undefined && last !== undefined && first <= x && x <= last;
}

/**
 * The place of the point that a pointer is at: of those between `from` and `to`, a few pixels, the one at
 * the least distance. So a spike can be pointed at where many points share a pixel.
 */
export function snapPlace(
  lines: readonly ChartLine[],
  axes: Axes,
  from: number,
  to: number,
  distance: (x: number, y: number) => number,
): number | undefined {
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    const { current, drawn } = pathOfLine(line, axes);
    const { xs, ys } = line;
    for (let place = placeAfter(line, axes, from, true); place < current.length; place++) {
      const index = drawn[current[place] as number] as number;
      const x = xs[index] as number;
      if (x > to) break;
      const away = distance(x, ys[index] as number);
      if (away < least) {
        least = away;
        best = x;
      }
    }
  }
  return best;
}

/** The first position in `current` whose x is greater than `x`, or as great if `isInclusive`. */
function placeAfter(line: ChartLine, axes: Axes, x: number, isInclusive: boolean): number {
  const { current, drawn } = pathOfLine(line, axes);
  let low = 0;
  let high = current.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = line.xs[drawn[current[middle] as number] as number] as number;
    if (at < x || (at === x && !isInclusive)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The next place to the right or left of `x` at which some line has a point, or `x` itself if
 * `isInclusive` and one has it there; undefined at the end.
 */
export function nextPlace(
  lines: readonly ChartLine[],
  axes: Axes,
  x: number,
  direction: 1 | -1,
  isInclusive = false,
): number | undefined {
  let next: number | undefined;
  for (const line of lines) {
    const { current, drawn } = pathOfLine(line, axes);
    const place =
      direction === 1
        ? placeAfter(line, axes, x, isInclusive)
        : placeAfter(line, axes, x, !isInclusive) - 1;
    const found = line.xs[drawn[current[place] ?? -1] ?? -1];
    if (found === undefined) continue;
    if (next === undefined || (direction === 1 ? found < next : found > next)) next = found;
  }
  return next;
}
