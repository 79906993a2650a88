import { createHash } from 'node:crypto';
import { lstat, opendir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { BlobHash } from '../../core/run/run';
import type { FileHashes, FileState } from './fileHashes';

const maxFiles = 200_000;
const maxBytes = 64 * 1024 ** 3;
const maxDepth = 20;

export interface FolderContent extends FileState {
  readonly fileCount: number;
  /** Sorted by path. */
  readonly files: readonly FolderFile[];
  /** Tells this state from others by names, sizes and times. */
  readonly fingerprint: string;
}

interface FolderFile extends FileState {
  /** Relative, with `/`. */
  readonly path: string;
}

/**
 * What is in a folder, without reading any file; links are not followed. Undefined for one that has
 * too many files, or too much in them, to be hashed.
 */
export async function listFolder(folder: string): Promise<FolderContent | undefined> {
  const files: FolderFile[] = [];
  const waiting = [{ path: '', depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const handle = await opendir(join(folder, next.path)).catch(() => undefined);
    if (handle === undefined) continue;
    for await (const entry of handle) {
      const path = next.path === '' ? entry.name : `${next.path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && entry.name !== '__pycache__' && next.depth < maxDepth) {
          waiting.push({ path, depth: next.depth + 1 });
        }
      } else if (entry.isFile()) {
        const stats = await lstat(join(folder, path)).catch(() => undefined);
        if (stats?.isFile()) {
          files.push({ path, sizeBytes: stats.size, modifiedAtMs: stats.mtimeMs });
        }
        if (files.length > maxFiles) return undefined;
      }
    }
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const print = createHash('sha256');
  let sizeBytes = 0;
  let modifiedAtMs = 0;
  for (const file of files) {
    sizeBytes += file.sizeBytes;
    modifiedAtMs = Math.max(modifiedAtMs, file.modifiedAtMs);
    print.update(`${file.path}\0${file.sizeBytes}\0${file.modifiedAtMs}\n`);
  }
  if (sizeBytes > maxBytes || files.length === 0) return undefined;
  const fingerprint = print.digest('hex');
  return { files, fileCount: files.length, sizeBytes, modifiedAtMs, fingerprint };
}

/**
 * The hash of a folder: SHA-256 over a line `PATH\0SIZE\0SHA-256` of each file, in the order of their
 * paths, so that it is the same wherever the folder lies. Remembered by names, sizes and times.
 */
export async function hashFolder(
  folder: string,
  content: FolderContent,
  hashes: FileHashes,
): Promise<BlobHash | undefined> {
  const key = `${folder}${sep}#${content.fingerprint}`;
  const known = hashes.lookUp(key, content);
  if (known !== undefined) return known;
  const all = createHash('sha256');
  for (const file of content.files) {
    const hash = await hashes.hash(join(folder, file.path), file);
    if (hash === undefined) return undefined;
    all.update(`${file.path}\0${file.sizeBytes}\0${hash}\n`);
  }
  // SAFETY: it is one.
  const hash = all.digest('hex') as BlobHash;
  // Of a folder of small files nothing else would be kept.
  hashes.remember(key, content, hash);
  return hash;
}
