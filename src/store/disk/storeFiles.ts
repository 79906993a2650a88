import { join } from 'node:path';
import type { StorePaths } from '../storePaths';
import type { Disk } from './disk';

export interface StoreFile {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

/** All files of a store, also those that are not what they are to become. */
export function* listStoreFiles(disk: Disk, paths: StorePaths): Generator<StoreFile> {
  const { journals, leases, logs, damaged } = paths;
  const blobFolders = disk.list(paths.blobs).map((name) => join(paths.blobs, name));
  const subfolders = [journals, leases, logs, damaged, paths.blobs];
  for (const folder of [paths.folder, ...subfolders, ...blobFolders]) {
    for (const name of disk.list(folder)) {
      const path = join(folder, name);
      if (subfolders.includes(path) || blobFolders.includes(path)) continue;
      const found = disk.stat(path);
      if (found !== undefined) yield { path, name, ...found };
    }
  }
}

const logExtension = '.log';

/** Where the raw log of a run lies. */
export function logPath(paths: StorePaths, runId: string): string {
  return join(paths.logs, runId + logExtension);
}

/** The run whose log has this file name; undefined if it is no log. */
export function logRunId(fileName: string): string | undefined {
  return fileName.endsWith(logExtension) ? fileName.slice(0, -logExtension.length) : undefined;
}
