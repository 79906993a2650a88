import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { serveWorker } from '../app/serveWorker';
import { openStore } from '../store/openStore';
import type { Store, StoreListener } from '../store/store';
import type { StoreWorkerData } from '../store/storeClient';

const ask =
  <K extends keyof Store>(method: K) =>
  async (...args: Parameters<Store[K]>) => {
    const store = await opening;
    // SAFETY: the arguments are those of this very method.
    return (store[method] as (...args: Parameters<Store[K]>) => ReturnType<Store[K]>).apply(
      store,
      args,
    );
  };

const service: { [K in keyof Store]: unknown } = {
  commit: ask('commit'),
  putBlob: ask('putBlob'),
  putBlobIfRoom: ask('putBlobIfRoom'),
  hasRoom: ask('hasRoom'),
  readCheckpoint: ask('readCheckpoint'),
  readBlob: ask('readBlob'),
  appendLog: ask('appendLog'),
  readLog: ask('readLog'),
  readProgress: ask('readProgress'),
  listRuns: ask('listRuns'),
  listRunIds: ask('listRunIds'),
  readFigures: ask('readFigures'),
  readVocabulary: ask('readVocabulary'),
  getRun: ask('getRun'),
  getRuns: ask('getRuns'),
  listInputs: ask('listInputs'),
  readSeriesBatch: ask('readSeriesBatch'),
  listViews: ask('listViews'),
  listFiles: ask('listFiles'),
  listEditions: ask('listEditions'),
  readSeries: ask('readSeries'),
  readThinnedSeries: ask('readThinnedSeries'),
  listCheckpoints: ask('listCheckpoints'),
  getCheckpoint: ask('getCheckpoint'),
  takeNumber: ask('takeNumber'),
  listProblems: ask('listProblems'),
  setLimits: ask('setLimits'),
  setDirections: ask('setDirections'),
  spaceUsage: ask('spaceUsage'),
  cleanUp: ask('cleanUp'),
  async close() {
    // Nothing is to be closed of a store that could not be opened.
    await (await opening.catch(() => undefined))?.close();
  },
};
const notify = serveWorker<StoreListener>(service);

// SAFETY: `startStore` is the only one that starts this file.
const { folder } = workerData as StoreWorkerData;
const opening = openStore(
  folder,
  {
    changed: (change) => notify.changed(change),
    problem: (problem) => notify.problem(problem),
  },
  {
    wasmPath: join(__dirname, 'sql-wasm.wasm'),
    snapshotWorkerPath: join(__dirname, 'snapshotWorker.js'),
  },
);
opening.catch((error: Error) => notify.problem({ message: error.message, atMs: Date.now() }));
