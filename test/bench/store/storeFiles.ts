import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { storePaths } from '../../../src/store/storePaths';

export function journalBytes(folder: string): number {
  return bytesUnder(storePaths(folder).journals);
}

/** When the newest snapshot was written, in milliseconds since 1970; 0 if there is none. */
export function snapshotAtMs(folder: string): number {
  return statSync(storePaths(folder).snapshot, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Sizes of a store's files by what they are; the older snapshot is a backup and counts apart. */
export function storeMegabytes(folder: string) {
  const { snapshot, previousSnapshot } = storePaths(folder);
  const previous = bytesUnder(previousSnapshot);
  return {
    diskMB: (bytesUnder(folder) - previous) / 1e6,
    snapshotMB: bytesUnder(snapshot) / 1e6,
    journalsMB: journalBytes(folder) / 1e6,
    previousSnapshotMB: previous / 1e6,
  };
}

/** Of a file or of all files in a folder; 0 if it is not there. */
function bytesUnder(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.size ?? 0;
  return readdirSync(path).reduce((sum, name) => sum + bytesUnder(join(path, name)), 0);
}
