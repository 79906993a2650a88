import { basename } from 'node:path';
import { errorMessage } from '../../core/userError';
import { listBlobs, readBlobFile } from '../contents/blobFiles';
import { CheckpointVersions } from '../contents/checkpointVersions';
import { readCheckpoint } from '../contents/readCheckpoint';
import { listStoredCheckpoints } from '../database/checkpointRows';
import { referencedBlobs } from '../database/referencedBlobs';
import { openSqlDatabase } from '../database/sqlDatabase';
import { checkJournalHeader, headerBytes, scanFrames } from '../journal/journalFormat';
import { decodeSnapshot } from '../snapshot/snapshotFile';
import type { StoreContext } from '../storeContext';
import { journalPath, journalWriterId } from '../storePaths';
import { peekContext, peekReplica } from './peekStore';

export interface StoreCheck {
  /** What is damaged or missing; empty if the store is whole. */
  readonly damage: readonly string[];
  /** What is worth knowing and costs nothing, such as the half record that a crash leaves. */
  readonly notes: readonly string[];
}

/** Reads all of a store and compares it with its checksums, changing nothing. */
export async function checkStore(folder: string, wasmPath: string): Promise<StoreCheck> {
  const damage: string[] = [];
  const notes: string[] = [];
  try {
    const context = peekContext(folder, { wasmPath, report: () => {} });
    await checkSnapshots(context, damage);
    checkJournals(context, damage, notes);
    await checkBlobs(context, damage);
  } catch (error) {
    damage.push(errorMessage(error));
  }
  return { damage, notes };
}

async function checkSnapshots(context: StoreContext, damage: string[]): Promise<void> {
  const { disk, paths, wasmPath } = context;
  for (const path of [paths.snapshot, paths.previousSnapshot]) {
    if (disk.stat(path) === undefined) continue;
    const snapshot = decodeSnapshot(disk.read(path));
    if (snapshot === undefined) {
      damage.push(`${basename(path)} is not as it was written.`);
      continue;
    }
    const database = await openSqlDatabase(wasmPath, snapshot.database);
    const found = String(database.row('PRAGMA integrity_check')?.[0]);
    if (found !== 'ok') damage.push(`${basename(path)} is not a sound database: ${found}.`);
    database.close();
  }
}

function checkJournals({ disk, paths }: StoreContext, damage: string[], notes: string[]): void {
  for (const name of disk.list(paths.journals)) {
    const writerId = journalWriterId(name);
    if (writerId === undefined) continue;
    const bytes = disk.read(journalPath(paths, writerId));
    const header = checkJournalHeader(bytes);
    const { endBytes, rest } =
      header === 'good'
        ? scanFrames(bytes.subarray(headerBytes), 1)
        : { endBytes: -headerBytes, rest: header };
    const goodBytes = headerBytes + endBytes;
    if (rest === 'damaged') {
      damage.push(`journal/${name} is not as it was written, from byte ${goodBytes} on.`);
    } else if (rest === 'newer') {
      damage.push(`journal/${name} was written by a newer version of Epochlog.`);
    } else if (rest === 'unfinished') {
      notes.push(
        `journal/${name} ends in ${bytes.length - goodBytes} bytes of an unfinished record.`,
      );
    }
  }
}

async function checkBlobs(context: StoreContext, damage: string[]): Promise<void> {
  const there = listBlobs(context);
  for (const hash of there) {
    await readBlobFile(context, hash).catch((error) => damage.push(errorMessage(error)));
  }
  const replica = await peekReplica(context);
  for (const { hash, user, id } of referencedBlobs(replica.database)) {
    const owner = user === 'run' || user === 'deletedRun' ? 'run' : 'checkpoint';
    if (!there.has(hash)) damage.push(`${owner} ${id} needs blob ${hash}, which is missing.`);
  }
  const versions = new CheckpointVersions(context);
  for (const checkpoint of listStoredCheckpoints(replica.database)) {
    await readCheckpoint(context, versions, checkpoint).catch((error) =>
      damage.push(`checkpoint ${checkpoint.id}: ${errorMessage(error)}`),
    );
  }
  replica.database.close();
}
