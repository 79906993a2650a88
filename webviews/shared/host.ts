import type { RpcChannel } from '../../src/core/rpc';
import { fromWire, toWire } from '../../src/protocol/wire';

/** What VS Code gives a webview, once a page load. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

/** The page's end of the pipe to the extension host. */
export function createHostChannel(api: VsCodeApi): RpcChannel {
  return {
    post: (message) => api.postMessage(toWire(message)),
    listen(listener) {
      const receive = (event: MessageEvent<unknown>) => {
        // VS Code and its developer tools post texts of their own into the same window.
        if (typeof event.data === 'object' && event.data !== null) listener(fromWire(event.data));
      };
      window.addEventListener('message', receive);
      return () => window.removeEventListener('message', receive);
    },
  };
}
