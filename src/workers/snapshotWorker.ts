import { parentPort, workerData } from 'node:worker_threads';
import { errorMessage } from '../core/userError';
import { nodeDisk } from '../store/disk/disk';
import { buildSnapshot } from '../store/snapshot/buildSnapshot';
import type { SnapshotReport, SnapshotTask } from '../store/snapshot/snapshotThread';
import type { StoreContext } from '../store/storeContext';
import { storePaths } from '../store/storePaths';

// SAFETY: `buildInThread` is the only one that starts this file.
const { folder, wasmPath, expected } = workerData as SnapshotTask;
const problems: string[] = [];
const context: StoreContext = {
  disk: nodeDisk,
  paths: storePaths(folder),
  wasmPath,
  now: Date.now,
  report: (message) => problems.push(message),
  passed: () => {},
};
const tell = (report: SnapshotReport) => parentPort?.postMessage(report);

buildSnapshot(context, expected).then(
  (outcome) => tell({ problems, outcome }),
  (error) => tell({ problems, error: errorMessage(error) }),
);
