import { describe, expect, test } from 'vitest';
import { byteOrderMark, wholeCharacters } from '../../../src/core/text/textEncoding';

describe('byteOrderMark', () => {
  test.each([
    [[0xef, 0xbb, 0xbf], { encoding: 'utf-8', length: 3 }],
    [[0xff, 0xfe, 0x41], { encoding: 'utf-16le', length: 2 }],
    [[0xfe, 0xff, 0x00], { encoding: 'utf-16be', length: 2 }],
    [[0xef, 0xbb], 'cut'],
    [[0xff], 'cut'],
    [[0xfe, 0x41], undefined],
    [[0x65, 0x70, 0x6f], undefined],
    [[], undefined],
  ])('of %j is %j', (bytes, mark) => {
    const found = byteOrderMark(Uint8Array.from(bytes));
    if (typeof mark === 'object') expect(found).toMatchObject(mark);
    else expect(found).toBe(mark);
  });
});

describe('wholeCharacters', () => {
  const text = 'aé→🚀';
  test('leaves out a UTF-8 character that is cut, wherever it is', () => {
    const bytes = new TextEncoder().encode(text);
    const ends = [0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10];
    expect(ends.map((_, end) => wholeCharacters(bytes.subarray(0, end), 'utf-8'))).toEqual(ends);
  });

  test('takes bytes that are no UTF-8 as they are', () => {
    for (const bytes of [[0x80, 0x80, 0x80, 0x80], [0xff], [0x41, 0xc0], [0xf9]]) {
      expect(wholeCharacters(Uint8Array.from(bytes), 'utf-8')).toBe(bytes.length);
    }
  });

  test('leaves out half a UTF-16 unit and half a surrogate pair', () => {
    const little = Buffer.from(text, 'utf16le');
    const ends = [0, 0, 2, 2, 4, 4, 6, 6, 6, 6, 10];
    expect(ends.map((_, end) => wholeCharacters(little.subarray(0, end), 'utf-16le'))).toEqual(
      ends,
    );
    const big = Buffer.from(little).swap16();
    expect(ends.map((_, end) => wholeCharacters(big.subarray(0, end), 'utf-16be'))).toEqual(ends);
  });
});
