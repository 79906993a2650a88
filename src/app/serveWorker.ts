import { parentPort } from 'node:worker_threads';
import { createRpc, type Notify } from '../core/rpc';

/** Answers the window that started this worker. @returns what the window may be told unasked. */
export function serveWorker<TWindow extends object>(service: object): Notify<TWindow> {
  const port = parentPort;
  if (!port) throw new Error('This file runs as a worker only');
  return createRpc<TWindow, object>(
    {
      post: (message) => port.postMessage(message),
      listen: (listener) => {
        port.on('message', listener);
        return () => port.off('message', listener);
      },
    },
    service,
  ).notify;
}
