import type { Disk } from './disk';
import { checkJournalHeader, headerBytes, scanFrames } from './journalFormat';
import type { Applied, JournalPosition, Replica } from './replica';
import { journalPath, journalWriterId, type StorePaths } from './storePaths';
import { isWriterAlive } from './writerLease';

export interface JournalTrouble {
  readonly writerId: string;
  readonly kind: 'unfinished' | 'damaged' | 'newer';
  /** Up to where the journal is good. */
  readonly offsetBytes: number;
  readonly lostBytes: number;
}

/** Reads all journals on from where they were read before. */
export class JournalReader {
  readonly #disk: Disk;
  readonly #paths: StorePaths;
  readonly #replica: Replica;
  readonly #now: () => number;
  readonly #troubled = new Set<string>();

  constructor(disk: Disk, paths: StorePaths, replica: Replica, now: () => number) {
    this.#disk = disk;
    this.#paths = paths;
    this.#replica = replica;
    this.#now = now;
  }

  /**
   * Applies what is new in the journals of all but `ownWriterId`.
   *
   * @param report is told of each journal that ends in something else than a whole frame, once; what a
   * living writer may still be writing is no trouble.
   */
  readNew(ownWriterId: string | undefined, report: (trouble: JournalTrouble) => void): Applied[] {
    const applied: Applied[] = [];
    for (const name of this.#disk.list(this.#paths.journals)) {
      const writerId = journalWriterId(name);
      if (writerId === undefined || writerId === ownWriterId) continue;
      if (this.#troubled.has(writerId)) continue;
      const wasAlive = isWriterAlive(this.#disk, this.#paths, writerId, this.#now());
      const { trouble, ...found } = this.#readJournal(writerId);
      if (found.applied !== undefined) applied.push(found.applied);
      if (trouble === undefined || (wasAlive && trouble.kind !== 'newer')) continue;
      this.#troubled.add(writerId);
      report(trouble);
    }
    return applied;
  }

  #readJournal(writerId: string): { applied?: Applied; trouble?: JournalTrouble } {
    const path = journalPath(this.#paths, writerId);
    const sizeBytes = this.#disk.stat(path)?.sizeBytes ?? 0;
    const known = this.#replica.positions().get(writerId);
    if (sizeBytes <= (known?.offsetBytes ?? 0)) return {};
    const bytes = this.#disk.readRange(
      path,
      known?.offsetBytes ?? 0,
      sizeBytes - (known?.offsetBytes ?? 0),
    );
    let from: JournalPosition;
    let framed: Uint8Array;
    if (known !== undefined) {
      from = known;
      framed = bytes;
    } else {
      const header = checkJournalHeader(bytes);
      if (header !== 'good') {
        return { trouble: { writerId, kind: header, offsetBytes: 0, lostBytes: bytes.length } };
      }
      from = { sequence: 0, offsetBytes: headerBytes };
      framed = bytes.subarray(headerBytes);
    }
    const { frames, endBytes, rest } = scanFrames(framed, from.sequence + 1);
    const offsetBytes = from.offsetBytes + endBytes;
    const lostBytes = framed.length - endBytes;
    return {
      ...(frames.length > 0 && { applied: this.#replica.apply(writerId, frames, offsetBytes) }),
      ...(rest !== 'none' && { trouble: { writerId, kind: rest, offsetBytes, lostBytes } }),
    };
  }
}
