import { expect, test } from 'vitest';
import { onlyPinned, pinnedFirst } from '../../../src/core/run/pinnedKeys';

const items = ['a', 'b', 'c', 'd'].map((key) => ({ key }));
const keysOf = (given: readonly { readonly key: string }[]) => given.map(({ key }) => key);

test('what is pinned comes first in the order in which it was, the others as they stood', () => {
  expect(keysOf(pinnedFirst(items, ['d', 'b']))).toEqual(['d', 'b', 'a', 'c']);
  expect(pinnedFirst(items, ['gone'])).toBe(items);
});

test('what this run has not is left out', () => {
  expect(keysOf(onlyPinned(items, ['c', 'gone', 'a']))).toEqual(['c', 'a']);
});
