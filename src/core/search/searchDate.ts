/** A moment or a stretch of time, as it was said: what it is depends on when it is asked. */
export type SearchDate =
  /** Milliseconds since 1970, as MLflow writes times. */
  | { readonly kind: 'ms'; readonly ms: number }
  /** `2026`, `2026-11`, `2026-11-01`, `2026-11-01T14:30`, `…:05`, `…:05.123`, and after a time `Z` or `+01:00`. */
  | { readonly kind: 'iso'; readonly text: string }
  | { readonly kind: 'now' }
  | { readonly kind: 'day'; readonly day: 'today' | 'yesterday' }
  /** The last such day, today included unless `isBefore`. */
  | { readonly kind: 'weekday'; readonly weekday: Weekday; readonly isBefore: boolean }
  | { readonly kind: 'calendar'; readonly which: 'this' | 'last'; readonly unit: CalendarUnit }
  | { readonly kind: 'ago'; readonly count: number; readonly unit: DateUnit }
  /** The stretch from so long ago up to now. */
  | { readonly kind: 'past'; readonly count: number; readonly unit: DateUnit };

export type CalendarUnit = 'week' | 'month' | 'year';
export type DateUnit = 'second' | 'minute' | 'hour' | 'day' | CalendarUnit;
export type Weekday = (typeof weekdays)[number];

export const weekdays = [
  ...(['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const),
];

/** From a moment up to, not including, another; in a `moment` both are the same. */
export interface DateSpan {
  readonly fromMs: number;
  readonly toMs: number;
  /** What `<` and `>` compare with, where that is not the stretch itself. */
  readonly momentMs?: number;
}

const isoPattern =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[-+]\d{2}:?\d{2})?)?)?)?$/i;

/** Whether it is a date that there is, written as ISO 8601 has it. */
export function isIsoDate(text: string): boolean {
  return isoSpan(text) !== undefined;
}

/** In the time zone of this machine; weeks begin on Monday. */
export function resolveDate(date: SearchDate, nowMs: number): DateSpan {
  switch (date.kind) {
    case 'ms':
      return { fromMs: date.ms, toMs: date.ms, momentMs: date.ms };
    case 'iso':
      return isoSpan(date.text) ?? { fromMs: Number.NaN, toMs: Number.NaN };
    case 'now':
      return { fromMs: nowMs, toMs: nowMs, momentMs: nowMs };
    case 'day':
      return unitSpan(date.day === 'today' ? nowMs : shift(nowMs, -1, 'day'), 'day');
    case 'weekday': {
      const today = new Date(nowMs).getDay();
      const back = (today - weekdays.indexOf(date.weekday) + 7) % 7;
      return unitSpan(shift(nowMs, -(back === 0 && date.isBefore ? 7 : back), 'day'), 'day');
    }
    case 'calendar': {
      const { fromMs } = unitSpan(nowMs, date.unit);
      return unitSpan(date.which === 'this' ? fromMs : shift(fromMs, -1, date.unit), date.unit);
    }
    case 'ago': {
      const momentMs = shift(nowMs, -date.count, date.unit);
      return { ...unitSpan(momentMs, date.unit), momentMs };
    }
    case 'past':
      return { fromMs: shift(nowMs, -date.count, date.unit), toMs: nowMs + 1 };
  }
}

function isoSpan(text: string): DateSpan | undefined {
  const match = isoPattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const part = (value: string | undefined, otherwise: number) =>
    value === undefined ? otherwise : Number(value);
  const ms = fraction === undefined ? 0 : Number(fraction.padEnd(3, '0'));
  const fields = [part(year, 0), part(month, 1) - 1, part(day, 1)] as const;
  const clock = [part(hour, 0), part(minute, 0), part(second, 0), ms] as const;
  if (clock[0] > 23 || clock[1] > 59 || clock[2] > 59) return undefined;
  // Through UTC, where every day there is has all its hours: 30 February becomes another day.
  const asUtc = new Date(Date.UTC(...fields, ...clock));
  if (asUtc.getUTCMonth() !== fields[1] || asUtc.getUTCDate() !== fields[2]) return undefined;
  if (fields[0] < 100) return undefined;
  const fromMs =
    zone === undefined ? new Date(...fields, ...clock).getTime() : asUtc.getTime() - zoneMs(zone);
  if (month === undefined) return { fromMs, toMs: dayStart(fields[0] + 1, 0, 1) };
  if (day === undefined) return { fromMs, toMs: dayStart(fields[0], fields[1] + 1, 1) };
  if (hour === undefined) return { fromMs, toMs: dayStart(fields[0], fields[1], fields[2] + 1) };
  const length = second === undefined ? 60_000 : fraction === undefined ? 1000 : 1;
  return { fromMs, toMs: fromMs + length };
}

function zoneMs(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3));
  return (digits.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** The hour, day, week … of the calendar that the moment lies in. */
function unitSpan(atMs: number, unit: DateUnit): DateSpan {
  const date = new Date(atMs);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  switch (unit) {
    case 'second':
      return shiftSpan(date.setMilliseconds(0), unit);
    case 'minute':
      return shiftSpan(date.setSeconds(0, 0), unit);
    case 'hour':
      return shiftSpan(date.setMinutes(0, 0, 0), unit);
    case 'day':
      return { fromMs: dayStart(year, month, day), toMs: dayStart(year, month, day + 1) };
    case 'week': {
      const monday = day - ((date.getDay() + 6) % 7);
      return { fromMs: dayStart(year, month, monday), toMs: dayStart(year, month, monday + 7) };
    }
    case 'month':
      return { fromMs: dayStart(year, month, 1), toMs: dayStart(year, month + 1, 1) };
    case 'year':
      return { fromMs: dayStart(year, 0, 1), toMs: dayStart(year + 1, 0, 1) };
  }
}

function shiftSpan(fromMs: number, unit: DateUnit): DateSpan {
  return { fromMs, toMs: shift(fromMs, 1, unit) };
}

/**
 * Found anew for each day: where clocks go forward at midnight a day begins at one o'clock, which the days
 * around it do not. Days and months beyond their last are of the next.
 */
function dayStart(year: number, month: number, day: number): number {
  const date = new Date(2000, 0, 1);
  // Sets years before 100 too, as the constructor does not.
  return date.setFullYear(year, month, day);
}

/** By the calendar, so that a day may have 23 hours; the 31st becomes the last of a shorter month. */
function shift(atMs: number, count: number, unit: DateUnit): number {
  const date = new Date(atMs);
  switch (unit) {
    case 'second':
      return atMs + count * 1000;
    case 'minute':
      return atMs + count * 60_000;
    case 'hour':
      return atMs + count * 3_600_000;
    case 'day':
      return date.setDate(date.getDate() + count);
    case 'week':
      return date.setDate(date.getDate() + 7 * count);
    case 'month':
    case 'year': {
      const day = date.getDate();
      const months = date.getMonth() + (unit === 'year' ? 12 * count : count);
      date.setDate(1);
      date.setMonth(months);
      const lastDay = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate();
      return date.setDate(Math.min(day, lastDay));
    }
  }
}
