import { bytesPast, type Positions } from './journalPositions';
import { errorMessage } from './readableError';
import type { Replica } from './replica';
import { readSnapshotPositions } from './snapshotFile';
import type { StoreContext } from './storeContext';
import { takeSnapshot } from './takeSnapshot';

/** After one attempt the next waits, as each costs the time of a whole export. */
const restMs = 30_000;

/** Takes snapshots when they are due. None is needed for durability; each makes the next start fast. */
export class SnapshotKeeper {
  readonly #context: StoreContext;
  readonly #replica: () => Replica;
  readonly #dueBytes: number;
  #contained: Positions;
  #taking: Promise<void> | undefined;
  #notBeforeMs = 0;

  constructor(
    context: StoreContext,
    replica: () => Replica,
    contained: Positions,
    dueBytes: number,
  ) {
    this.#context = context;
    this.#replica = replica;
    this.#contained = contained;
    this.#dueBytes = dueBytes;
  }

  /** Takes one in the background if `dueBytes` of journals are in none. */
  takeIfDue(): void {
    if (this.#newBytes() < this.#dueBytes || this.#context.now() < this.#notBeforeMs) return;
    this.#taking ??= this.#take().finally(() => {
      this.#taking = undefined;
    });
  }

  /** Takes one if anything is in none. */
  async close(): Promise<void> {
    await this.#taking;
    if (this.#newBytes() > 0) await this.#take();
  }

  #newBytes(): number {
    return bytesPast(this.#replica().positions(), this.#contained);
  }

  async #take(): Promise<void> {
    const { disk, paths, now, report } = this.#context;
    this.#notBeforeMs = now() + restMs;
    try {
      // Another window may have done it.
      this.#contained = readSnapshotPositions(disk, paths.snapshot) ?? this.#contained;
      if (this.#newBytes() === 0) return;
      this.#contained = (await takeSnapshot(this.#context, this.#replica())) ?? this.#contained;
    } catch (error) {
      report(
        `Epochlog could not write a snapshot of ${paths.folder} (${errorMessage(error)}). Nothing is lost: it tries again later.`,
      );
    }
  }
}
