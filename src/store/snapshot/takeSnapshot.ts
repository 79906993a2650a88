import { basename, join } from 'node:path';
import { schemaVersion } from '../database/migrate';
import type { Replica } from '../database/replica';
import { moveAside } from '../disk/damage';
import type { Disk } from '../disk/disk';
import { temporaryMark, writeTemporary } from '../disk/durableWrite';
import { type FolderLock, tryLock } from '../disk/folderLock';
import { contains, type Positions } from '../journal/journalPositions';
import { restingJournals } from '../journal/restingJournals';
import type { StoreContext } from '../storeContext';
import { journalPath, leasePath, type StorePaths } from '../storePaths';
import { newerStoreMessage } from './loadReplica';
import { decodeSnapshot, encodeSnapshot, type Snapshot } from './snapshotFile';

/**
 * Writes what the replica holds as the newest snapshot. Undefined if another process is at it, or if the
 * newest snapshot has what the replica has not.
 */
export async function takeSnapshot(
  context: StoreContext,
  replica: Replica,
): Promise<Positions | undefined> {
  const lock = tryLock(context.disk, context.paths.lock, context.now());
  if (lock === undefined) return undefined;
  try {
    const current = readCurrent(context);
    if (current !== undefined && !contains(replica.positions(), current.positions)) {
      return undefined;
    }
    return await writeSnapshot(context, lock, replica, current?.positions);
  } finally {
    lock.release();
  }
}

/**
 * Writes what the replica holds as the newest snapshot, keeps the one before it, and removes the
 * journals that both contain. Undefined if the lock was lost meanwhile.
 *
 * @param current what the newest snapshot contains, found to be whole; undefined if there is none.
 */
export async function writeSnapshot(
  context: StoreContext,
  lock: FolderLock,
  replica: Replica,
  current: Positions | undefined,
): Promise<Positions | undefined> {
  const { disk, paths } = context;
  removeTemporaries(disk, paths);
  const positions = new Map(replica.positions());
  const parts = encodeSnapshot({ database: replica.database.export(), positions });
  const temporary = await writeTemporary(disk, paths.snapshot, parts);
  try {
    if (!lock.isHeld()) return undefined;
    if (current !== undefined) disk.rename(paths.snapshot, paths.previousSnapshot);
    // A crash here leaves no newest snapshot, which reads as the one before it and the journals.
    disk.rename(temporary, paths.snapshot);
  } finally {
    // Gone if all went well.
    disk.remove(temporary);
  }
  disk.syncFolder(paths.folder);
  if (current !== undefined) removeJournals(context, current, positions);
  return positions;
}

function readCurrent({ disk, paths, now, report }: StoreContext): Snapshot | undefined {
  if (disk.stat(paths.snapshot) === undefined) return undefined;
  const file = disk.read(paths.snapshot);
  const snapshot = decodeSnapshot(file);
  if (snapshot === undefined) {
    const aside = moveAside(disk, paths, paths.snapshot, now());
    report(`${basename(paths.snapshot)} was damaged and has been set aside as ${aside}.`);
  } else if (userVersion(snapshot.database) > schemaVersion) {
    throw new Error(newerStoreMessage(paths.folder));
  }
  return snapshot;
}

/** Byte 60 of an SQLite file, https://www.sqlite.org/fileformat2.html#user_version_number */
function userVersion(database: Uint8Array): number {
  return new DataView(database.buffer, database.byteOffset).getUint32(60);
}

function removeTemporaries(disk: Disk, paths: StorePaths): void {
  const prefix = basename(paths.snapshot) + temporaryMark;
  for (const name of disk.list(paths.folder)) {
    if (name.startsWith(prefix)) disk.remove(join(paths.folder, name));
  }
}

/** Only what two snapshots contain, so that one may turn out to be damaged. */
function removeJournals(context: StoreContext, previous: Positions, newest: Positions): void {
  const { disk, paths } = context;
  for (const { writerId, sizeBytes, isAlive } of restingJournals(context, newest)) {
    if (sizeBytes > (previous.get(writerId)?.offsetBytes ?? 0)) continue;
    disk.remove(journalPath(paths, writerId));
    if (!isAlive) disk.remove(leasePath(paths, writerId));
  }
}
