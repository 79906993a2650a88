import { join } from 'node:path';

/** Where the parts of a store lie in its folder. */
export interface StorePaths {
  readonly folder: string;
  readonly gitignore: string;
  readonly snapshot: string;
  readonly previousSnapshot: string;
  /** Held by who takes a snapshot. */
  readonly lock: string;
  /** Held by who does what no two may do at once. */
  readonly exclusiveLock: string;
  /** One append-only file a writer. */
  readonly journals: string;
  /** One file a living writer, touched while it lives. */
  readonly leases: string;
  readonly blobs: string;
  readonly logs: string;
  /** One folder a program whose output is kept until a window has recorded it, by the id of its run. */
  readonly launches: string;
  /** Copies of what was found damaged. */
  readonly damaged: string;
}

export function storePaths(folder: string): StorePaths {
  return {
    folder,
    gitignore: join(folder, '.gitignore'),
    snapshot: join(folder, 'store.db'),
    previousSnapshot: join(folder, 'store.db.previous'),
    lock: join(folder, 'store.lock'),
    exclusiveLock: join(folder, 'exclusive.lock'),
    journals: join(folder, 'journal'),
    leases: join(folder, 'writers'),
    blobs: join(folder, 'blobs'),
    logs: join(folder, 'logs'),
    launches: join(folder, 'launches'),
    damaged: join(folder, 'damaged'),
  };
}

const journalExtension = '.log';

export function journalPath(paths: StorePaths, writerId: string): string {
  return join(paths.journals, writerId + journalExtension);
}

/** The writer whose journal has this file name; undefined if it is no journal. */
export function journalWriterId(fileName: string): string | undefined {
  const writerId = fileName.slice(0, -journalExtension.length);
  return fileName.endsWith(journalExtension) && /^[0-9a-z]+$/.test(writerId) ? writerId : undefined;
}

export function leasePath(paths: StorePaths, writerId: string): string {
  return join(paths.leases, `${writerId}.json`);
}

export function launchPath(paths: StorePaths, runId: string): string {
  return join(paths.launches, runId);
}
