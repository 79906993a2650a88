import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { BlobHash } from '../../core/run/run';

/** A file of a run: what the store keeps of it, or where it lay. */
export type MediaContent =
  | { readonly kind: 'kept'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'file';
      /** Absolute. */
      readonly path: string;
      readonly sizeBytes: number;
      readonly modifiedAtMs: number;
      /** Undefined while the run goes on, and for very large files. */
      readonly hash?: BlobHash;
    };

export type ContentReading =
  | { readonly bytes: Uint8Array }
  | { readonly problem: 'gone' | 'changed' | 'tooLarge' };

/**
 * The bytes of a file as the run left it: those at its path count only if they have the hash that was
 * recorded, or, where there is none, its size and time. A file that only grows may be longer by now, and
 * is read up to where the run left it.
 */
export async function readMediaContent(
  content: MediaContent,
  maxBytes: number,
  grows = false,
): Promise<ContentReading> {
  if (content.kind === 'kept') return { bytes: content.bytes };
  if (content.sizeBytes > maxBytes) return { problem: 'tooLarge' };
  const bytes = await readStart(content.path, content.sizeBytes);
  if (bytes === undefined) return { problem: 'gone' };
  const { size, modifiedAtMs } = bytes;
  const hasLength = grows ? size >= content.sizeBytes : size === content.sizeBytes;
  const isSame =
    content.hash === undefined
      ? grows || modifiedAtMs === content.modifiedAtMs
      : createHash('sha256').update(bytes.bytes).digest('hex') === content.hash;
  return hasLength && isSame ? { bytes: bytes.bytes } : { problem: 'changed' };
}

async function readStart(path: string, length: number) {
  try {
    // Opening a named pipe would wait for who writes it.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await file.stat();
      if (!stats.isFile()) return undefined;
      const bytes = new Uint8Array(Math.min(length, stats.size));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return { bytes: bytes.subarray(0, filled), size: stats.size, modifiedAtMs: stats.mtimeMs };
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
