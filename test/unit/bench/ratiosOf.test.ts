import { expect, test } from 'vitest';
import { ratiosOf } from '../../bench/dashboard/ratiosOf';

test('says how many times longer others take, of what was asked for', () => {
  expect(ratiosOf({ filterSortMs: 50, mlflowSearchMs: 3000, mlflowFirstPageMs: 100 })).toEqual({
    vsMlflowSearch: 60,
  });
});

test('a figure of others that could not be had is null in the line that is printed', () => {
  const ratios = ratiosOf({ chart100x10kMs: 200, mlflowHistory100x10kMs: Number.NaN });
  expect(JSON.stringify(ratios)).toBe('{"vsMlflowHistory":null}');
});
