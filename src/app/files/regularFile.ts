import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** Without it, opening a named pipe would wait for who writes it; Windows has neither. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file for reading, if it is one: no folder, pipe, socket or device. Undefined where it is
 * none or cannot be read.
 */
export function openRegularFile(
  path: string,
): { readonly descriptor: number; readonly stats: Stats } | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, openFlags);
  } catch {
    return undefined;
  }
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return { descriptor, stats };
  closeSync(descriptor);
  return undefined;
}

/** Reads up to `length` bytes from `position` on; fewer where the file ends or breaks. */
export function readAt(descriptor: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(descriptor, bytes, filled, length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}
