import { UserError } from '../../core/userError';
import { errorCode } from '../disk/disk';
import { readableError } from '../readableError';
import type { StoreContext } from '../storeContext';

/** Where waiting may help: space returns, a network folder comes back, others close their files. */
const passingCodes: ReadonlySet<string> = new Set([
  ...['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EBUSY', 'EINTR'],
  ...['ENOENT', 'ENODEV', 'ENXIO', 'ESTALE', 'EREMOTEIO', 'ETIMEDOUT', 'ENETDOWN', 'ENETUNREACH'],
  ...['ENETRESET', 'EHOSTDOWN', 'EHOSTUNREACH', 'ECONNRESET', 'ECONNREFUSED', 'ENOTCONN'],
]);

/** A write that is to be done again elsewhere, whatever the code of its cause. */
export class WriteElsewhere extends Error {
  constructor(cause: unknown) {
    super('This file can no longer be trusted', { cause });
  }
}

export interface WriteRetryOptions {
  /** The wait after the first failure; each further one is twice as long, up to ten times this. */
  readonly firstDelayMs: number;
  /** What is held in memory meanwhile. */
  readonly maxHeldBytes: number;
}

/**
 * Holds what could not be written for a reason that can pass, and writes it when that has passed. Shared
 * by all that writes to one store, so that its user is told once.
 */
export class WriteRetry {
  readonly #context: StoreContext;
  readonly #options: WriteRetryOptions;
  /** What is being tried again. */
  readonly #failing = new Set<symbol>();
  readonly #wakers = new Set<() => void>();
  #told: string | undefined;
  #heldBytes = 0;
  #refused = 0;
  #isClosing = false;
  #onHeld = () => {};
  /** Resolves once something is held for the first time. */
  readonly held = new Promise<void>((resolve) => {
    this.#onHeld = resolve;
  });

  constructor(context: StoreContext, options: WriteRetryOptions) {
    this.#context = context;
    this.#options = options;
  }

  get isHolding(): boolean {
    return this.#failing.size > 0;
  }

  /**
   * Counts bytes that wait to be written; returns what ends that. While writing fails it throws a
   * `UserError` for what would no longer fit into memory.
   */
  hold(sizeBytes: number): () => void {
    const { maxHeldBytes } = this.#options;
    if (this.isHolding && this.#heldBytes + sizeBytes > maxHeldBytes) {
      this.#refused++;
      throw new UserError(
        `Epochlog cannot write to ${this.#context.paths.folder}, and holds ${this.#heldBytes} bytes in memory until it can; no more than ${maxHeldBytes} are held, so this is not recorded.`,
      );
    }
    this.#heldBytes += sizeBytes;
    return () => {
      this.#heldBytes -= sizeBytes;
    };
  }

  /** Tries until it succeeds, or fails for a reason that does not pass, or the store is closed. */
  async run<T>(attempt: () => Promise<T>): Promise<T> {
    const token = Symbol();
    for (let failures = 0; ; failures++) {
      try {
        const result = await attempt();
        this.#ended(token, true);
        return result;
      } catch (error) {
        if (!mayPass(error) || this.#isClosing) {
          this.#ended(token, false);
          throw this.#isClosing && mayPass(error) ? this.#closed(error) : error;
        }
        // Elsewhere it may work at once.
        if (error instanceof WriteElsewhere && failures === 0) continue;
        this.#failing.add(token);
        this.#onHeld();
        this.#tell(error);
        await this.#wait(failures);
      }
    }
  }

  /** From here on each is tried once more and then given up. */
  close(): void {
    this.#isClosing = true;
    for (const wake of this.#wakers) wake();
  }

  #ended(token: symbol, isWritten: boolean): void {
    this.#failing.delete(token);
    if (this.isHolding || this.#told === undefined) return;
    const { report, passed, paths } = this.#context;
    passed(this.#told);
    this.#told = undefined;
    if (!isWritten) return;
    const lost =
      this.#refused === 0
        ? 'What was recorded meanwhile is on disk.'
        : `${this.#refused} of what was to be recorded meanwhile did not fit into memory and is not.`;
    this.#refused = 0;
    const message = `Epochlog writes to ${paths.folder} again. ${lost}`;
    report(message);
    passed(message);
  }

  #tell(error: unknown): void {
    if (this.#told !== undefined) return;
    this.#told = `${this.#readable(error).message} What is recorded meanwhile is kept in memory, and written as soon as that has passed.`;
    this.#context.report(this.#told);
  }

  #closed(error: unknown): Error {
    return new UserError(
      `${this.#readable(error).message} The window was closed before that passed, so this is not recorded.`,
    );
  }

  #readable(error: unknown): Error {
    const cause = error instanceof WriteElsewhere ? error.cause : error;
    return readableError('write to', this.#context.paths.folder, cause);
  }

  async #wait(failures: number): Promise<void> {
    const { firstDelayMs } = this.#options;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wakers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, firstDelayMs * Math.min(10, 2 ** failures));
      timer.unref();
      this.#wakers.add(wake);
      if (this.#isClosing) wake();
    });
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof WriteElsewhere) return true;
  // What has been made readable has the system's own error as its cause.
  const code = errorCode(error) ?? (error instanceof Error ? errorCode(error.cause) : undefined);
  return code !== undefined && passingCodes.has(code);
}
