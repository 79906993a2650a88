import { Worker } from 'node:worker_threads';
import { createRpc, type Remote } from '../core/rpc';

export interface WorkerConnection<T> {
  readonly remote: Remote<T>;
  dispose(): Promise<void>;
}

/**
 * Connects to a worker bundle, which starts with the first call, so that a window that never needs it
 * does not pay for it. A worker that dies rejects every call still open.
 *
 * @param path the built entry, such as `dist/workers/extractionWorker.js`.
 * @param workerData what the worker finds under that name.
 */
export function connectWorker<T extends object>(
  path: string,
  workerData?: object,
): WorkerConnection<T> {
  let worker: Worker | undefined;
  let listen: (message: unknown) => void = () => undefined;
  const start = () => {
    const started = new Worker(path, { workerData });
    started.on('message', (message) => listen(message));
    // Without a listener an error would end the extension host.
    started.on('error', () => rpc.dispose());
    started.on('exit', () => rpc.dispose());
    return started;
  };
  const rpc = createRpc<T, object>(
    {
      post(message) {
        worker ??= start();
        worker.postMessage(message);
      },
      listen(listener) {
        listen = listener;
        return () => {
          listen = () => undefined;
        };
      },
    },
    {},
  );
  return {
    remote: rpc.remote,
    async dispose() {
      rpc.dispose();
      await worker?.terminate();
    },
  };
}
