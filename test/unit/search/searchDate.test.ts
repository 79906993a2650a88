import { expect, test } from 'vitest';
import { parseDate } from '../../../src/core/search/parseDate';
import { printDate } from '../../../src/core/search/printDate';
import { resolveDate } from '../../../src/core/search/searchDate';
import { valueAtStep } from '../../../src/core/search/valueAtStep';

// A Friday, in the time zone of whoever runs this.
const nowMs = new Date(2026, 10, 27, 15, 30, 45, 500).getTime();

function shown(ms: number): string {
  const date = new Date(ms);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function read(text: string): string | undefined {
  const date = parseDate(text);
  if (date === undefined) return undefined;
  const { fromMs, toMs, momentMs } = resolveDate(date, nowMs);
  const moment = momentMs === undefined ? '' : ` (${shown(momentMs)})`;
  return `${shown(fromMs)} … ${shown(toMs)}${moment}`;
}

test.each([
  ['today', '2026-11-27 00:00:00 … 2026-11-28 00:00:00'],
  ['Yesterday', '2026-11-26 00:00:00 … 2026-11-27 00:00:00'],
  ['friday', '2026-11-27 00:00:00 … 2026-11-28 00:00:00'],
  ['last friday', '2026-11-20 00:00:00 … 2026-11-21 00:00:00'],
  ['saturday', '2026-11-21 00:00:00 … 2026-11-22 00:00:00'],
  ['this week', '2026-11-23 00:00:00 … 2026-11-30 00:00:00'],
  ['last week', '2026-11-16 00:00:00 … 2026-11-23 00:00:00'],
  ['last month', '2026-10-01 00:00:00 … 2026-11-01 00:00:00'],
  ['last year', '2025-01-01 00:00:00 … 2026-01-01 00:00:00'],
  ['3 days ago', '2026-11-24 00:00:00 … 2026-11-25 00:00:00 (2026-11-24 15:30:45)'],
  ['9 months ago', '2026-02-01 00:00:00 … 2026-03-01 00:00:00 (2026-02-27 15:30:45)'],
  ['2h ago', '2026-11-27 13:00:00 … 2026-11-27 14:00:00 (2026-11-27 13:30:45)'],
  ['last 2 weeks', '2026-11-13 15:30:45 … 2026-11-27 15:30:45'],
  ['now', '2026-11-27 15:30:45 … 2026-11-27 15:30:45 (2026-11-27 15:30:45)'],
  ['2026', '2026-01-01 00:00:00 … 2027-01-01 00:00:00'],
  ['2026-02', '2026-02-01 00:00:00 … 2026-03-01 00:00:00'],
  ['2028-02-29', '2028-02-29 00:00:00 … 2028-03-01 00:00:00'],
  ['2026-11-01 14:30', '2026-11-01 14:30:00 … 2026-11-01 14:31:00'],
  ['2026-02-29', undefined],
  ['2026-11-01 25:00', undefined],
  ['soon', undefined],
  ['this 3 days', undefined],
])('%s', (text, span) => expect(read(text)).toBe(span));

test('a day without a midnight is 23 hours long, and the days around it 24', () => {
  const zone = process.env.TZ;
  process.env.TZ = 'Africa/Cairo';
  try {
    // Clocks go from 24:00 on the 23rd to 01:00 on the 24th.
    expect(read('2026-04-24')).toBe('2026-04-24 01:00:00 … 2026-04-25 00:00:00');
    const hours = (text: string, atMs = nowMs) => {
      const date = parseDate(text);
      if (date === undefined) throw new Error(`no date: ${text}`);
      const { fromMs, toMs } = resolveDate(date, atMs);
      return (toMs - fromMs) / 3_600_000;
    };
    const noonMs = new Date(2026, 3, 24, 12).getTime();
    expect(hours('today', noonMs)).toBe(23);
    expect(hours('yesterday', noonMs)).toBe(24);
    expect(hours('yesterday', noonMs + 86_400_000)).toBe(23);
    expect(hours('this week', noonMs)).toBe(7 * 24 - 1);
    expect(hours('this month', noonMs)).toBe(30 * 24 - 1);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('a few milliseconds since 1970 are written so that they are no year', () => {
  for (const ms of [7, 999, 2026, 12_345]) {
    expect(parseDate(printDate({ kind: 'ms', ms }))).toEqual({ kind: 'ms', ms });
  }
});

test('a moment may have a time zone', () => {
  const moment = parseDate('2026-11-01T14:30:05+02:00');
  expect(moment && resolveDate(moment, nowMs).fromMs).toBe(Date.UTC(2026, 10, 1, 12, 30, 5));
});

test('the value at a step is that of the step or the last before it', () => {
  const series = {
    steps: Float64Array.of(0, 10, 5, 10, Number.NaN),
    values: Float64Array.of(1, 2, 3, 4, 5),
    timesMs: new Float64Array(5),
  };
  // The last point has no step, and is the fifth.
  expect([-1, 0, 3, 4, 7, 10, 99].map((step) => valueAtStep(series, step))).toEqual([
    ...[undefined, 1, 1, 5, 3, 4, 4],
  ]);
});
