import { onTestFinished } from 'vitest';
import { createRpc, type Remote, type RpcChannel } from '../../../src/core/rpc';

/** Two ends of a pipe in memory. What crosses is cloned, as between threads, and never in the same turn. */
export function createChannelPair(): readonly [RpcChannel, RpcChannel] {
  const listeners = [new Set<(message: unknown) => void>(), new Set<(message: unknown) => void>()];
  const end = (own: number): RpcChannel => ({
    post(message) {
      const copy = structuredClone(message);
      queueMicrotask(() => {
        for (const listener of [...(listeners[1 - own] ?? [])]) listener(copy);
      });
    },
    listen(listener) {
      listeners[own]?.add(listener);
      return () => listeners[own]?.delete(listener);
    },
  });
  return [end(0), end(1)];
}

/** A service as its caller in another thread sees it. */
export function serveInMemory<T extends object>(service: T): Remote<T> {
  const [here, there] = createChannelPair();
  const served = createRpc<object, T>(there, service);
  const caller = createRpc<T, object>(here, {});
  onTestFinished(() => {
    caller.dispose();
    served.dispose();
  });
  return caller.remote;
}
