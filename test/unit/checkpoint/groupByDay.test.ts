import { describe, expect, it } from 'vitest';
import { groupByDay, indexCheckpoints } from '../../../src/core/checkpoint/groupByDay';
import { dayKey } from '../../../src/core/present/describeDay';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();

describe('groupByDay', () => {
  it('gives the same days as the date of each, newest first', () => {
    const items = [at(20, 23), at(20, 0), at(19, 23), at(3, 12), at(3, 1)].map((takenAtMs) => ({
      takenAtMs,
    }));
    const days = groupByDay(items);
    expect(days.map(({ day }) => day)).toEqual(['2026-11-20', '2026-11-19', '2026-11-03']);
    for (const { day, items: own } of days) {
      for (const { takenAtMs } of own) expect(dayKey(takenAtMs)).toBe(day);
    }
    expect(days.flatMap(({ items: own }) => own)).toEqual(items);
  });
});

describe('indexCheckpoints', () => {
  it('loses none of ten thousand, those of a notebook under it, the one saved last first', () => {
    const all = Array.from({ length: 10_000 }, (_, index) => ({
      notebook: `${index % 7}.ipynb`,
      takenAtMs: at(20, 12) - index * 600_000,
    }));
    const index = indexCheckpoints(all);
    expect([...index.keys()]).toEqual(all.slice(0, 7).map(({ notebook }) => notebook));
    const found = [...index.values()].flatMap((days) => days.flatMap(({ items }) => items));
    expect(new Set(found)).toEqual(new Set(all));
  });
});
