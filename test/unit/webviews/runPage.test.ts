import { expect, test } from 'vitest';
import { linePartsOf } from '../../../webviews/runPage/log/lineParts';
import { nextMatch } from '../../../webviews/runPage/log/useLogSearch';
import { sparkLines } from '../../../webviews/runPage/spark';

test('the next match goes round at both ends', () => {
  const lines = [3, 10, 20];
  expect([-1, 3, 10, 25].map((from) => nextMatch(lines, from, 1))).toEqual([0, 1, 2, 0]);
  expect([2, 3, 11, 25].map((from) => nextMatch(lines, from, -1))).toEqual([2, 2, 1, 2]);
  expect(nextMatch([], 5, 1)).toBeUndefined();
});

test('a line is cut where its looks change', () => {
  const red = { foreground: 1 };
  const parts = linePartsOf({
    ...{ line: 0, text: 'loss 0.5 done', leftOutChars: 0, points: [] },
    spans: [{ start: 0, end: 8, style: red }],
    found: [{ start: 5, end: 10 }],
  });
  expect(parts).toEqual([
    { text: 'loss ', style: red, isFound: false },
    { text: '0.5', style: red, isFound: true },
    { text: ' d', style: undefined, isFound: true },
    { text: 'one', style: undefined, isFound: false },
  ]);
});

test('a sparkline has a gap where a value is missing, and is flat where nothing changes', () => {
  const columns = (values: number[]) => ({
    steps: Float64Array.from(values.keys()),
    values: Float64Array.from(values),
  });
  expect(sparkLines(columns([1, 2, Number.NaN, 3]))).toHaveLength(2);
  expect(sparkLines(columns([5, 5]))).toEqual(['0.0,10.0 96.0,10.0']);
  expect(sparkLines(columns([]))).toEqual([]);
});
