import { basename } from 'node:path';
import { errorMessage } from '../../core/userError';
import { migrate, readSchemaVersion, schemaVersion } from '../database/migrate';
import { type JournalPosition, Replica } from '../database/replica';
import { openSqlDatabase, type SqlDatabase } from '../database/sqlDatabase';
import { moveAside } from '../disk/damage';
import type { HybridClock } from '../journal/hybridClock';
import { readableError } from '../readableError';
import type { StoreContext } from '../storeContext';
import { decodeSnapshot } from './snapshotFile';

export interface LoadedReplica {
  readonly replica: Replica;
  /** What the snapshot that it began with contains. */
  readonly snapshotPositions: ReadonlyMap<string, JournalPosition>;
  /** False if the newest snapshot was missing or damaged. */
  readonly isFromNewest: boolean;
  /** Why nothing may be written, if so. */
  readonly readOnlyReason?: string;
}

export function newerStoreMessage(folder: string): string {
  return `${folder} was written by a newer version of Epochlog. It can be looked at, but nothing is recorded in it until Epochlog is updated.`;
}

/** The state of the newest snapshot that is whole, or of none; the journals are still to be read. */
export async function loadReplica(
  context: StoreContext,
  clock: HybridClock,
): Promise<LoadedReplica> {
  const { paths } = context;
  for (const path of [paths.snapshot, paths.previousSnapshot]) {
    const database = await openSnapshot(context, path);
    if (database === undefined) continue;
    const isNewer = readSchemaVersion(database) > schemaVersion;
    migrate(database);
    const replica = new Replica(database, clock);
    return {
      replica,
      snapshotPositions: new Map(replica.positions()),
      isFromNewest: path === paths.snapshot,
      ...(isNewer && { readOnlyReason: newerStoreMessage(paths.folder) }),
    };
  }
  const database = await openSqlDatabase(context.wasmPath);
  migrate(database);
  const replica = new Replica(database, clock);
  return { replica, snapshotPositions: new Map(), isFromNewest: false };
}

async function openSnapshot(context: StoreContext, path: string): Promise<SqlDatabase | undefined> {
  let file: Uint8Array;
  try {
    if (context.disk.stat(path) === undefined) return undefined;
    file = context.disk.read(path);
  } catch (error) {
    throw readableError('read', path, error);
  }
  const snapshot = decodeSnapshot(file);
  if (snapshot !== undefined) return openSqlDatabase(context.wasmPath, snapshot.database);
  context.report(setAside(context, path));
  return undefined;
}

function setAside({ disk, paths, now }: StoreContext, path: string): string {
  const rest =
    path === paths.snapshot
      ? 'What it held was put together again from the snapshot before it and the journals.'
      : 'What it held was put together again from the journals; what was in no journal any more is only in the damaged file.';
  try {
    const aside = moveAside(disk, paths, path, now());
    return `${basename(path)} was damaged and has been set aside as ${aside}. ${rest}`;
  } catch (error) {
    return `${path} is damaged and could not be set aside (${errorMessage(error)}). ${rest}`;
  }
}
