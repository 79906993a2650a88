import { Worker } from 'node:worker_threads';
import { createRpc, type RpcChannel } from '../core/rpc';
import { UserError } from '../core/userError';
import type { Store, StoreListener } from './store';

/** What the worker is started with. */
export interface StoreWorkerData {
  readonly folder: string;
}

/** What the worker answers: the store, which it has open once `opened` resolves. */
export interface StoreWorker extends Store {
  opened(): Promise<void>;
}

/**
 * Opens the store in `folder` in a thread of its own. If that thread dies, what is open and what is
 * asked later rejects with an `Error` that a user can read; `listener.problem` is told too.
 *
 * @param workerPath the built `dist/workers/storeWorker.js`, with `sql-wasm.wasm` beside it.
 */
export async function startStore(
  workerPath: string,
  folder: string,
  listener: StoreListener,
): Promise<Store> {
  const workerData: StoreWorkerData = { folder };
  const worker = new Worker(workerPath, { workerData });
  const rpc = createRpc<StoreWorker, StoreListener>(workerChannel(worker), listener);
  let death: Error | undefined;
  let isClosing = false;

  const die = (reason: string) => {
    if (death !== undefined) return;
    death = new UserError(
      isClosing
        ? 'The store is closed.'
        : `The store of ${folder} stopped (${reason}). What it acknowledged is on disk; reload the window to go on recording.`,
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
  try {
    await call(remote.opened)();
  } catch (error) {
    isClosing = true;
    await worker.terminate();
    throw error;
  }
  return {
    commit: call(remote.commit),
    putBlob: call(remote.putBlob),
    readBlob: call(remote.readBlob),
    appendLog: call(remote.appendLog),
    readLog: call(remote.readLog),
    listRuns: call(remote.listRuns),
    getRun: call(remote.getRun),
    readSeries: call(remote.readSeries),
    listCheckpoints: call(remote.listCheckpoints),
    getCheckpoint: call(remote.getCheckpoint),
    listProblems: call(remote.listProblems),
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
