import { describe, expect, test } from 'vitest';
import { detectEncoding } from '../../../src/core/text/detectEncoding';

const log = 'epoch 1/3 loss=0.5\r\nepoch 2/3 loss=0.25\r\n';

describe('text', () => {
  test.each([
    ['plain', Buffer.from(log), 'utf-8'],
    ['empty', Buffer.alloc(0), 'utf-8'],
    ['with a terminal’s colours', Buffer.from(`\x1b[32m${log}\x1b[0m\x07\b`), 'utf-8'],
    ['UTF-8', Buffer.from('größer → 🚀 100%|█████|'), 'utf-8'],
    ['UTF-8, cut in a character', Buffer.from('größer →').subarray(0, -1), 'utf-8'],
    ['UTF-8 with noise in it', Buffer.concat([Buffer.from('größer →'), Buffer.of(0xff)]), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${log}`), 'utf-8'],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${log}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 without', Buffer.from(log, 'utf16le'), 'utf-16le'],
    ['UTF-16 the other way round', Buffer.from(log, 'utf16le').swap16(), 'utf-16be'],
    ['of Western Europe', Buffer.from('größer als früher', 'latin1'), 'windows-1252'],
  ])('%s', (_name, bytes, encoding) => {
    expect(detectEncoding(bytes)).toBe(encoding);
  });
});

describe('no text', () => {
  test.each([
    ['an archive', Buffer.from('1f8b0800000000000003cb48cdc9c95728cf2fca4901000000', 'hex')],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000', 'hex')],
    ['control bytes', Buffer.from(Array.from({ length: 64 }, (_, at) => 1 + (at % 6)))],
  ])('%s', (_name, bytes) => {
    expect(detectEncoding(bytes)).toBeUndefined();
  });
});
