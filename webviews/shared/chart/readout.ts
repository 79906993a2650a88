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

/** The next place to the right or left at which some line has a point; undefined at the end. */
export function nextPlace(
  lines: readonly ChartLine[],
  axes: Axes,
  x: number | undefined,
  direction: 1 | -1,
): number | undefined {
  let next: number | undefined;
  for (const line of lines) {
    const { current, drawn } = pathOfLine(line, axes);
    const xAt = (place: number) => line.xs[drawn[current[place] ?? -1] ?? -1];
    let low = 0;
    let high = current.length;
    if (x === undefined) low = direction === 1 ? 0 : current.length;
    else {
      while (low < high) {
        const middle = (low + high) >>> 1;
        const at = xAt(middle) as number;
        if (direction === 1 ? at <= x : at < x) low = middle + 1;
        else high = middle;
      }
    }
    const found = xAt(direction === 1 ? low : low - 1);
    if (found === undefined) continue;
    if (next === undefined || (direction === 1 ? found < next : found > next)) next = found;
  }
  return next;
}
