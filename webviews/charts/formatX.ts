import { formatDuration } from '../../src/core/format/formatTime';

/** A place on the time axis: seconds since the run's first point. */
export function formatSeconds(seconds: number): string {
  return seconds === 0 ? '0 s' : formatDuration(seconds * 1000);
}
