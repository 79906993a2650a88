import { expect, test } from 'vitest';
import { formatBytes } from '../../../src/core/format/formatBytes';
import {
  formatAge,
  formatDuration,
  formatIsoTime,
  formatMinute,
} from '../../../src/core/format/formatTime';

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];

test.each([
  [0, '0 ms'],
  [-5, '0 ms'],
  [850, '850 ms'],
  [999, '999 ms'],
  [999.6, '1.0 s'],
  [second, '1.0 s'],
  [12_340, '12.3 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min 0 s'],
  [minute, '1 min 0 s'],
  [4 * minute + 5 * second, '4 min 5 s'],
  [hour - 400, '1 h 0 min'],
  [hour, '1 h 0 min'],
  [2 * hour + 10 * minute + 59 * second, '2 h 10 min'],
  [day - 1, '1 d 0 h'],
  [3 * day + 4 * hour, '3 d 4 h'],
])('%d ms is %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});

test.each([
  [0, 'just now'],
  [-hour, 'just now'],
  [minute - 1, 'just now'],
  [5 * minute, '5 min ago'],
  [hour - 1, '59 min ago'],
  [3 * hour, '3 h ago'],
  [day, '1 d ago'],
  [40 * day, '40 d ago'],
])('%d ms ago is %s', (agoMs, text) => {
  expect(formatAge(1e12 - agoMs, 1e12)).toBe(text);
});

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1499, '1.5 kB'],
  [9960, '10 kB'],
  [20_400_000, '20 MB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [3.2e9, '3.2 GB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (sizeBytes, text) => {
  expect(formatBytes(sizeBytes)).toBe(text);
});

test('a time is told on the reader’s clock, and in files in UTC', () => {
  expect(formatMinute(new Date(2026, 2, 5, 8, 7, 59).getTime())).toBe('2026-03-05 08:07');
  expect(formatIsoTime(Date.UTC(2026, 2, 5, 8, 7))).toBe('2026-03-05T08:07:00.000Z');
  expect([formatMinute(8.7e15), formatIsoTime(8.7e15)]).toEqual(['', '']);
});
