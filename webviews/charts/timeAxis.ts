import { formatDuration } from '../../src/core/format/formatTime';
import { type Plot, xRange } from './state';

/** A place on the time axis, from seconds since the run's first point: `0 s`, `10 min`, `1 h 5 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds === 0) return '0 s';
  return formatDuration(seconds * 1000).replace(/ 0 (s|min|h)$|\.0(?= s$)/, '');
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const steps: readonly number[] = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hour),
  ...[1, 2, 5, 10, 20, 50].map((days) => days * day),
];

/** Where the marks of the axis are, in seconds: about `count` of them, at distances that clocks use. */
export function secondsTicks(plot: Plot, count: number): readonly number[] {
  const range = xRange(plot);
  if (range === undefined) return [];
  const { min, max } = range;
  const step = steps.find((other) => other * count >= max - min) ?? (max - min) / count;
  const first = Math.ceil(min / step);
  return Array.from(
    { length: Math.max(0, Math.floor(max / step) - first + 1) },
    (_, index) => (first + index) * step,
  );
}
