import { type DateUnit, isIsoDate, type SearchDate, weekdays } from './searchDate';
import { parseNumber } from './searchUnits';

const unitWords: readonly (readonly [RegExp, DateUnit])[] = [
  [/^(s|secs?|seconds?)$/, 'second'],
  [/^(m|mins?|minutes?)$/, 'minute'],
  [/^(h|hrs?|hours?)$/, 'hour'],
  [/^(d|days?)$/, 'day'],
  [/^(w|wks?|weeks?)$/, 'week'],
  [/^(mo|months?)$/, 'month'],
  [/^(y|yrs?|years?)$/, 'year'],
];

/** So many of anything is a time that a date can be of. */
const maxCount = 10_000;

/** Reads `yesterday`, `3 days ago`, `2026-11-01 14:30`; undefined if it is no date. */
export function parseDate(phrase: string): SearchDate | undefined {
  const text = phrase.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  // Before the numbers: four digits are a year.
  if (isIsoDate(text)) return { kind: 'iso', text: text.toUpperCase().replace(' ', 'T') };
  const ms = parseNumber(text);
  if (ms !== undefined) return Number.isFinite(ms) ? { kind: 'ms', ms } : undefined;
  if (text === 'now') return { kind: 'now' };
  if (text === 'today' || text === 'yesterday') return { kind: 'day', day: text };
  const [, which, rest = ''] = /^(?:(this|last|past) )?(.+)$/.exec(text) ?? [];
  const weekday = weekdays.find((each) => each === rest);
  if (weekday !== undefined && which !== 'past') {
    return { kind: 'weekday', weekday, isBefore: which === 'last' };
  }
  const unit = rest === 'week' || rest === 'month' || rest === 'year' ? rest : undefined;
  if (unit !== undefined && (which === 'this' || which === 'last')) {
    return { kind: 'calendar', which, unit };
  }
  if (which === undefined) {
    const span = parseCount(/^(.+) ago$/.exec(rest)?.[1] ?? '');
    return span && { kind: 'ago', ...span };
  }
  const span = which === 'this' ? undefined : parseCount(rest);
  return span && { kind: 'past', ...span };
}

function parseCount(text: string): { count: number; unit: DateUnit } | undefined {
  const [, number = '', word = ''] = /^(an? |\d+ ?)([a-z]+)$/.exec(text) ?? [];
  const unit = unitWords.find(([pattern]) => pattern.test(word))?.[1];
  const count = number.startsWith('a') ? 1 : Number(number);
  return unit === undefined || count > maxCount ? undefined : { count, unit };
}
