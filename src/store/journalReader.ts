import { checkJournalHeader, headerBytes, scanFrames } from './journalFormat';
import { errorMessage, readableError } from './readableError';
import type { Applied, JournalPosition, Replica } from './replica';
import type { StoreContext } from './storeContext';
import { journalPath, journalWriterId } from './storePaths';
import { isWriterAlive } from './writerLease';

export interface JournalTrouble {
  readonly writerId: string;
  readonly kind: 'unfinished' | 'damaged' | 'newer';
  /** Up to where the journal is good. */
  readonly offsetBytes: number;
  readonly lostBytes: number;
}

export interface JournalsRead {
  readonly applied: readonly Applied[];
  /** Journals that end in something else than a whole frame, each once. */
  readonly troubles: readonly JournalTrouble[];
}

/** Reads all journals on from where they were read before. */
export class JournalReader {
  readonly #context: StoreContext;
  readonly #replica: Replica;
  readonly #troubled = new Set<string>();

  constructor(context: StoreContext, replica: Replica) {
    this.#context = context;
    this.#replica = replica;
  }

  /**
   * Applies what is new in the journals of all but `ownWriterId`. One that cannot be read is told of
   * and left for the next time.
   */
  readNew(ownWriterId: string | undefined): JournalsRead {
    const { disk, paths, now, report } = this.#context;
    const applied: Applied[] = [];
    const troubles: JournalTrouble[] = [];
    for (const name of disk.list(paths.journals)) {
      const writerId = journalWriterId(name);
      if (writerId === undefined || writerId === ownWriterId) continue;
      if (this.#troubled.has(writerId)) continue;
      try {
        const wasAlive = isWriterAlive(disk, paths, writerId, now());
        const { trouble, ...found } = this.#readJournal(writerId);
        if (found.applied !== undefined) applied.push(found.applied);
        // A living writer may be writing what looks cut off or wrong now.
        if (trouble === undefined || (wasAlive && trouble.kind !== 'newer')) continue;
        this.#troubled.add(writerId);
        troubles.push(trouble);
      } catch (error) {
        report(readableError('read', journalPath(paths, writerId), error).message);
      }
    }
    for (const error of applied.flatMap(({ errors }) => [...errors.values()])) {
      report(`Epochlog could not take in a recorded change: ${errorMessage(error)}`);
    }
    return { applied, troubles };
  }

  #readJournal(writerId: string): { applied?: Applied; trouble?: JournalTrouble } {
    const { disk, paths } = this.#context;
    const path = journalPath(paths, writerId);
    const sizeBytes = disk.stat(path)?.sizeBytes ?? 0;
    const known = this.#replica.positions().get(writerId);
    const startBytes = known?.offsetBytes ?? 0;
    if (sizeBytes <= startBytes) return {};
    let bytes = disk.readRange(path, startBytes, sizeBytes - startBytes);
    let from: JournalPosition = { sequence: 0, offsetBytes: headerBytes };
    if (known !== undefined) {
      from = known;
    } else {
      const header = checkJournalHeader(bytes);
      if (header !== 'good') {
        return { trouble: { writerId, kind: header, offsetBytes: 0, lostBytes: bytes.length } };
      }
      bytes = bytes.subarray(headerBytes);
    }
    const { frames, endBytes, rest } = scanFrames(bytes, from.sequence + 1);
    const offsetBytes = from.offsetBytes + endBytes;
    const lostBytes = bytes.length - endBytes;
    return {
      ...(frames.length > 0 && { applied: this.#replica.apply(writerId, frames, offsetBytes) }),
      ...(rest !== 'none' && { trouble: { writerId, kind: rest, offsetBytes, lostBytes } }),
    };
  }
}
