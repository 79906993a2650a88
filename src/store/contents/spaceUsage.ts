import { dirname } from 'node:path';
import { oldLogDays, type Space, type SpaceUsage } from '../../core/space/spaceUsage';
import { type BlobUser, listBlobUses } from '../database/referencedBlobs';
import type { SqlDatabase } from '../database/sqlDatabase';
import { toText } from '../database/sqlValues';
import { listStoreFiles, logRunId, type StoreFile } from '../disk/storeFiles';
import type { StoreContext } from '../storeContext';
import { hasRested } from './blobSweep';
import type { ManifestUses } from './manifestUses';

/** Runs that are deleted, and not for good; one that is still recorded stays. */
export const deletedRunsWhere =
  "started_stamp IS NOT NULL AND deleted_at_ms IS NOT NULL AND status <> 'running'";
export const deletedCheckpointsWhere = 'taken_stamp IS NOT NULL AND deleted_at_ms IS NOT NULL';
/** Takes the time before which a run began. */
export const oldLogsWhere =
  "started_stamp IS NOT NULL AND status <> 'running' AND started_at_ms < ? AND log_bytes > 0 AND log_dropped = 0";

export function oldLogsBeforeMs(nowMs: number): number {
  return nowMs - oldLogDays * 24 * 3_600_000;
}

/** Looks at every file of the store, and says what it is there for. */
export function measureSpace(
  context: StoreContext,
  database: SqlDatabase,
  manifests: ManifestUses,
): SpaceUsage {
  const { disk, paths, now } = context;
  const files = [...listStoreFiles(disk, paths)];
  const inFolder = (folder: string) => files.filter(({ path }) => dirname(path) === folder);
  const at = (path: string) => files.find((file) => file.path === path)?.sizeBytes ?? 0;
  const logBytes = new Map<string, number>();
  for (const { name, sizeBytes } of inFolder(paths.logs))
    logBytes.set(logRunId(name) ?? name, sizeBytes);
  const logsOf = (where: string, ...values: number[]) =>
    idsOf(database, where, ...values).map((id) => logBytes.get(id) ?? 0);
  const deletedLogs = logsOf(deletedRunsWhere);
  const blobs = blobSpaces(context, usesOf(database, manifests), files);
  return {
    totalBytes: spaceOf(files).bytes,
    snapshotBytes: at(paths.snapshot),
    previousSnapshotBytes: at(paths.previousSnapshot),
    journals: spaceOf(inFolder(paths.journals)),
    logs: spaceOf(inFolder(paths.logs)),
    setAside: spaceOf(inFolder(paths.damaged)),
    checkpointContents: blobs.checkpointContents,
    codeStates: blobs.codeStates,
    unreferenced: blobs.unreferenced,
    deletedRuns: {
      count: deletedLogs.length,
      bytes: sum(deletedLogs) + blobs.ofDeletedRunsBytes + deletedPointBytes(database),
    },
    deletedCheckpoints: {
      count: countOf(database, 'checkpoints', deletedCheckpointsWhere),
      bytes: blobs.ofDeletedCheckpointsBytes,
    },
    oldLogs: spaceOf(
      logsOf(oldLogsWhere, oldLogsBeforeMs(now())).map((sizeBytes) => ({ sizeBytes })),
    ),
  };
}

type BlobUses = ReadonlyMap<string, ReadonlySet<BlobUser>>;

/** Undefined if nobody knows, as a manifest cannot be read. */
function usesOf(database: SqlDatabase, manifests: ManifestUses): BlobUses | undefined {
  try {
    return listBlobUses(database, manifests);
  } catch {
    return undefined;
  }
}

/** Where nobody knows who uses what, every blob counts as one of a checkpoint. */
function blobSpaces(
  context: StoreContext,
  uses: BlobUses | undefined,
  files: readonly StoreFile[],
) {
  const checkpointContents = { count: 0, bytes: 0 };
  const codeStates = { count: 0, bytes: 0 };
  const unreferenced = { count: 0, bytes: 0 };
  let ofDeletedRunsBytes = 0;
  let ofDeletedCheckpointsBytes = 0;
  for (const { name, sizeBytes, modifiedAtMs } of files) {
    const hash = /^([0-9a-f]{64})\.z/.exec(name)?.[1];
    if (hash === undefined) continue;
    const users: readonly BlobUser[] =
      uses === undefined ? ['checkpoint'] : [...(uses.get(hash) ?? [])];
    const isOnly = (kind: string) => users.length > 0 && users.every((user) => user === kind);
    const space = users.some((user) => user.endsWith('heckpoint'))
      ? checkpointContents
      : users.length > 0
        ? codeStates
        : unreferenced;
    if (space === unreferenced && !hasRested(context, modifiedAtMs)) continue;
    space.count++;
    space.bytes += sizeBytes;
    if (isOnly('deletedRun')) ofDeletedRunsBytes += sizeBytes;
    if (isOnly('deletedCheckpoint')) ofDeletedCheckpointsBytes += sizeBytes;
  }
  return {
    checkpointContents,
    codeStates,
    unreferenced,
    ofDeletedRunsBytes,
    ofDeletedCheckpointsBytes,
  };
}

function idsOf(database: SqlDatabase, where: string, ...values: number[]): string[] {
  const rows = database.rows(`SELECT id FROM runs WHERE ${where}`, ...values);
  return Array.from(rows, ([id]) => toText(id));
}

function countOf(database: SqlDatabase, table: string, where: string): number {
  return Number(database.row(`SELECT count(*) FROM ${table} WHERE ${where}`)?.[0]);
}

/** Points are nearly all of the table data. */
function deletedPointBytes(database: SqlDatabase): number {
  const row = database.row(
    `SELECT total(length(points)) FROM runs JOIN series USING (run) JOIN chunks USING (series)
     WHERE ${deletedRunsWhere}`,
  );
  return Number(row?.[0]);
}

function spaceOf(files: readonly { readonly sizeBytes: number }[]): Space {
  return { count: files.length, bytes: sum(files.map(({ sizeBytes }) => sizeBytes)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
