import { expect, test } from 'vitest';
import type { ExtractedMetric } from '../../../src/core/extract/extraction';
import { createExtractor } from '../../../src/core/extract/extractor';
import { keepOneRank } from '../../../src/core/recording/oneRank';

const place = ({ key }: ExtractedMetric) => key;
const point = (rank: number | undefined, step: number): ExtractedMetric => ({
  key: 'loss',
  value: step + (rank ?? 0) / 10,
  step,
  ...(rank === undefined ? {} : { rank }),
});

test('the lowest of the ranks that print a series first keeps it', () => {
  const first = keepOneRank([point(1, 0), point(0, 0), point(1, 1)], new Map(), place);
  expect(first.metrics).toEqual([point(0, 0)]);
  const next = keepOneRank([point(1, 2), point(0, 2)], first.ranks, place);
  expect(next.metrics).toEqual([point(0, 2)]);
  // A rank that comes later does not take over.
  const late = keepOneRank([point(2, 0)], new Map(), place);
  expect(keepOneRank([point(0, 1), point(2, 1)], late.ranks, place).metrics).toEqual([point(2, 1)]);
});

test('lines that name no rank stay', () => {
  const metrics = [point(undefined, 0), point(undefined, 1)];
  expect(keepOneRank(metrics, new Map(), place)).toEqual({ metrics, ranks: new Map() });
});

test.each([
  ['[rank1]: step 3 loss 0.5', 1],
  ['[Rank 18] step 3 loss 0.5', 18],
  ['[default0]:step 3 loss 0.5', 0],
  ['[1,mpirank:1,algo-2]<stdout>:step 3 loss 0.5', 1],
  ['2026-11-20 14:07:16,003 - INFO - [rank1] epoch 1 step 3 loss 0.5', 1],
  ['step 3 loss 0.5', undefined],
  ['2026-11-20 14:07:16,003 - INFO - epoch 1 step 3 loss 0.5', undefined],
])('%s', (line, rank) => {
  const { metrics } = createExtractor().push(`${line}\n`);
  expect(metrics.map((metric) => metric.rank)).toEqual([rank]);
});
