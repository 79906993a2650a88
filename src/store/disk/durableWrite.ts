import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import type { Disk } from './disk';

/** Replaces or makes a file so that after a crash there is the old one or the new one, whole. */
export async function durableWrite(
  disk: Disk,
  path: string,
  parts: readonly Uint8Array[],
): Promise<void> {
  const temporary = await writeTemporary(disk, path, parts);
  try {
    disk.rename(temporary, path);
  } finally {
    // Gone if all went well.
    disk.remove(temporary);
  }
  disk.syncFolder(dirname(path));
}

/** Writes and syncs the parts beside `path` and returns where. */
export async function writeTemporary(
  disk: Disk,
  path: string,
  parts: readonly Uint8Array[],
): Promise<string> {
  const temporary = `${path}${temporaryMark}${randomBytes(6).toString('hex')}`;
  const file = disk.open(temporary, 'create');
  try {
    for (const part of parts) writeAll(disk, file, part);
    await disk.sync(file);
  } catch (error) {
    closeQuietly(disk, file);
    removeQuietly(disk, temporary);
    throw error;
  }
  closeQuietly(disk, file);
  return temporary;
}

/** In the name of every file that is not yet what it is to become. */
export const temporaryMark = '.tmp-';

export function writeAll(disk: Disk, file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSome(disk, file, bytes.subarray(written));
  }
}

/** What counts has been synced before, or failed with an error that says more. */
export function closeQuietly(disk: Disk, file: number): void {
  try {
    disk.close(file);
  } catch {
    // As said above.
  }
}

/** For what is in the way of nobody, where an error is on its way that says more. */
export function removeQuietly(disk: Disk, path: string): void {
  try {
    disk.remove(path);
  } catch {
    // As said above.
  }
}

/** One write call, which takes at least a byte or throws. */
export function writeSome(disk: Disk, file: number, bytes: Uint8Array): number {
  const taken = disk.write(file, bytes);
  if (taken > 0) return taken;
  throw Object.assign(new Error('EIO: a write took nothing'), { code: 'EIO' });
}
