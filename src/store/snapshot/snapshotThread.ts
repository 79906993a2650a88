import { Worker } from 'node:worker_threads';
import type { Positions } from '../journal/journalPositions';
import type { StoreContext } from '../storeContext';
import type { SnapshotOutcome } from './buildSnapshot';

/** What the worker is started with. */
export interface SnapshotTask {
  readonly folder: string;
  readonly wasmPath: string;
  readonly expected: Positions;
}

/** What the worker says before it ends. */
export interface SnapshotReport {
  readonly problems: readonly string[];
  readonly outcome?: SnapshotOutcome;
  /** Why there is none. */
  readonly error?: string;
}

/** Builds a snapshot in a thread of its own, the built `dist/workers/snapshotWorker.js`. */
export function buildInThread(
  { paths, wasmPath, report }: StoreContext,
  workerPath: string,
  expected: Positions,
): Promise<SnapshotOutcome> {
  const task: SnapshotTask = { folder: paths.folder, wasmPath, expected };
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerPath, { workerData: task });
    worker.on('message', ({ problems, outcome, error }: SnapshotReport) => {
      for (const problem of problems) report(problem);
      if (outcome !== undefined) resolve(outcome);
      else reject(new Error(error));
    });
    worker.on('error', reject);
    // Of one that reported before, this changes nothing.
    worker.on('exit', (code) => reject(new Error(`its thread ended with code ${code}`)));
  });
}
