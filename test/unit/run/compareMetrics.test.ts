import { expect, it } from 'vitest';
import { compareMetrics, describeMetricComparison } from '../../../src/core/present/compareMetrics';
import { makeMetric } from './runs';

const of = (loss: number, accuracy: number, k: number, more: readonly string[] = []) => ({
  metrics: [
    makeMetric('loss', loss),
    ...more.map((key) => makeMetric(key, loss)),
    makeMetric('val_acc', accuracy),
    makeMetric('k', k),
  ],
});

it('compares what both runs measured and differs, the main metric first, and says what is better', () => {
  const found = compareMetrics(of(0.2, 0.91, 3, ['old_only']), of(0.25, 0.93, 4, ['new_only']));
  expect(found.map(describeMetricComparison)).toEqual([
    'val_acc 0.91 → 0.93 (+0.02, better)',
    'loss 0.2 → 0.25 (+0.05, worse)',
    'k 3 → 4 (+1)',
  ]);
  expect(compareMetrics(of(1, 1, 1), of(1, 1, 1))).toEqual([]);
  const [failed] = compareMetrics(of(0.2, 0.91, 3), of(Number.NaN, 0.91, 3));
  expect(failed && describeMetricComparison(failed)).toBe('loss 0.2 → NaN');
});
