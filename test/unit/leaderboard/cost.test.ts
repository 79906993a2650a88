import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCost } from '../../../src/core/format/formatCost';
import {
  costOf,
  describeCost,
  type Prices,
  pricePerHour,
  reachedAtMs,
  readPrices,
} from '../../../src/core/leaderboard/cost';
import { makeRun } from '../run/runs';

const on = (...names: string[]) =>
  makeRun({ environment: { os: 'Linux', gpus: names.map((name) => ({ name })) } });
const prices: Prices = {
  ...{ perHour: 2, currency: '$' },
  perHardware: [
    { gpu: 'A100', perHour: 3.5 },
    { gpu: 'nvidia h*', perHour: 8 },
  ],
};

describe('cost', () => {
  it('is the price of each GPU, else of the machine', () => {
    expect(pricePerHour(on('NVIDIA A100-SXM4', 'NVIDIA A100-SXM4'), prices)).toBe(7);
    expect(pricePerHour(on('NVIDIA H100'), prices)).toBe(8);
    // Of one of its GPUs nobody knows the price.
    expect(pricePerHour(on('NVIDIA H100', 'NVIDIA T4'), prices)).toBe(2);
    expect(pricePerHour(makeRun(), prices)).toBe(2);
    expect(costOf(makeRun(), 1_800_000, prices)).toBe(1);
    expect(costOf(makeRun(), 1, { ...prices, perHour: undefined })).toBeUndefined();
  });

  it('is told of a run that is still running by now, and not at all without a price', () => {
    const began = makeRun({ status: 'running', startedAtMs: 1_000 });
    const { endedAtMs: _end, ...running } = began;
    expect(describeCost(running, prices, 1_000 + 1_800_000)).toBe('$ 1.00');
    expect(describeCost(running, prices, 1_000 + 3_600_000)).toBe('$ 2.00');
    const ended = { ...running, status: 'finished' as const, endedAtMs: 1_000 + 900_000 };
    expect(describeCost(ended, prices, 9e12)).toBe('$ 0.50');
    const cutOff = { ...running, status: 'interrupted' as const };
    expect(describeCost(cutOff, prices, 9e12)).toBeUndefined();
    const none = { perHour: undefined, perHardware: [], currency: '$' };
    expect(describeCost(running, none, 5_000)).toBeUndefined();
    expect(describeCost(ended, { ...none, perHour: 0 }, 9e12)).toBe('$ 0.00');
  });

  it('reads prices from whatever a user wrote', () => {
    expect(readPrices({ A100: 3.5, T4: '1', x: -1, '': 2, free: 0 })).toEqual([
      { gpu: 'A100', perHour: 3.5 },
      { gpu: 'free', perHour: 0 },
    ]);
    for (const wrong of [undefined, null, 3, 'x', [1]]) expect(readPrices(wrong)).toEqual([]);
  });

  it('is written with the digits that count', () => {
    expect([12345.6, 1.234, 0.0042, 0].map((cost) => formatCost(cost, '$'))).toEqual([
      ...['$ 12,346', '$ 1.23', '$ 0.0042', '$ 0.00'],
    ]);
    expect(formatCost(2, '')).toBe('2.00');
    expect(formatCost(0.00002, '$')).toBe('< $ 0.0001');
  });
});

describe('reachedAtMs', () => {
  it('is the time of the first point at or beyond the target', () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(value), fc.integer({ min: 0, max: 9 }), (values, target) => {
        const times = values.map((_value, at) => at * 10);
        const naive = values.findIndex((each) => each >= target);
        expect(reachedAtMs(values, times, 'higher', target)).toBe(
          naive === -1 ? undefined : naive * 10,
        );
        const lower = values.findIndex((each) => each <= target);
        expect(reachedAtMs(values, times, 'lower', target)).toBe(
          lower === -1 ? undefined : lower * 10,
        );
      }),
    );
  });
});
