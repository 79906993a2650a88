import { formatNumber } from '../format/formatNumber';

interface Points {
  readonly steps: Float64Array;
  readonly values: Float64Array;
  readonly timesMs: Float64Array;
}

const widthUnits = 100;
const heightUnits = 20;
/** So that a line at the edge is drawn whole. */
const marginUnits = 1.5;

/**
 * A series as the path of an SVG of 100 × 20, over its steps or, where it has none, over time. What is no
 * finite number is a gap; a value between two gaps is a dot. Empty if there is nothing to draw.
 */
export function curvePath(points: Points, start: number, end: number): string {
  const finite = (index: number) => Number.isFinite(points.values[index]);
  const xs = points.steps.slice(start, end).some(Number.isNaN) ? points.timesMs : points.steps;
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [low, high] = [left, right];
  for (let index = start; index < end; index++) {
    const x = xs[index] ?? 0;
    if (x < left) left = x;
    if (x > right) right = x;
    if (!finite(index)) continue;
    const value = points.values[index] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return '';
  const toX = (x: number) => round(right > left ? ((x - left) / (right - left)) * widthUnits : 50);
  const room = heightUnits - 2 * marginUnits;
  const toY = (value: number) =>
    round(high > low ? marginUnits + ((high - value) / (high - low)) * room : heightUnits / 2);
  let path = '';
  let isDown = false;
  for (let index = start; index < end; index++) {
    if (!finite(index)) {
      isDown = false;
      continue;
    }
    const place = `${toX(xs[index] ?? 0)} ${toY(points.values[index] ?? 0)}`;
    const isAlone = !isDown && (index + 1 >= end || !finite(index + 1));
    path += isDown ? `L${place}` : `M${place}${isAlone ? 'h0' : ''}`;
    isDown = true;
  }
  return path;
}

/** `loss from 2.3 to 0.05, between 0.04 and 2.3, 300 points` */
export function describeCurve(
  key: string,
  { values }: Pick<Points, 'values'>,
  start: number,
  end: number,
  pointCount: number,
): string {
  if (pointCount === 0) return `${key}: no points`;
  const own = values.subarray(start, end);
  const finite = own.filter(Number.isFinite);
  const gaps = finite.length < own.length ? ', with gaps' : '';
  const points = pointCount === 1 ? '1 point' : `${pointCount} points`;
  const [first, last] = [own[0], own.at(-1)].map((value) => formatNumber(value ?? Number.NaN));
  if (finite.length === 0) return `${key}: no finite value, ${points}`;
  const low = formatNumber(finite.reduce((a, b) => Math.min(a, b)));
  const high = formatNumber(finite.reduce((a, b) => Math.max(a, b)));
  return `${key} from ${first} to ${last}, between ${low} and ${high}, ${points}${gaps}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
