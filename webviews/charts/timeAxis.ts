import { formatDuration } from '../../src/core/format/formatTime';
import type { Plot } from './state';

/** A place on the time axis: seconds since the run's first point. */
export function formatSeconds(seconds: number): string {
  return seconds === 0 ? '0 s' : formatDuration(seconds * 1000);
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
  const span = plot.lines.reduce((most, line) => Math.max(most, line.points.at(-1)?.x ?? 0), 0);
  return steps.find((step) => step * count >= span) ?? span / count;
}
