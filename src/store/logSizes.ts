import type { RunId } from '../core/run/run';
import type { StoredChange } from './journalFormat';

/** The size of a log is recorded so long after it grew, together with what comes in that time. */
const delayMs = 250;

/** Gathers how far logs grew, so that not each line of output is a change of its own. */
export class LogSizes {
  readonly #record: (changes: readonly StoredChange[]) => Promise<void>;
  readonly #grown = new Map<RunId, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(record: (changes: readonly StoredChange[]) => Promise<void>) {
    this.#record = record;
  }

  grew(runId: RunId, sizeBytes: number): void {
    this.#grown.set(runId, sizeBytes);
    this.#timer ??= setTimeout(() => void this.flush(), delayMs).unref();
  }

  /** Records what is gathered at once. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changes = Array.from(this.#grown, ([runId, sizeBytes]) => {
      return { kind: 'logGrew', runId, sizeBytes } as const;
    });
    this.#grown.clear();
    if (changes.length > 0) await this.#record(changes);
  }
}
