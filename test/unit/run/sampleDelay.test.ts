import { expect, test } from 'vitest';
import { sampleDelayMs } from '../../../src/core/run/sampleDelay';
import { isSystemMetric } from '../../../src/core/run/systemMetric';

test('soon at first, then as set, less often after an hour', () => {
  let elapsedMs = 0;
  const times: number[] = [];
  while (elapsedMs < 4_000_000) {
    elapsedMs += sampleDelayMs(elapsedMs, 5000);
    times.push(elapsedMs);
  }
  expect(times.slice(0, 6)).toEqual([500, 1000, 2500, 4000, 5500, 10_500]);
  expect(times.filter((at) => at <= 3_600_000)).toHaveLength(723);
  expect((times.at(-1) ?? 0) - (times.at(-2) ?? 0)).toBe(30_000);
  // A setting that is more or less often stays so.
  expect(sampleDelayMs(3_700_000, 60_000)).toBe(60_000);
  expect(sampleDelayMs(0, 100)).toBe(100);
});

test('what tells of the machine', () => {
  expect(isSystemMetric('system/cpu_percent')).toBe(true);
  expect(isSystemMetric('val/system/loss')).toBe(false);
  expect(isSystemMetric('system_loss')).toBe(false);
});
