import { expect, test } from 'vitest';
import { formatDelta, formatMarks, formatNumber } from '../../../src/core/format/formatNumber';

test.each([
  [0, '0'],
  [-0, '0'],
  [1, '1'],
  [-5, '−5'],
  [0.97222, '0.9722'],
  [-0.5, '−0.5'],
  [0.30000000000000004, '0.3'],
  [2.5e-3, '0.0025'],
  [1e-4, '0.0001'],
  [9.9e-5, '9.9e-5'],
  [-1.25e-7, '−1.25e-7'],
  [5e-324, '4.941e-324'],
  [0.99999, '1'],
  [12.3456, '12.35'],
  [1234.56, '1235'],
  [9_999_999, '9999999'],
  [-9_999_999, '−9999999'],
  [1e7, '1e+7'],
  [1.5e10, '1.5e+10'],
  [1.23456e10, '1.235e+10'],
  [1e100, '1e+100'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '∞'],
  [Number.NEGATIVE_INFINITY, '−∞'],
])('%d is %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test.each([
  [0.01, '+0.01'],
  [-0.2, '−0.2'],
  [-2, '−2'],
  [3, '+3'],
  [0, '±0'],
  [-0, '±0'],
  [Number.POSITIVE_INFINITY, '+∞'],
  [Number.NEGATIVE_INFINITY, '−∞'],
  [Number.NaN, 'NaN'],
])('a difference of %d is %s', (delta, text) => {
  expect(formatDelta(delta)).toBe(text);
});

test.each([
  [
    [0, 0.5, 1],
    ['0', '0.5', '1'],
  ],
  [
    [0.9999, 0.99992, 0.99994],
    ['0.9999', '0.99992', '0.99994'],
  ],
  [
    [10_000_010, 10_000_020],
    ['10000010', '10000020'],
  ],
  [
    [-1.00002, -1.00001, -1],
    ['−1.00002', '−1.00001', '−1'],
  ],
  [
    [1e-5, 1e-4],
    ['1e-5', '0.0001'],
  ],
  [[3], ['3']],
])('the marks %j of an axis are told apart', (values, texts) => {
  expect(formatMarks(values)).toEqual(texts);
});
