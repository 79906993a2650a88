import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { constants, deflate, inflate, inflateSync, type ZlibOptions } from 'node:zlib';
import type { BlobHash } from '../../core/run/run';
import { UserError } from '../../core/userError';
import { moveAside } from '../disk/damage';
import { type Disk, errorCode } from '../disk/disk';
import { makeDurableFolder } from '../disk/durableFolder';
import { durableWrite } from '../disk/durableWrite';
import { readableError } from '../readableError';
import type { StoreContext } from '../storeContext';
import type { StorePaths } from '../storePaths';

const compress = promisify<Uint8Array, ZlibOptions, Buffer>(deflate);
const decompress = promisify(inflate);

/** In base64 of an image nothing repeats, and to look for it takes seven times as long. */
const huffmanOnly: ZlibOptions = { strategy: constants.Z_HUFFMAN_ONLY };
const sampleBytes = 1024;
/** So many different characters has no text of so little length. */
const minBase64Characters = 56;

function looksLikeBase64(bytes: Uint8Array): boolean {
  if (bytes.length < 2 * sampleBytes) return false;
  const sample = Buffer.from(bytes.buffer, bytes.byteOffset + sampleBytes / 2, sampleBytes);
  const text = sample.toString('latin1').replaceAll('\\n', '');
  return /^[A-Za-z0-9+/]*$/.test(text) && new Set(text).size >= minBase64Characters;
}

/**
 * Stores the bytes once, as `blobs/ab/abcdef….z`. One that is there already gets the time of now, by
 * which a collection in another window sees that it is wanted.
 */
export async function writeBlob(context: StoreContext, bytes: Uint8Array): Promise<BlobHash> {
  const { disk, paths } = context;
  const hash = hashOf(bytes);
  const path = blobPath(paths, hash);
  try {
    const folder = dirname(path);
    if (touchIfThere(disk, path) && (await isWhole(context, hash, path))) {
      // Whoever made it may not have come to that yet.
      disk.syncFolder(folder);
      return hash;
    }
    const compressed = await compress(bytes, looksLikeBase64(bytes) ? huffmanOnly : {});
    // Once something is in it, it was made to last.
    if (disk.list(folder).length === 0) makeDurableFolder(disk, paths, folder);
    await durableWrite(disk, path, [compressed]);
    return hash;
  } catch (error) {
    throw readableError('write to', paths.blobs, error);
  }
}

/** Sets a damaged one aside: what is stored again is to be there again. */
async function isWhole(context: StoreContext, hash: BlobHash, path: string): Promise<boolean> {
  const { disk, paths, now, report } = context;
  if ((await decode(readWherever(disk, path), hash)) !== undefined) return true;
  const aside = moveAside(disk, paths, path, now());
  report(`${path} was damaged and has been set aside as ${aside}. Its content is stored anew.`);
  return false;
}

/**
 * Makes the blob look wanted, bringing it back if a collection was about to remove it. `foreign`: it is
 * another user's file, whose time only that user can set.
 */
export function touchBlob(
  { disk, paths }: StoreContext,
  hash: BlobHash,
): 'touched' | 'missing' | 'foreign' {
  try {
    return touchWherever(disk, blobPath(paths, hash));
  } catch (error) {
    throw readableError('write to', paths.blobs, error);
  }
}

function touchWherever(disk: Disk, path: string): 'touched' | 'missing' | 'foreign' {
  if (touchIfThere(disk, path)) return 'touched';
  for (const doomed of listDoomed(disk, path)) {
    try {
      disk.rename(doomed, path);
    } catch {
      // The collection was faster, this way or the other.
    }
  }
  if (touchIfThere(disk, path)) return 'touched';
  return disk.stat(path) === undefined ? 'missing' : 'foreign';
}

/** Puts a copy in the blob's place, which has a time of its own. */
export async function copyBlob({ disk, paths }: StoreContext, hash: BlobHash): Promise<void> {
  const path = blobPath(paths, hash);
  await durableWrite(disk, path, [readWherever(disk, path)]);
}

/** False also where it may not be touched, as when another user wrote it. */
function touchIfThere(disk: Disk, path: string): boolean {
  if (disk.stat(path) === undefined) return false;
  try {
    disk.touch(path);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'EPERM' || code === 'EACCES') return false;
    throw error;
  }
}

