import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { BlobHash } from '../core/run/run';
import { UserError } from '../core/userError';
import { makeDurableFolder } from './durableFolder';
import { durableWrite } from './durableWrite';
import { readableError } from './readableError';
import type { StoreContext } from './storeContext';

const compress = promisify(deflate);
const decompress = promisify(inflate);

/** Stores the bytes once, as `blobs/ab/abcdef….z`. */
export async function writeBlob(
  { disk, paths }: StoreContext,
  bytes: Uint8Array,
): Promise<BlobHash> {
  const hash = hashOf(bytes);
  const path = blobPath(paths.blobs, hash);
  try {
    const folder = dirname(path);
    if (disk.stat(path) !== undefined) {
      // Whoever made it may not have come to that yet.
      disk.syncFolder(folder);
      return hash;
    }
    const compressed = await compress(bytes);
    // Once something is in it, it was made to last.
    if (disk.list(folder).length === 0) makeDurableFolder(disk, paths, folder);
    await durableWrite(disk, path, [compressed]);
    return hash;
  } catch (error) {
    throw readableError('write to', paths.blobs, error);
  }
}

export async function readBlobFile(
  { disk, paths }: StoreContext,
  hash: BlobHash,
): Promise<Uint8Array> {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new UserError(`${hash} is not the hash of a blob.`);
  const path = blobPath(paths.blobs, hash);
  let file: Uint8Array;
  try {
    file = disk.read(path);
  } catch (error) {
    throw readableError('read', path, error);
  }
  const bytes = await decompress(file).catch(() => undefined);
  if (bytes === undefined || hashOf(bytes) !== hash) {
    throw new UserError(`${path} is damaged: its content is not what was stored.`);
  }
  return bytes;
}

/** Hashes of all blobs that are there, whole or not. */
export function* listBlobs({ disk, paths }: StoreContext): Generator<BlobHash> {
  for (const folder of disk.list(paths.blobs)) {
    for (const name of disk.list(join(paths.blobs, folder))) {
      const hash = name.slice(0, -2);
      // SAFETY: only `writeBlob` gives files such names.
      if (/^[0-9a-f]{64}\.z$/.test(name)) yield hash as BlobHash;
    }
  }
}

function blobPath(blobs: string, hash: BlobHash): string {
  return join(blobs, hash.slice(0, 2), `${hash}.z`);
}

function hashOf(bytes: Uint8Array): BlobHash {
  // SAFETY: a BlobHash is this.
  return createHash('sha256').update(bytes).digest('hex') as BlobHash;
}
