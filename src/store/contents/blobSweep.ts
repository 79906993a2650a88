import { randomBytes } from 'node:crypto';
import type { BlobHash } from '../../core/run/run';
import type { StoreContext } from '../storeContext';
import { type BlobFile, blobPath, doomedPath, listBlobFiles } from './blobFiles';

/** What nobody touched for so long is wanted by nobody. */
const blobRestMs = 600_000;
/** Bounds the time for which readers have to look for a blob under two names. */
const maxBlobsAStep = 500;

export interface SweepPorts {
  /** What the state refers to, as far as it is known now. */
  referenced(): ReadonlySet<BlobHash>;
  /** Whether this process is about to refer to it. */
  isWanted(hash: BlobHash): boolean;
  /** Takes in all that others have written up to now; rejects if some of it cannot be read. */
  catchUp(): Promise<void>;
  /** Whether this is still the only window that collects. */
  isHeld(): boolean;
}

export interface Swept {
  readonly freedBytes: number;
  readonly isDone: boolean;
}

/**
 * Removes some of the blobs that nothing refers to; to be called under the exclusive lock, caught up.
 *
 * Whoever is about to refer to a blob touches it first, and writes it anew if it is gone by then. So a
 * blob is first given a name under which nobody can touch it; what was touched before shows then by its
 * time, what was referred to by the journals, and both get their names back. Only what is neither is
 * removed, and only under that name. Wherever this stops, the next sweep gives names back, and readers
 * find a blob under either.
 */
export async function sweepBlobs(context: StoreContext, ports: SweepPorts): Promise<Swept> {
  restoreDoomed(context);
  const { doomed, isDone } = doomUnwanted(context, ports);
  if (doomed.length === 0) return { freedBytes: 0, isDone };
  await ports.catchUp();
  const referenced = ports.referenced();
  let freedBytes = 0;
  for (const blob of doomed) {
    const mayGo = !referenced.has(blob.hash) && !ports.isWanted(blob.hash) && ports.isHeld();
    if (!mayGo) restore(context, blob);
    else {
      context.disk.remove(blob.path);
      freedBytes += blob.sizeBytes;
    }
  }
  return { freedBytes, isDone };
}

/** Whether a blob would be collected now if nothing refers to it. */
export function hasRested({ now }: StoreContext, modifiedAtMs: number): boolean {
  return now() - modifiedAtMs > blobRestMs;
}

interface DoomedBlob extends BlobFile {
  readonly sizeBytes: number;
}

function doomUnwanted(
  context: StoreContext,
  { referenced, isWanted }: SweepPorts,
): { doomed: readonly DoomedBlob[]; isDone: boolean } {
  const { disk } = context;
  const token = randomBytes(6).toString('hex');
  const needed = referenced();
  const doomed: DoomedBlob[] = [];
  for (const { hash, path, isDoomed } of listBlobFiles(context)) {
    if (isDoomed || needed.has(hash) || isWanted(hash)) continue;
    const before = disk.stat(path);
    if (before === undefined || !hasRested(context, before.modifiedAtMs)) continue;
    if (doomed.length === maxBlobsAStep) return { doomed, isDone: false };
    const blob = { hash, path: doomedPath(path, token), isDoomed: true };
    disk.rename(path, blob.path);
    const found = disk.stat(blob.path);
    if (found === undefined) continue;
    if (hasRested(context, found.modifiedAtMs)) doomed.push({ ...blob, ...found });
    else restore(context, blob);
  }
  return { doomed, isDone: true };
}

function restoreDoomed(context: StoreContext): void {
  for (const blob of listBlobFiles(context)) if (blob.isDoomed) restore(context, blob);
}

function restore({ disk, paths }: StoreContext, { hash, path }: BlobFile): void {
  const home = blobPath(paths, hash);
  // Written anew meanwhile: that one is as good, and its time says that it is wanted.
  if (disk.stat(home) !== undefined) disk.remove(path);
  else if (disk.stat(path) !== undefined) disk.rename(path, home);
}
