import type { RunId } from '../../core/run/run';
import type { LogCut, StoredChange } from '../journal/journalFormat';

/** The size of a log is recorded so long after it grew, together with what comes in that time. */
const delayMs = 250;

/** Gathers how far logs grew, so that not each line of output is a change of its own. */
export class LogSizes {
  readonly #record: (changes: readonly StoredChange[]) => Promise<void>;
  readonly #grown = new Map<RunId, number>();
  readonly #cut = new Map<RunId, Pick<LogCut, 'bytes' | 'why'>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(record: (changes: readonly StoredChange[]) => Promise<void>) {
    this.#record = record;
  }

  grew(runId: RunId, sizeBytes: number): void {
    this.#grown.set(runId, sizeBytes);
    this.#flushSoon();
  }

  leftOut(runId: RunId, cut: Pick<LogCut, 'bytes' | 'why'>): void {
    this.#cut.set(runId, cut);
    this.#flushSoon();
  }

  #flushSoon(): void {
    this.#timer ??= setTimeout(() => void this.flush(), delayMs).unref();
  }

  /** Records what is gathered at once. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changes: StoredChange[] = [];
    for (const [runId, sizeBytes] of this.#grown) {
      changes.push({ kind: 'logGrew', runId, sizeBytes });
    }
    for (const [runId, cut] of this.#cut) changes.push({ kind: 'logLeftOut', runId, ...cut });
    this.#grown.clear();
    this.#cut.clear();
    if (changes.length > 0) await this.#record(changes);
  }
}
