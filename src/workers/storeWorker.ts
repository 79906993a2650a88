import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { createRpc } from '../core/rpc';
import { openStore } from '../store/openStore';
import type { Store, StoreListener } from '../store/store';
import type { StoreWorker, StoreWorkerData } from '../store/storeClient';

const port = parentPort;
if (!port) throw new Error('This file runs as a worker only');

// SAFETY: `startStore` is the only one that starts this file.
const { folder } = workerData as StoreWorkerData;
const wasmPath = join(__dirname, 'sql-wasm.wasm');

const opening = Promise.resolve().then(() =>
  openStore(
    folder,
    {
      changed: (change) => rpc.notify.changed(change),
      problem: (problem) => rpc.notify.problem(problem),
    },
    { wasmPath },
  ),
);
// Whoever asks is told; until then it is no unhandled rejection.
opening.catch(() => {});

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

const rpc = createRpc<StoreListener, { [K in keyof StoreWorker]: unknown }>(
  {
    post: (message) => port.postMessage(message),
    listen(listener) {
      port.on('message', listener);
      return () => port.off('message', listener);
    },
  },
  {
    opened: () => opening.then(() => undefined),
    commit: ask('commit'),
    putBlob: ask('putBlob'),
    readBlob: ask('readBlob'),
    appendLog: ask('appendLog'),
    readLog: ask('readLog'),
    listRuns: ask('listRuns'),
    getRun: ask('getRun'),
    readSeries: ask('readSeries'),
    listCheckpoints: ask('listCheckpoints'),
    getCheckpoint: ask('getCheckpoint'),
    listProblems: ask('listProblems'),
    close: ask('close'),
  },
);
