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

/** The distance between two marks of the axis, in seconds: one that clocks use, for about `count` marks. */
export function secondsStep(plot: Plot, count: number): number {
  const range = xRange(plot);
  const span = range === undefined ? 0 : range.max - range.min;
  return steps.find((step) => step * count >= span) ?? span / count;
}
