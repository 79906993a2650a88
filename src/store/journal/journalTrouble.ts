import { basename } from 'node:path';
import { errorMessage } from '../../core/userError';
import { copyAside } from '../disk/damage';
import { mayBeAlive, parseProcessMark } from '../disk/processLife';
import { newerStoreMessage } from '../snapshot/loadReplica';
import type { StoreContext } from '../storeContext';
import { journalPath, leasePath } from '../storePaths';
import type { JournalTrouble } from './journalReader';

/**
 * Keeps a copy of a journal that does not end well and cuts it back to what is good, so that it is told
 * of once. Resolves to what the user should know.
 */
export async function healJournal(context: StoreContext, trouble: JournalTrouble): Promise<string> {
  const { disk, paths, now } = context;
  const path = journalPath(paths, trouble.writerId);
  if (trouble.kind === 'newer') return newerStoreMessage(paths.folder);
  const found =
    trouble.kind === 'unfinished'
      ? `${path} ends in an unfinished record of ${trouble.lostBytes} bytes, as after a crash; what was acknowledged before it is kept.`
      : `${path} is damaged from byte ${trouble.offsetBytes} on; the changes before that are kept, ${trouble.lostBytes} bytes after it cannot be read.`;
  try {
    // Once is enough for a journal that may not be cut back.
    const isCopied = disk.list(paths.damaged).some((name) => name.startsWith(basename(path)));
    if (isCopied && !isSurelyDead(context, trouble.writerId)) return found;
    const aside = await copyAside(disk, paths, path, now());
    if (isSurelyDead(context, trouble.writerId)) await cutBack(context, path, trouble.offsetBytes);
    return `${found} A copy of the file is in ${aside}.`;
  } catch (error) {
    return `${found} No copy of it could be made (${errorMessage(error)}).`;
  }
}

async function cutBack({ disk }: StoreContext, path: string, sizeBytes: number): Promise<void> {
  const file = disk.open(path, 'append');
  try {
    disk.truncate(file, sizeBytes);
    await disk.sync(file);
  } finally {
    disk.close(file);
  }
}

/** An old lease of another machine proves nothing: a journal is cut only if nobody can be writing it. */
function isSurelyDead({ disk, paths }: StoreContext, writerId: string): boolean {
  const path = leasePath(paths, writerId);
  if (disk.stat(path) === undefined) return true;
  const mark = parseProcessMark(disk.read(path));
  return mark !== undefined && !mayBeAlive(mark);
}
