import { byteOrderMark, type TextEncoding, wholeCharacters } from './textEncoding';

/**
 * What a file is written in, by its first kilobytes: its byte order mark; UTF-16 where every other
 * byte is zero, as of plain English; UTF-8; else the encoding that has a character for each byte.
 *
 * @returns undefined if it is no text.
 */
export function detectEncoding(start: Uint8Array): TextEncoding | undefined {
  const mark = byteOrderMark(start);
  if (typeof mark === 'object') return mark.encoding;
  const zeros = [0, 0];
  let controls = 0;
  for (const [at, byte] of start.entries()) {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
    else if (byte < 0x20 && !isTerminalControl(byte)) controls++;
  }
  const [even = 0, odd = 0] = zeros;
  if (even + odd > 0) {
    const half = start.length / 2;
    if (odd > 0.7 * half && even < 0.05 * half) return 'utf-16le';
    if (even > 0.7 * half && odd < 0.05 * half) return 'utf-16be';
    return undefined;
  }
  if (controls > 0.05 * start.length) return undefined;
  const whole = start.subarray(0, wholeCharacters(start, 'utf-8'));
  return isUtf8(whole) ? 'utf-8' : 'windows-1252';
}

/** Bell, backspace, tab, new line, form feed, return and escape: what terminals are told. */
function isTerminalControl(byte: number): boolean {
  return (byte >= 0x07 && byte <= 0x0d) || byte === 0x1b;
}

/**
 * Whether its bytes above 127 are characters of UTF-8 more often than not: a log may have some noise
 * in it.
 */
function isUtf8(bytes: Uint8Array): boolean {
  let characters = 0;
  let noise = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length =
      byte < 0x80 ? 1 : byte < 0xc2 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 0;
    const isWhole =
      length > 0 &&
      at + length <= bytes.length &&
      bytes.subarray(at + 1, at + length).every((next) => (next & 0xc0) === 0x80);
    if (length !== 1) {
      if (isWhole) characters++;
      else noise++;
    }
    at += isWhole ? length : 1;
  }
  return noise <= characters;
}
