import { randomInt } from 'node:crypto';
import { dirname } from 'node:path';
import type { Disk } from './disk';
import { durableWrite, writeAll } from './durableWrite';
import { journalHeader } from './journalFormat';
import { journalPath, leasePath, type StorePaths } from './storePaths';
import { writeLease } from './writerLease';

export interface AppendResult {
  /** How many of the frames are on disk; they are the first of those given. */
  readonly written: number;
  /** Why the others are not. */
  readonly error?: unknown;
}

/** The journal of one writer, to which nobody else writes. */
export class JournalWriter {
  readonly writerId: string;
  /** Of the frames on disk. */
  sizeBytes: number;
  /** Set once the file can no longer be trusted; what follows goes to a new journal. */
  isBroken = false;
  readonly #disk: Disk;
  readonly #file: number;

  private constructor(disk: Disk, writerId: string, file: number, sizeBytes: number) {
    this.#disk = disk;
    this.writerId = writerId;
    this.#file = file;
    this.sizeBytes = sizeBytes;
  }

  /** Makes the folder a store if it is not one yet, and a journal of a new writer in it. */
  static async create(disk: Disk, paths: StorePaths): Promise<JournalWriter> {
    disk.makeFolder(paths.journals);
    if (disk.stat(paths.gitignore) === undefined) {
      await durableWrite(disk, paths.gitignore, [new TextEncoder().encode('*\n')]);
    }
    const writerId = randomWriterId();
    writeLease(disk, paths, writerId);
    const path = journalPath(paths, writerId);
    let file: number | undefined;
    try {
      file = disk.open(path, 'create');
      const header = journalHeader();
      writeAll(disk, file, header);
      await disk.sync(file);
      disk.syncFolder(paths.journals);
      disk.syncFolder(paths.folder);
      disk.syncFolder(dirname(paths.folder));
      return new JournalWriter(disk, writerId, file, header.length);
    } catch (error) {
      if (file !== undefined) {
        disk.close(file);
        disk.remove(path);
      }
      disk.remove(leasePath(paths, writerId));
      throw error;
    }
  }

  /** Appends whole frames and resolves once they are on disk. One at a time. */
  async append(frames: readonly Uint8Array[]): Promise<AppendResult> {
    const bytes = Buffer.concat(frames);
    let takenBytes = 0;
    let error: unknown;
    try {
      while (takenBytes < bytes.length) {
        takenBytes += this.#disk.write(this.#file, bytes.subarray(takenBytes));
      }
    } catch (cause) {
      error = cause;
    }
    const whole = countWhole(frames, takenBytes);
    if (takenBytes > whole.sizeBytes) this.#cutOff(this.sizeBytes + whole.sizeBytes);
    try {
      if (whole.count > 0) await this.#disk.sync(this.#file);
    } catch (cause) {
      // After a failed sync nobody knows what is on disk: the frames may be found there or not.
      this.isBroken = true;
      return { written: 0, error: cause };
    }
    this.sizeBytes += whole.sizeBytes;
    return { written: whole.count, error };
  }

  close(): void {
    this.#disk.close(this.#file);
  }

  #cutOff(sizeBytes: number): void {
    try {
      this.#disk.truncate(this.#file, sizeBytes);
    } catch {
      // What follows half a frame would never be read.
      this.isBroken = true;
    }
  }
}

function countWhole(frames: readonly Uint8Array[], takenBytes: number) {
  let count = 0;
  let sizeBytes = 0;
  for (const frame of frames) {
    if (sizeBytes + frame.length > takenBytes) break;
    sizeBytes += frame.length;
    count++;
  }
  return { count, sizeBytes };
}

/** Short, as every stamp ends in one; 46 bits, as no two writers of a store may ever have the same. */
function randomWriterId(): string {
  return randomInt(2 ** 46)
    .toString(36)
    .padStart(9, '0');
}
