import { errorMessage } from '../../core/userError';
import type { Replica } from '../database/replica';
import { bytesPast, framesPast, type Positions } from '../journal/journalPositions';
import { restingJournals } from '../journal/restingJournals';
import type { StoreContext } from '../storeContext';
import type { SnapshotOutcome } from './buildSnapshot';
import { readSnapshotPositions } from './snapshotFile';
import { takeSnapshot } from './takeSnapshot';

export interface SnapshotPolicy {
  /** One is due once so much of the journals is in none … */
  readonly dueBytes: number;
  /** … or so many commits, each of which costs time at the next start. */
  readonly dueFrames: number;
  /** At least so long one waits for the next. */
  readonly minRestMs: number;
  /** At the end one is taken for anything, or only for what is worth the wait. */
  readonly atClose: 'always' | 'ifWorthwhile';
}

export interface SnapshotPorts {
  /** The live state; another one after each wait. */
  replica(): Replica;
  /** Makes the next snapshot of what is on disk, which has `expected` at least. */
  build(expected: Positions): Promise<SnapshotOutcome>;
}

/** After a failure the next attempt waits. */
const failureRestMs = 30_000;
/** Else it waits ten times what the last one took, so that they cost a tenth of a processor at most. */
const restFactor = 10;
/** At the end a snapshot is worthwhile with this share of what else makes it due. */
const closeShare = 0.1;
/** … and if the last one took no longer than this, or the store is no larger than this. */
const quickMs = 1000;
const quickBytes = 16 * 1024 * 1024;

/** Takes snapshots when they are due. None is needed for durability; each makes the next start fast. */
export class SnapshotKeeper {
  readonly #context: StoreContext;
  readonly #ports: SnapshotPorts;
  readonly #policy: SnapshotPolicy;
  #contained: Positions;
  #taking: Promise<void> | undefined;
  #notBeforeMs = 0;
  #tookMs: number | undefined;
  #failure: string | undefined;

  constructor(
    context: StoreContext,
    ports: SnapshotPorts,
    contained: Positions,
    policy: SnapshotPolicy,
  ) {
    this.#context = context;
    this.#ports = ports;
    this.#contained = contained;
    this.#policy = policy;
  }

  /** Takes one in the background if it is due. */
  takeIfDue(): void {
    // The clock first: this is asked after every commit, and the other looks at all writers there were.
    if (this.#context.now() < this.#notBeforeMs || !this.#isDue(1)) return;
    void this.#start();
  }

  /** Takes one at the start also where it is only needed to let journals go that take space. */
  takeAtStart(): void {
    if (this.#restingBytes() >= this.#policy.dueBytes) void this.#start('always');
    else this.takeIfDue();
  }

  /** Takes one now if anything is in none, as when much was deleted. */
  async takeNow(): Promise<void> {
    await this.#taking;
    await this.#start();
  }

  /**
   * Writes the live state itself, as when what is on disk has less. Rejects if that fails.
   */
  async takeLive(): Promise<void> {
    await this.#taking;
    await this.#writeLive();
  }

  /** Takes a last one if that is worthwhile. */
  async close(): Promise<void> {
    await this.#taking;
    const isWorthwhile = this.#isDue(1) || (this.#isDue(closeShare) && this.#isQuick());
    if (this.#policy.atClose === 'always' ? this.#newBytes() > 0 : isWorthwhile) {
      await this.#start();
    }
  }

  /** Whether a window that closes can be kept waiting for one. */
  #isQuick(): boolean {
    if (this.#tookMs !== undefined) return this.#tookMs <= quickMs;
    const { disk, paths } = this.#context;
    try {
      return (disk.stat(paths.snapshot)?.sizeBytes ?? 0) <= quickBytes;
    } catch {
      // Nor can one be written to a disk that cannot be looked at.
      return false;
    }
  }

  #isDue(share: number): boolean {
    const { dueBytes, dueFrames } = this.#policy;
    const newFrames = framesPast(this.#ports.replica().positions(), this.#contained);
    return this.#newBytes() >= dueBytes * share || newFrames >= dueFrames * share;
  }

  /** Of the journals that wait for no more than a second snapshot to contain them. */
  #restingBytes(): number {
    try {
      return [...restingJournals(this.#context, this.#contained)].reduce(
        (sum, { sizeBytes }) => sum + sizeBytes,
        0,
      );
    } catch {
      // A folder that cannot be read is told of by who reads the journals.
      return 0;
    }
  }

  #newBytes(): number {
    return bytesPast(this.#ports.replica().positions(), this.#contained);
  }

  #start(when: 'ifNew' | 'always' = 'ifNew'): Promise<void> {
    this.#taking ??= this.#take(when).finally(() => {
      this.#taking = undefined;
    });
    return this.#taking;
  }

  async #take(when: 'ifNew' | 'always'): Promise<void> {
    const { disk, paths, now, report, passed } = this.#context;
    const startMs = now();
    try {
      // Another window may have done it.
      this.#contained = readSnapshotPositions(disk, paths.snapshot) ?? this.#contained;
      if (when === 'always' || this.#newBytes() > 0) await this.#takeOne();
      this.#tookMs = now() - startMs;
      this.#notBeforeMs = now() + Math.max(this.#policy.minRestMs, restFactor * this.#tookMs);
      if (this.#failure !== undefined) passed(this.#failure);
      this.#failure = undefined;
    } catch (error) {
      this.#notBeforeMs = now() + failureRestMs;
      this.#failure = `Epochlog could not write a snapshot of ${paths.folder} (${errorMessage(error)}). Nothing is lost: it tries again later.`;
      report(this.#failure);
    }
  }

  async #takeOne(): Promise<void> {
    const expected = new Map(this.#ports.replica().positions());
    const outcome = await this.#ports.build(expected);
    if (outcome === 'behind') {
      // What this process has read once is still in its memory.
      await this.#writeLive();
    } else if (outcome !== 'busy') {
      this.#contained = outcome;
    }
  }

  async #writeLive(): Promise<void> {
    const taken = await takeSnapshot(this.#context, this.#ports.replica());
    this.#contained = taken ?? this.#contained;
  }
}
