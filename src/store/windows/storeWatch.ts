import type { Applied } from '../database/replica';
import type { JournalTrouble } from '../journal/journalReader';
import { healJournal } from '../journal/journalTrouble';
import { readableError } from '../readableError';
import type { StoreContext } from '../storeContext';
import type { LiveState } from './liveState';

/** Keeps the live state up with what all others write, and tells of what it finds there. */
export class StoreWatch {
  readonly #context: StoreContext;
  readonly #live: LiveState;
  readonly #announce: (applied: readonly Applied[]) => void;
  #polling: Promise<void> | undefined;
  #unreadable: string | undefined;
  #readOnlyReason: string | undefined;

  constructor(
    context: StoreContext,
    live: LiveState,
    announce: (applied: readonly Applied[]) => void,
  ) {
    this.#context = context;
    this.#live = live;
    this.#announce = announce;
  }

  /** Why nothing may be written, if so: a newer version of the program has been at work. */
  get readOnlyReason(): string | undefined {
    return this.#readOnlyReason;
  }

  /** Deals with what was found when the store was loaded. */
  async start(troubles: readonly JournalTrouble[]): Promise<void> {
    this.#checkVersion();
    await this.#handle(troubles);
  }

  /** Takes in what is new; one at a time, also where a look takes longer than the time between two. */
  poll(): Promise<void> {
    this.#polling ??= this.#readOthers().finally(() => {
      this.#polling = undefined;
    });
    return this.#polling;
  }

  /** Waits for a look that is under way. */
  async close(): Promise<void> {
    await this.#polling;
  }

  /** Takes in all that others have written up to now. Rejects if some of it cannot be read. */
  async catchUpWithAll(): Promise<void> {
    const unread = await this.#catchUp();
    if (unread !== undefined) throw unread;
  }

  async #readOthers(): Promise<void> {
    const { paths, report, passed } = this.#context;
    try {
      await this.#catchUp();
      if (this.#unreadable !== undefined) passed(this.#unreadable);
      this.#unreadable = undefined;
    } catch (error) {
      this.#unreadable = readableError('read', paths.journals, error).message;
      report(this.#unreadable);
    }
  }

  /** Returns why some journal could not be read, if so. */
  async #catchUp(): Promise<Error | undefined> {
    const { applied, troubles, unread } = await this.#live.catchUp();
    this.#checkVersion();
    this.#announce(applied);
    await this.#handle(troubles);
    return unread[0];
  }

  #checkVersion(): void {
    this.#readOnlyReason ??= this.#live.readOnlyReason;
    if (this.#readOnlyReason !== undefined) this.#context.report(this.#readOnlyReason);
  }

  async #handle(troubles: readonly JournalTrouble[]): Promise<void> {
    for (const trouble of troubles) {
      const message = await healJournal(this.#context, trouble);
      if (trouble.kind === 'newer') this.#readOnlyReason = message;
      this.#context.report(message);
    }
  }
}
