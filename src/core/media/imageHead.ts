export type ImageMedia = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/bmp';

/** What the first bytes of a picture say. */
export interface ImageHead {
  readonly media: ImageMedia;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Sizes of the headers that a bitmap may have: https://learn.microsoft.com/windows/win32/gdi/bitmap-header-types */
const bmpHeaders: ReadonlySet<number> = new Set([40, 52, 56, 64, 108, 124]);

/**
 * What a file is by its own bytes, whatever it is called; undefined if it is no picture that a page may
 * show. SVG is none, as it is a document.
 */
export function readImageHead(bytes: Uint8Array): ImageHead | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (text: string, at = 0) =>
    bytes.length >= at + text.length &&
    [...text].every((char, index) => bytes[at + index] === char.charCodeAt(0));
  try {
    // https://www.w3.org/TR/png-3/#5PNG-file-signature
    if (starts('\x89PNG\r\n\x1a\n') && starts('IHDR', 12)) {
      return sized('image/png', view.getUint32(16), view.getUint32(20));
    }
    if (starts('GIF87a') || starts('GIF89a')) {
      return sized('image/gif', view.getUint16(6, true), view.getUint16(8, true));
    }
    // Text may begin with these letters: the two reserved numbers are 0, and the next header has a size of its own.
    if (starts('BM') && view.getUint32(6) === 0 && bmpHeaders.has(view.getUint32(14, true))) {
      return sized(
        'image/bmp',
        Math.abs(view.getInt32(18, true)),
        Math.abs(view.getInt32(22, true)),
      );
    }
    if (starts('RIFF') && starts('WEBP', 8)) return readWebp(view, starts);
    if (starts('\xff\xd8\xff')) return readJpeg(view);
  } catch {
    // It ends too early.
  }
  return undefined;
}

function sized(media: ImageMedia, widthPx: number, heightPx: number): ImageHead | undefined {
  return widthPx > 0 && heightPx > 0 ? { media, widthPx, heightPx } : undefined;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function readWebp(view: DataView, starts: (text: string, at: number) => boolean) {
  const media = 'image/webp';
  const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
  if (starts('VP8X', 12)) return sized(media, uint24(24) + 1, uint24(27) + 1);
  if (starts('VP8L', 12)) {
    const bits = view.getUint32(21, true);
    return sized(media, (bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
  }
  if (!starts('VP8 ', 12)) return undefined;
  return sized(media, view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
}

/** Goes from segment to segment to the start of a frame (ITU-T T.81, annex B). */
function readJpeg(view: DataView): ImageHead | undefined {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at++;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return sized('image/jpeg', view.getUint16(at + 7), view.getUint16(at + 5));
    } else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
