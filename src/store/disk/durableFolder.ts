import { dirname } from 'node:path';
import type { StorePaths } from '../storePaths';
import type { Disk } from './disk';

/**
 * Makes a folder of the store, and those above it up to the store's own, so that none of their names can
 * be lost: a file is only as durable as the names that lead to it.
 */
export function makeDurableFolder(disk: Disk, paths: StorePaths, folder: string): void {
  disk.makeFolder(folder);
  const above = dirname(paths.folder);
  for (let at = folder; at !== above && at !== dirname(at); at = dirname(at)) {
    disk.syncFolder(dirname(at));
  }
}
