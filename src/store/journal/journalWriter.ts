import { randomInt } from 'node:crypto';
import { type Disk, errorCode } from '../disk/disk';
import { makeDurableFolder } from '../disk/durableFolder';
import {
  closeQuietly,
  durableWrite,
  removeQuietly,
  writeAll,
  writeSome,
} from '../disk/durableWrite';
import { journalPath, leasePath, type StorePaths } from '../storePaths';
import { journalHeader } from './journalFormat';
import { WriteElsewhere } from './writeRetry';
import { writeLease } from './writerLease';

export interface AppendResult {
  /** How many of the frames are on disk; they are the first of those given. */
  readonly written: number;
  /** Why the others are not. */
  readonly error?: unknown;
}

/** After these a journal is as it was; after another error nobody knows what it is like. */
const harmlessCodes: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT']);

/** The journal of one writer, to which nobody else writes. */
export class JournalWriter {
  readonly writerId: string;
  /** Of the frames on disk. */
  sizeBytes: number;
  /** Set once the file can no longer be trusted; what follows goes to a new journal. */
  isBroken = false;
  /** Set if its file is not where it was made any more: what was written since is nowhere. */
  isGone = false;
  readonly #disk: Disk;
  readonly #path: string;
  readonly #file: number;

  private constructor(disk: Disk, paths: StorePaths, writerId: string, file: number) {
    this.#disk = disk;
    this.writerId = writerId;
    this.#path = journalPath(paths, writerId);
    this.#file = file;
    this.sizeBytes = 0;
  }

  /** Makes the folder a store if it is not one yet, and a journal of a new writer in it. */
  static async create(disk: Disk, paths: StorePaths): Promise<JournalWriter> {
    makeDurableFolder(disk, paths, paths.journals);
    if (disk.stat(paths.gitignore) === undefined) {
      await durableWrite(disk, paths.gitignore, [new TextEncoder().encode('*\n')]);
    }
    const writerId = randomWriterId();
    writeLease(disk, paths, writerId, { isSealed: false });
    let writer: JournalWriter | undefined;
    try {
      const file = disk.open(journalPath(paths, writerId), 'create');
      writer = new JournalWriter(disk, paths, writerId, file);
      const header = journalHeader();
      writeAll(disk, file, header);
      writer.sizeBytes = header.length;
      await disk.sync(file);
      disk.syncFolder(paths.journals);
      return writer;
    } catch (error) {
      writer?.close();
      if (writer !== undefined) removeQuietly(disk, journalPath(paths, writerId));
      removeQuietly(disk, leasePath(paths, writerId));
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
        takenBytes += writeSome(this.#disk, this.#file, bytes.subarray(takenBytes));
      }
    } catch (cause) {
      error = cause;
      this.isBroken = !harmlessCodes.has(errorCode(cause));
    }
    const whole = countWhole(frames, takenBytes);
    if (takenBytes > whole.sizeBytes) this.#cutBack(this.sizeBytes + whole.sizeBytes);
    if (whole.count === 0) return { written: 0, error };
    try {
      await this.#disk.sync(this.#file);
    } catch (cause) {
      // After a failed sync nobody knows what is on disk: the frames may be found there or not.
      this.isBroken = true;
      this.#cutBack(this.sizeBytes);
      return { written: 0, error: new WriteElsewhere(cause) };
    }
    if (!this.isBroken && !this.#isInPlace(this.sizeBytes + whole.sizeBytes)) {
      this.isBroken = true;
      this.isGone = true;
      const cause = Object.assign(new Error(`${this.#path} is gone`), { code: 'ENOENT' });
      return { written: 0, error: new WriteElsewhere(cause) };
    }
    this.sizeBytes += whole.sizeBytes;
    return { written: whole.count, error };
  }

  close(): void {
    closeQuietly(this.#disk, this.#file);
  }

  #cutBack(sizeBytes: number): void {
    try {
      this.#disk.truncate(this.#file, sizeBytes);
    } catch {
      // What follows half a frame would never be read.
      this.isBroken = true;
    }
  }

  /** An open file takes what is written also after its folder was deleted, moved or covered. */
  #isInPlace(sizeBytes: number): boolean {
    try {
      return this.#disk.stat(this.#path)?.sizeBytes === sizeBytes;
    } catch {
      // That it cannot be looked at says nothing; the sync went well.
      return true;
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
