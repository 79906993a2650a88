import type { StoreContext } from '../storeContext';
import { journalPath, journalWriterId } from '../storePaths';
import type { Positions } from './journalPositions';
import { isJournalSealed, isWriterAlive } from './writerLease';

/** A journal rests this long before it goes, so that every open window has read it to its end. */
const journalRestMs = 60_000;

export interface RestingJournal {
  readonly writerId: string;
  readonly sizeBytes: number;
  /** Its process lives, and has runs under the names of all the writers that it has been. */
  readonly isAlive: boolean;
}

/** The journals to which nothing more comes, and of which all is in `contained`. */
export function* restingJournals(
  { disk, paths, now }: StoreContext,
  contained: Positions,
): Generator<RestingJournal> {
  for (const name of disk.list(paths.journals)) {
    const writerId = journalWriterId(name);
    if (writerId === undefined) continue;
    const isAlive = isWriterAlive(disk, paths, writerId, now());
    if (isAlive && !isJournalSealed(disk, paths, writerId)) continue;
    const journal = disk.stat(journalPath(paths, writerId));
    const containedBytes = contained.get(writerId)?.offsetBytes ?? 0;
    if (journal === undefined || journal.sizeBytes > containedBytes) continue;
    if (now() - journal.modifiedAtMs < journalRestMs) continue;
    yield { writerId, sizeBytes: journal.sizeBytes, isAlive };
  }
}
