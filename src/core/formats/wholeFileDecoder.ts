import { emptyReading, type FormatDecoder, type FormatReading } from './formatReading';
import { decodeUtf8 } from './utf8Text';

/** What a program writes whole each time is small; more is not held. */
const maxBytes = 32 * 1024 * 1024;

/** A decoder of a file that means something only as a whole, such as one JSON document. */
export function createWholeFileDecoder(read: (text: string) => FormatReading): FormatDecoder {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    push(bytes) {
      size += bytes.length;
      if (size <= maxBytes) chunks.push(bytes);
      else chunks.length = 0;
      return emptyReading;
    },
    end() {
      if (size > maxBytes) return { ...emptyReading, notes: ['It is too large to be read.'] };
      try {
        return read(decode(chunks, size));
      } catch {
        return { ...emptyReading, notes: ['It could not be read.'] };
      }
    },
  };
}

function decode(chunks: readonly Uint8Array[], size: number): string {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return decodeUtf8(whole);
}
