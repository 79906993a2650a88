import type { CleanUpPart, CleanUpStep } from '../../core/space/spaceUsage';
import { errorMessage, UserError } from '../../core/userError';
import type { StoredChange } from '../journal/journalFormat';
import type { StoreContext } from '../storeContext';

interface ChoreTimes {
  readonly pollMs: number;
  readonly thinMs: number;
  readonly abandonedMs: number;
}

interface ChorePorts {
  /** Whether nothing is in the way of writing. */
  canWrite(): boolean;
  /** Reads what other windows wrote. */
  poll(): Promise<void>;
  lookForAbandoned(when: { readonly atOnce: boolean }): readonly StoredChange[];
  /** Commits what nobody waits for. */
  record(changes: readonly StoredChange[]): Promise<void>;
  cleanUp(part: CleanUpPart): Promise<CleanUpStep>;
}

/** What an open store does by itself from time to time. */
export class StoreChores {
  readonly #context: StoreContext;
  readonly #times: ChoreTimes;
  readonly #ports: ChorePorts;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(context: StoreContext, times: ChoreTimes, ports: ChorePorts) {
    this.#context = context;
    this.#times = times;
    this.#ports = ports;
  }

  start(): void {
    this.#every(this.#times.pollMs, () => this.#ports.poll());
    this.#every(this.#times.thinMs, () => this.#dropOldOutputs());
    this.#every(this.#times.abandonedMs, () => this.endAbandonedRuns({ atOnce: false }));
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  async endAbandonedRuns(when: { readonly atOnce: boolean }): Promise<void> {
    // What ends them is held already, if anything is.
    if (!this.#ports.canWrite()) return;
    let changes: readonly StoredChange[];
    try {
      changes = this.#ports.lookForAbandoned(when);
    } catch {
      // A folder that cannot be read is told of by who reads the journals.
      return;
    }
    if (changes.length > 0) await this.#ports.record(changes);
  }

  /** Whatever is in the way of it, such as another window at work, the next time comes. */
  async #dropOldOutputs(): Promise<void> {
    if (!this.#ports.canWrite()) return;
    try {
      for (const part of ['oldOutputs', 'unreferenced'] as const) {
        for (let isDone = false; !isDone; ) ({ isDone } = await this.#ports.cleanUp(part));
      }
    } catch (error) {
      if (!(error instanceof UserError)) this.#context.report(errorMessage(error));
    }
  }

  #every(periodMs: number, work: () => Promise<void>): void {
    this.#timers.push(setInterval(() => void work(), periodMs).unref());
  }
}
