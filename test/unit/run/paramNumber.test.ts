import { expect, test } from 'vitest';
import { paramNumber } from '../../../src/core/run/paramNumber';

test.each([
  ['0.01', 0.01],
  ['1e-3', 0.001],
  ['.5', 0.5],
  ['5.', 5],
  ['+2', 2],
  ['-1E+2', -100],
  ['1_000', 1000],
])('%s is a number', (text, number) => {
  expect(paramNumber(text)).toBe(number);
});

test.each([
  '',
  ' ',
  'auto',
  '1e',
  '.',
  '-',
  '1,2',
  '0x10',
  '1_',
  '_1',
  '1__0',
  'nan',
  'inf',
  '1 2',
  '١',
])('%j is none', (text) => {
  expect(paramNumber(text)).toBeUndefined();
});