export async function readBlobFile(
  { disk, paths }: Pick<StoreContext, 'disk' | 'paths'>,
  hash: BlobHash,
): Promise<Uint8Array> {
  if (!isBlobHash(hash)) throw new UserError(`${hash} is not the hash of a blob.`);
  const path = blobPath(paths, hash);
  let file: Uint8Array;
  try {
    file = readWherever(disk, path);
  } catch (error) {
    throw readableError('read', path, error);
  }
  const bytes = await decode(file, hash);
  if (bytes === undefined) {
    throw new UserError(`${path} is damaged: its content is not what was stored.`);
  }
  return bytes;
}

/** The same without a wait, for what is small: what holds more than `maxBytes` is not read. */
export function readBlobFileNow(
  place: Pick<StoreContext, 'disk' | 'paths'>,
  hash: BlobHash,
  maxBytes: number,
): Uint8Array {
  const { disk, paths } = place;
  if (!isBlobHash(hash)) throw new UserError(`${hash} is not the hash of a blob.`);
  const path = blobPath(paths, hash);
  let bytes: Uint8Array;
  try {
    bytes = inflateSync(readWherever(disk, path), { maxOutputLength: maxBytes });
  } catch (error) {
    throw readableError('read', path, error);
  }
  if (hashOf(bytes) === hash) return bytes;
  throw new UserError(`${path} is damaged: its content is not what was stored.`);
}

/** Undefined if it is not what was stored. */
async function decode(file: Uint8Array, hash: BlobHash): Promise<Uint8Array | undefined> {
  const bytes = await decompress(file).catch(() => undefined);
  return bytes !== undefined && hashOf(bytes) === hash ? bytes : undefined;
}

/** A collection may be giving the file another name, or its own back, between two looks. */
function readWherever(disk: Disk, path: string): Uint8Array {
  for (let look = 1; ; look++) {
    for (const name of [path, ...listDoomed(disk, path)]) {
      try {
        return disk.read(name);
      } catch (error) {
        if (errorCode(error) !== 'ENOENT') throw error;
      }
    }
    if (look === 3) return disk.read(path);
  }
}

export interface BlobFile {
  readonly hash: BlobHash;
  readonly path: string;
  /** Under the name that a collection gave it, which did not come to its end. */
  readonly isDoomed: boolean;
}

/** All files of blobs that are there, whole or not. */
export function* listBlobFiles({ disk, paths }: StoreContext): Generator<BlobFile> {
  for (const folder of disk.list(paths.blobs)) {
    for (const name of disk.list(join(paths.blobs, folder))) {
      const found = /^([0-9a-f]{64})\.z(\.doomed-[0-9a-f]+)?$/.exec(name);
      if (found === null) continue;
      // SAFETY: only `writeBlob` gives files such names.
      const hash = found[1] as BlobHash;
      yield { hash, path: join(paths.blobs, folder, name), isDoomed: found[2] !== undefined };
    }
  }
}

/** Hashes of all blobs that are there, whole or not, each once. */
export function listBlobs(context: StoreContext): ReadonlySet<BlobHash> {
  return new Set(Array.from(listBlobFiles(context), ({ hash }) => hash));
}

export function blobPath({ blobs }: StorePaths, hash: BlobHash): string {
  return join(blobs, hash.slice(0, 2), `${hash}.z`);
}

/** Where a collection puts a blob before it removes it; no two collections give the same name. */
export function doomedPath(path: string, token: string): string {
  return `${path}.doomed-${token}`;
}

export function isBlobHash(text: string): text is BlobHash {
  return /^[0-9a-f]{64}$/.test(text);
}

function listDoomed(disk: Disk, path: string): string[] {
  const prefix = doomedPath(path, '');
  return disk
    .list(dirname(path))
    .map((name) => join(dirname(path), name))
    .filter((found) => found.startsWith(prefix));
}

export function hashOf(bytes: Uint8Array): BlobHash {
  // SAFETY: a BlobHash is this.
  return createHash('sha256').update(bytes).digest('hex') as BlobHash;
}
