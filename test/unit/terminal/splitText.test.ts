import { expect, test } from 'vitest';
import { splitText } from '../../../src/core/terminal/splitText';

test('a text is cut into parts of about a length, and none within a character', () => {
  expect(splitText('', 4)).toEqual(['']);
  expect(splitText('abcd', 4)).toEqual(['abcd']);
  expect(splitText('abcdefghi', 4)).toEqual(['abcd', 'efgh', 'i']);
  expect(splitText('abc🚀def', 4)).toEqual(['abc🚀', 'def']);
  expect(splitText('🚀🚀🚀', 1)).toEqual(['🚀', '🚀', '🚀']);
});
