import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';

/**
 * The only way in which the store touches files, so that a test can put a disk that fails, tears or
 * records in its place. Synchronous because the store has a thread of its own; only the wait for the
 * disk is not, as it is then that further commits gather.
 */
export interface Disk {
  makeFolder(path: string): void;
  /** Names in the folder; empty if there is no such folder. */
  list(folder: string): string[];
  /** Undefined if there is no such file. */
  stat(path: string): { readonly sizeBytes: number; readonly modifiedAtMs: number } | undefined;
  read(path: string): Uint8Array;
  /** Reads at most `lengthBytes` from `offset` on; fewer at the end of the file. */
  readRange(path: string, offset: number, lengthBytes: number): Uint8Array;
  /** `create` fails if the file is there; `append` makes it if it is not. */
  open(path: string, mode: 'create' | 'append'): number;
  /** One write call; returns how many bytes it took, which may be fewer. */
  write(file: number, bytes: Uint8Array): number;
  sync(file: number): Promise<void>;
  /** Makes names made, renamed or removed in this folder durable. */
  syncFolder(folder: string): void;
  truncate(file: number, sizeBytes: number): void;
  close(file: number): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Sets the time of the last change to now. */
  touch(path: string): void;
}

const dataSync = promisify(fdatasync);

/** A disk that is done within this time is waited for, as going to another thread and back takes as long. */
const quickSyncMs = 1.5;
/** More than this takes long on any disk. */
const quickSyncBytes = 256 * 1024;
let lastSyncMs = 0;
/** What was written to each open file since it was synced. */
const unsyncedBytes = new Map<number, number>();

function write(file: number, bytes: Uint8Array): number {
  const written = writeSync(file, bytes);
  unsyncedBytes.set(file, (unsyncedBytes.get(file) ?? 0) + written);
  return written;
}

async function sync(file: number): Promise<void> {
  const isLittle = (unsyncedBytes.get(file) ?? 0) <= quickSyncBytes;
  unsyncedBytes.delete(file);
  const startMs = performance.now();
  if (isLittle && lastSyncMs < quickSyncMs) fdatasyncSync(file);
  else await dataSync(file);
  if (isLittle) lastSyncMs = performance.now() - startMs;
}

function close(file: number): void {
  unsyncedBytes.delete(file);
  closeSync(file);
}

export const nodeDisk: Disk = {
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  list: (folder) => unlessMissing(() => readdirSync(folder)) ?? [],
  stat(path) {
    const found = unlessMissing(() => statSync(path));
    return found && { sizeBytes: found.size, modifiedAtMs: found.mtimeMs };
  },
  read: (path) => readFileSync(path),
  readRange(path, offset, lengthBytes) {
    const file = openSync(path, 'r');
    try {
      const bytes = new Uint8Array(lengthBytes);
      let length = 0;
      while (length < lengthBytes) {
        const count = readSync(file, bytes, length, lengthBytes - length, offset + length);
        if (count === 0) break;
        length += count;
      }
      return bytes.subarray(0, length);
    } finally {
      closeSync(file);
    }
  },
  open: (path, mode) => openSync(path, mode === 'create' ? 'ax' : 'a'),
  write,
  sync,
  syncFolder(folder) {
    // Windows cannot sync a folder, and makes renames durable by itself.
    if (process.platform === 'win32') return;
    const file = openSync(folder, 'r');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  },
  truncate: ftruncateSync,
  close,
  rename: renameSync,
  remove: (path) => rmSync(path, { force: true }),
  touch(path) {
    const now = new Date();
    utimesSync(path, now, now);
  },
};

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
