import { parentPort } from 'node:worker_threads';
import { createRpc } from '../core/rpc';

/** Answers the window that started this worker. */
export function serveWorker(service: object): void {
  const port = parentPort;
  if (!port) throw new Error('This file runs as a worker only');
  createRpc(
    {
      post: (message) => port.postMessage(message),
      listen: (listener) => {
        port.on('message', listener);
        return () => port.off('message', listener);
      },
    },
    service,
  );
}
