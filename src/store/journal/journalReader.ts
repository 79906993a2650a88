import { errorMessage } from '../../core/userError';
import type { Applied, JournalPosition, Replica } from '../database/replica';
import { readableError } from '../readableError';
import type { StoreContext } from '../storeContext';
import { journalPath, journalWriterId } from '../storePaths';
import { checkJournalHeader, headerBytes, scanFrames } from './journalFormat';
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
  /** Why journals could not be read; they are read again the next time. */
  readonly unread: readonly Error[];
}

/** What a living writer has not mended by then, though it wrote on, it will not mend any more. */
const mendMs = 10_000;

interface Suspect {
  readonly offsetBytes: number;
  readonly lostBytes: number;
  readonly sinceMs: number;
}

/** Reads all journals on from where they were read before. */
export class JournalReader {
  readonly #context: StoreContext;
  readonly #replica: Replica;
  /** Sizes of journals of the dead that end badly: nothing more comes in them, unless one was asleep. */
  readonly #ended = new Map<string, number>();
  readonly #suspects = new Map<string, Suspect>();
  readonly #told = new Set<string>();
  /** What was said of journals that could not be read. */
  readonly #unread = new Map<string, string>();

  constructor(context: StoreContext, replica: Replica) {
    this.#context = context;
    this.#replica = replica;
  }

  /**
   * Applies what is new in all journals but those of `isOwn`, whose frames come another way. One that
   * cannot be read is told of and left for the next time. Throws if their folder cannot be listed.
   */
  readNew(isOwn: (writerId: string) => boolean = () => false): JournalsRead {
    const { disk, paths, report } = this.#context;
    const applied: Applied[] = [];
    const troubles: JournalTrouble[] = [];
    const unread: Error[] = [];
    for (const name of disk.list(paths.journals)) {
      const writerId = journalWriterId(name);
      if (writerId === undefined || isOwn(writerId)) continue;
      try {
        const trouble = this.#readOne(writerId, applied);
        if (trouble !== undefined) troubles.push(trouble);
        this.#readAgain(writerId);
      } catch (cause) {
        const error = readableError('read', journalPath(paths, writerId), cause);
        unread.push(error);
        this.#unread.set(writerId, error.message);
        report(error.message);
      }
    }
    for (const error of applied.flatMap(({ errors }) => [...errors.values()])) {
      report(`Epochlog could not take in a recorded change: ${errorMessage(error)}`);
    }
    return { applied, troubles, unread };
  }

  /** Returns what is to be told of the journal, if anything. */
  #readOne(writerId: string, applied: Applied[]): JournalTrouble | undefined {
    const { disk, paths, now } = this.#context;
    // Most have nothing new at most looks, and there may be a thousand.
    const sizeBytes = disk.stat(journalPath(paths, writerId))?.sizeBytes ?? 0;
    const isRead = sizeBytes <= (this.#replica.positions().get(writerId)?.offsetBytes ?? 0);
    if (isRead) this.#suspects.delete(writerId);
    if (isRead || this.#ended.get(writerId) === sizeBytes) return undefined;
    this.#ended.delete(writerId);
    // Before what is read, so that nothing comes after it.
    const wasAlive = isWriterAlive(disk, paths, writerId, now());
    const { trouble, ...found } = this.#readJournal(writerId);
    if (found.applied !== undefined) applied.push(found.applied);
    if (trouble === undefined) {
      this.#suspects.delete(writerId);
      return undefined;
    }
    if (trouble.kind === 'newer' || !wasAlive) {
      this.#ended.set(writerId, trouble.offsetBytes + trouble.lostBytes);
      return trouble;
    }
    return this.#isPastMending(trouble) ? trouble : undefined;
  }

  /** A living writer may be writing what looks cut off or wrong now. */
  #isPastMending({ writerId, offsetBytes, lostBytes }: JournalTrouble): boolean {
    const nowMs = this.#context.now();
    const suspect = this.#suspects.get(writerId);
    if (suspect === undefined || suspect.offsetBytes !== offsetBytes) {
      this.#suspects.set(writerId, { offsetBytes, lostBytes, sinceMs: nowMs });
      return false;
    }
    if (lostBytes <= suspect.lostBytes || nowMs - suspect.sinceMs < mendMs) return false;
    if (this.#told.has(writerId)) return false;
    this.#told.add(writerId);
    return true;
  }

  #readAgain(writerId: string): void {
    const message = this.#unread.get(writerId);
    if (message === undefined) return;
    this.#unread.delete(writerId);
    this.#context.passed(message);
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
