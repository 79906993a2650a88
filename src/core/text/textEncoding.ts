/** What text files of programs are written in; UTF-16 is what Windows PowerShell's `>` writes. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface ByteOrderMark {
  readonly encoding: TextEncoding;
  readonly length: number;
}

const marks: readonly (ByteOrderMark & { readonly bytes: readonly number[] })[] = [
  { encoding: 'utf-8', length: 3, bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', length: 2, bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', length: 2, bytes: [0xfe, 0xff] },
];

/**
 * The byte order mark that a file begins with (Unicode 15, section 23.8).
 *
 * @returns `cut` if these first bytes may be a part of one, and undefined if there is none.
 */
export function byteOrderMark(start: Uint8Array): ByteOrderMark | 'cut' | undefined {
  const length = Math.min(start.length, 3);
  for (const { encoding, length: markLength, bytes } of marks) {
    const compared = Math.min(length, markLength);
    if (compared === 0 || bytes.slice(0, compared).some((byte, at) => byte !== start[at])) continue;
    return compared < markLength ? 'cut' : { encoding, length: markLength };
  }
  return undefined;
}

/** How many of these bytes are whole characters; the rest is the beginning of one that is cut. */
export function wholeCharacters(bytes: Uint8Array, encoding: TextEncoding): number {
  if (encoding === 'windows-1252') return bytes.length;
  return encoding === 'utf-8' ? wholeUtf8(bytes) : wholeUtf16(bytes, encoding);
}

function wholeUtf8(bytes: Uint8Array): number {
  // The lead byte of a cut character is one of the last three.
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 && byte < 0xf8 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return length > back && byte < 0xf8 ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function wholeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): number {
  const even = bytes.length - (bytes.length % 2);
  if (even === 0) return 0;
  const high = bytes[encoding === 'utf-16le' ? even - 1 : even - 2] ?? 0;
  // The first half of a surrogate pair.
  return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
}
