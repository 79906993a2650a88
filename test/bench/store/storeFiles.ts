import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { storePaths } from '../../../src/store/storePaths';

/** Sizes of a store's files by what they are; the older snapshot is a backup and counts apart. */
export function storeMegabytes(folder: string) {
  const { snapshot, previousSnapshot, journals } = storePaths(folder);
  const previous = bytesUnder(previousSnapshot);
  return {
    diskMB: (bytesUnder(folder) - previous) / 1e6,
    snapshotMB: bytesUnder(snapshot) / 1e6,
    journalsMB: bytesUnder(journals) / 1e6,
    previousSnapshotMB: previous / 1e6,
  };
}

/** Of a file or of all files in a folder; 0 if it is not there. */
function bytesUnder(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.size ?? 0;
  return readdirSync(path).reduce((sum, name) => sum + bytesUnder(join(path, name)), 0);
}
