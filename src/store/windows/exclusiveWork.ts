import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../core/userError';
import { type FolderLock, tryLock } from '../disk/folderLock';
import { readableError } from '../readableError';
import type { StoreContext } from '../storeContext';

export interface ExclusiveOptions {
  /** Takes in all that others have written; rejects if some of it cannot be read. */
  catchUp(): Promise<void>;
  /** How long another window may take before its work is not waited for any more. */
  readonly timeoutMs: number;
}

/** Work that no two windows of a store may do at once. */
export class ExclusiveWork {
  readonly #context: StoreContext;
  readonly #options: ExclusiveOptions;
  #last: Promise<unknown> = Promise.resolve();
  /** What could not be released yet; nobody else would for minutes, as this process lives. */
  #unreleased: FolderLock | undefined;
  #isClosing = false;

  constructor(context: StoreContext, options: ExclusiveOptions) {
    this.#context = context;
    this.#options = options;
  }

  /**
   * Does `work` while no other window does any, on a state that has all that they had written before.
   * A window that sleeps for minutes can lose the lock in its work: what must be sure writes it down
   * first and then asks `isHeld`. Rejects with a `UserError` if another is at it for too long.
   */
  run<T>(work: (lock: Pick<FolderLock, 'isHeld'>) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.#run(work));
    this.#last = result.catch(() => {});
    return result;
  }

  /** Waits for the work under way; what still waits for another window is rejected. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#last;
  }

  async #run<T>(work: (lock: FolderLock) => Promise<T>): Promise<T> {
    const lock = await this.#waitForLock();
    try {
      await this.#catchUp();
      return await work(lock);
    } finally {
      this.#release(lock);
    }
  }

  async #catchUp(): Promise<void> {
    try {
      await this.#options.catchUp();
    } catch (error) {
      throw readableError('read', this.#context.paths.folder, error);
    }
  }

  async #waitForLock(): Promise<FolderLock> {
    const { disk, paths, now } = this.#context;
    const endMs = performance.now() + this.#options.timeoutMs;
    for (;;) {
      if (this.#isClosing) throw new UserError('The store is closed.');
      try {
        disk.makeFolder(paths.folder);
        this.#unreleased?.release();
        this.#unreleased = undefined;
        const lock = tryLock(disk, paths.exclusiveLock, now());
        if (lock !== undefined) return lock;
      } catch (error) {
        throw readableError('write to', paths.exclusiveLock, error);
      }
      if (performance.now() > endMs) {
        throw new UserError(
          `Another window has been at work on ${paths.folder} for too long. Try again, or close the other windows of this folder first.`,
        );
      }
      await delay(randomInt(5, 30));
    }
  }

  #release(lock: FolderLock): void {
    const { paths, report } = this.#context;
    try {
      lock.release();
    } catch (error) {
      this.#unreleased = lock;
      report(readableError('write to', paths.exclusiveLock, error).message);
    }
  }
}
