import type { XAxisKind } from '../../../src/core/chart/xAxis';
import { formatNumber } from '../../../src/core/format/formatNumber';
import { formatDuration } from '../../../src/core/format/formatTime';

/** A place on an axis, in words: `step 12`, `epoch 1.5`, `10 min`, a date and time. */
export function formatPlace(kind: XAxisKind, x: number): string {
  switch (kind) {
    case 'step':
      return `step ${formatExact(x)}`;
    case 'epoch':
      return `epoch ${formatNumber(x)}`;
    case 'relativeTime':
      return formatSeconds(x);
    case 'wallTime':
      return new Date(x).toLocaleString();
  }
}

/** The mark of an axis at `x`; `spanX` says how fine a time must be. */
export function formatMark(kind: XAxisKind, x: number, spanX: number): string {
  if (kind === 'relativeTime') return formatSecondsMark(x, spanX);
  if (kind !== 'wallTime') return formatNumber(x);
  const date = new Date(x);
  if (spanX > 2 * day * 1000) {
    return date.toLocaleDateString(undefined, { month: 'short', day: 'numeric' });
  }
  return date.toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    ...(spanX < 10 * minute * 1000 ? { second: '2-digit' } : {}),
  });
}

/** What a table's head and an axis are called. */
export const axisNames: Readonly<Record<XAxisKind, string>> = {
  step: 'Step',
  epoch: 'Epoch',
  relativeTime: 'Relative Time',
  wallTime: 'Time of Day',
};

/** Steps are whole numbers, each of which may matter. */
function formatExact(x: number): string {
  return Number.isInteger(x) ? String(x).replace('-', '−') : formatNumber(x);
}

/** A place on the time axis, from seconds since the run's first point: `0 s`, `10 min`, `1 h 5 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds === 0) return '0 s';
  if (seconds < 0) return `−${formatSeconds(-seconds)}`;
  return formatDuration(seconds * 1000).replace(/ 0 (s|min|h)$|\.0(?= s$)/, '');
}

/** The same where marks are nearer to each other than its two units tell apart: `1:00:10`, `26 h 30 min`. */
function formatSecondsMark(seconds: number, spanSeconds: number): string {
  if (seconds < 0) return `−${formatSecondsMark(-seconds, spanSeconds)}`;
  if (seconds >= minute && spanSeconds < 10) return `${Number(seconds.toFixed(3))} s`;
  if (seconds >= hour && spanSeconds < 10 * minute) {
    const whole = Math.round(seconds);
    const clock = [Math.floor(whole / hour), Math.floor((whole % hour) / minute), whole % minute];
    return clock.map((part, at) => (at === 0 ? part : String(part).padStart(2, '0'))).join(':');
  }
  if (seconds >= day && spanSeconds < 10 * hour) {
    const minutes = Math.round(seconds / minute);
    const rest = minutes % 60 === 0 ? '' : ` ${minutes % 60} min`;
    return `${Math.floor(minutes / 60)} h${rest}`;
  }
  return formatSeconds(seconds);
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const steps: readonly number[] = [
  ...[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hour),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((days) => days * day),
];

/** Where the marks of a time axis are, in seconds: about `count` of them, at distances that clocks use. */
export function secondsTicks(min: number, max: number, count: number): readonly number[] {
  if (!(min < max)) return [];
  const step = steps.find((other) => other * count >= max - min) ?? (max - min) / count;
  const first = Math.ceil(min / step);
  return Array.from(
    { length: Math.max(0, Math.floor(max / step) - first + 1) },
    (_, index) => (first + index) * step,
  );
}

/** The same for milliseconds since 1970, at round times of the local day. */
export function dateTicks(minMs: number, maxMs: number, count: number): readonly number[] {
  const offsetMs = new Date(minMs).getTimezoneOffset() * 60_000;
  return secondsTicks((minMs - offsetMs) / 1000, (maxMs - offsetMs) / 1000, count).map(
    (seconds) => seconds * 1000 + offsetMs,
  );
}
