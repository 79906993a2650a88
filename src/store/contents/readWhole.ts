import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../core/userError';
import { headerBytes } from '../journal/journalFormat';
import type { Positions } from '../journal/journalPositions';
import type { StoreContext } from '../storeContext';
import { journalPath, journalWriterId } from '../storePaths';

export interface JournalPorts {
  /** Takes in all that others have written up to now; rejects if some of it cannot be read. */
  catchUp(): Promise<void>;
  positions(): Positions;
  isOwn(writerId: string): boolean;
}

/** A record that another window is just writing is whole after this. */
const retryMs = 50;
const maxLooks = 20;

/**
 * Takes in every byte that is in the journals of others now. Rejects with a `UserError` if one does not
 * end in a whole record: what it would say is not known then, and nothing may be built on its silence.
 */
export async function readWhole(context: StoreContext, ports: JournalPorts): Promise<void> {
  const sizes = journalSizes(context, ports.isOwn);
  for (let look = 1; ; look++) {
    await ports.catchUp();
    const positions = ports.positions();
    const [unread] = [...sizes].find(
      ([writerId, sizeBytes]) =>
        sizeBytes > Math.max(headerBytes, positions.get(writerId)?.offsetBytes ?? 0),
    ) ?? [undefined];
    if (unread === undefined) return;
    if (look === maxLooks) {
      throw new UserError(
        `${journalPath(context.paths, unread)} cannot be read to its end, so nobody can tell what it needs. Close the other windows of this folder and try again.`,
      );
    }
    await delay(retryMs);
  }
}

function journalSizes(
  { disk, paths }: StoreContext,
  isOwn: (writerId: string) => boolean,
): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const name of disk.list(paths.journals)) {
    const writerId = journalWriterId(name);
    if (writerId === undefined || isOwn(writerId)) continue;
    sizes.set(writerId, disk.stat(journalPath(paths, writerId))?.sizeBytes ?? 0);
  }
  return sizes;
}
