import { createBirpc } from 'birpc';

/** A two-way pipe that can carry structured data: a webview, a worker, or a test's pair of ends. */
export interface RpcChannel {
  post(message: unknown): void;
  /** Calls `listener` with every message that arrives; the returned function stops that. */
  listen(listener: (message: unknown) => void): () => void;
}

/** The functions of one side, as the other side sees them: the same, but always asynchronous. */
export type Remote<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

/** The same functions, told and not asked: nothing is waited for, so a side that is gone costs nothing. */
export type Notify<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => unknown
    ? (...args: A) => void
    : never;
};

export interface Rpc<T> {
  readonly remote: Remote<T>;
  readonly notify: Notify<T>;
  /** Rejects every call still open and stops listening. */
  dispose(): void;
}

/**
 * Connects two plain interfaces over a channel. A handler that throws rejects the caller with the
 * same name and message; disposing rejects what is open.
 */
export function createRpc<TRemote extends object, TLocal extends object>(
  channel: RpcChannel,
  local: TLocal,
): Rpc<TRemote> {
  let stop: (() => void) | undefined;
  const rpc = createBirpc<TRemote, TLocal, false>(local, {
    post: (message) => channel.post(message),
    on: (listener) => {
      stop = channel.listen(listener);
    },
    serialize: (message) => withError(message, toPlainError),
    deserialize: (message) => withError(message, toError),
    bind: 'functions',
    // Waiting is the caller's affair: a user may look at a dialog for an hour.
    timeout: -1,
    // A result that cannot cross rejects its caller; other failures have a caller who is told anyway.
    onGeneralError: (_error, method) => method !== undefined,
    proxify: false,
  });
  const proxy = (event: boolean) =>
    new Proxy(
      {},
      {
        get: (_target, method) =>
          // A promise-like probe must not become a remote call.
          typeof method !== 'string' || method === 'then'
            ? undefined
            : (...args: unknown[]) => {
                const call = rpc.$callRaw({ method, args, event });
                return event ? void call.catch(() => undefined) : call;
              },
      },
    );
  return {
    // SAFETY: the proxy turns each name into a call of the function of that name on the other side.
    remote: proxy(false) as Remote<TRemote>,
    // SAFETY: as above.
    notify: proxy(true) as Notify<TRemote>,
    dispose() {
      rpc.$close(new Error('The connection was closed'));
      stop?.();
    },
  };
}

interface PlainError {
  readonly name: string;
  readonly message: string;
}

/** Error objects do not survive every channel (a webview turns them into `{}`), so they cross as data. */
function withError(message: unknown, convert: (error: unknown) => unknown): unknown {
  if (typeof message !== 'object' || message === null || !('e' in message) || message.e == null) {
    return message;
  }
  return { ...message, e: convert(message.e) };
}

function toPlainError(error: unknown): PlainError {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

function toError(plain: unknown): Error {
  // SAFETY: only `toPlainError` on the other side writes this field.
  const { name, message } = plain as PlainError;
  const error = new Error(message);
  error.name = name;
  return error;
}
