import { Worker } from 'node:worker_threads';
import { createRpc, type RpcChannel } from '../core/rpc';
import { UserError } from '../core/userError';
import type { Store, StoreListener } from './store';

export interface StoreClientOptions {
  /** The store's folder; need not be there yet. */
  readonly folder: string;
  /** The built `dist/workers/storeWorker.js`, with `sql-wasm.wasm` beside it. */
  readonly workerPath: string;
  readonly listener: StoreListener;
}

/** What the worker is started with. */
export interface StoreWorkerData {
  readonly folder: string;
}

/**
 * Opens a store in a thread of its own; what is asked meanwhile waits. If it cannot be opened, or if
 * that thread dies, the listener is told and every call rejects with an `Error` that a user can read.
 */
export function startStore({ folder, workerPath, listener }: StoreClientOptions): Store {
  const workerData: StoreWorkerData = { folder };
  const worker = new Worker(workerPath, { workerData });
  const rpc = createRpc<Store, StoreListener>(workerChannel(worker), listener);
  let death: Error | undefined;
  let isClosing = false;

  const die = (reason: string) => {
    if (death !== undefined) return;
    death = new UserError(
      isClosing
        ? 'The store is closed.'
        : `The store in ${folder} stopped (${reason}). What it acknowledged is on disk; reload the window to go on recording.`,
    );
    rpc.dispose();
    if (!isClosing) listener.problem({ message: death.message, atMs: Date.now() });
  };
  worker.on('error', (error) => die(error.message));
  worker.on('exit', (code) => die(`exit code ${code}`));

  const call =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (death !== undefined) throw death;
      try {
        return await method(...args);
      } catch (error) {
        // Of a call that was open when the worker died, the channel only knows that it was closed.
        throw death ?? error;
      }
    };

  const { remote } = rpc;
  return {
    commit: call(remote.commit),
    putBlob: call(remote.putBlob),
    putBlobIfRoom: call(remote.putBlobIfRoom),
    hasRoom: call(remote.hasRoom),
    readCheckpoint: call(remote.readCheckpoint),
    readBlob: call(remote.readBlob),
    appendLog: call(remote.appendLog),
    readLog: call(remote.readLog),
    readProgress: call(remote.readProgress),
    listRuns: call(remote.listRuns),
    listRunIds: call(remote.listRunIds),
    readFigures: call(remote.readFigures),
    readVocabulary: call(remote.readVocabulary),
    getRun: call(remote.getRun),
    getRuns: call(remote.getRuns),
    listInputs: call(remote.listInputs),
    readSeriesBatch: call(remote.readSeriesBatch),
    listViews: call(remote.listViews),
    listFiles: call(remote.listFiles),
    listEditions: call(remote.listEditions),
    readSeries: call(remote.readSeries),
    readThinnedSeries: call(remote.readThinnedSeries),
    listCheckpoints: call(remote.listCheckpoints),
    getCheckpoint: call(remote.getCheckpoint),
    takeNumber: call(remote.takeNumber),
    listProblems: call(remote.listProblems),
    setLimits: call(remote.setLimits),
    setDirections: call(remote.setDirections),
    spaceUsage: call(remote.spaceUsage),
    cleanUp: call(remote.cleanUp),
    async close() {
      if (death !== undefined) return;
      isClosing = true;
      try {
        await call(remote.close)();
      } finally {
        await worker.terminate();
      }
    },
  };
}

function workerChannel(worker: Worker): RpcChannel {
  return {
    post: (message) => worker.postMessage(message),
    listen(listener) {
      worker.on('message', listener);
      return () => worker.off('message', listener);
    },
  };
}
