import { afterEach, describe, expect, it, vi } from 'vitest';
import { dayKey, describeDay, timeOfDay } from '../../../src/core/present/describeDay';

afterEach(() => vi.unstubAllEnvs());

const hourMs = 3_600_000;

/** Yesterday and today are told right at every half hour of a year, in this time zone. */
function expectRightAllYear(zone: string, year: number): void {
  vi.stubEnv('TZ', zone);
  const startMs = Date.UTC(year, 0, 2);
  for (let atMs = startMs; atMs < startMs + 366 * 24 * hourMs; atMs += hourMs / 2) {
    const today = new Date(atMs);
    const before = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1, 12);
    const twoBefore = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 2, 12);
    const told = [today, before, twoBefore].map((date) =>
      describeDay(dayKey(date.getTime()), atMs),
    );
    if (told[0] !== 'Today' || told[1] !== 'Yesterday' || told[2] !== dayKey(twoBefore.getTime())) {
      expect.fail(`${zone} at ${today.toISOString()}: ${told.join(', ')}`);
    }
  }
}

describe('describeDay', () => {
  it.each([
    ['UTC', 2026],
    ['Europe/Berlin', 2026],
    ['America/New_York', 2026],
    // Here clocks went forward at midnight, so that a day began at one.
    ['America/Sao_Paulo', 2018],
    ['Asia/Kolkata', 2026],
    ['Australia/Lord_Howe', 2026],
    ['Pacific/Kiritimati', 2026],
  ])('is right all through a year in %s', expectRightAllYear);

  it('changes at midnight', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const midnightMs = new Date(2026, 2, 29).getTime();
    const saved = dayKey(midnightMs - 1);
    expect(saved).toBe('2026-03-28');
    expect(describeDay(saved, midnightMs - 1)).toBe('Today');
    expect(describeDay(saved, midnightMs)).toBe('Yesterday');
    // This night has 23 hours.
    expect(describeDay(saved, midnightMs + 23 * hourMs - 1)).toBe('Yesterday');
    expect(describeDay(saved, midnightMs + 23 * hourMs)).toBe('2026-03-28');
  });

  it('knows no day that is still to come', () => {
    expect(describeDay('2999-01-01', Date.UTC(2026, 5, 1))).toBe('2999-01-01');
  });
});

it('shows the local time of day with two figures each', () => {
  expect(timeOfDay(new Date(2026, 0, 2, 3, 4, 5).getTime())).toBe('03:04:05');
  expect(timeOfDay(new Date(2026, 0, 2, 23, 59, 59).getTime())).toBe('23:59:59');
});
