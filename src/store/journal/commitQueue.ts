import { setImmediate } from 'node:timers/promises';
import { UserError } from '../../core/userError';
import type { HybridClock, Moment } from './hybridClock';
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  momentCount,
  type Retried,
  type StoredChange,
} from './journalFormat';
import type { JournalWriter } from './journalWriter';
import type { WriteRetry } from './writeRetry';

export interface CommitPorts {
  readonly clock: HybridClock;
  readonly retry: WriteRetry;
  createWriter(): Promise<JournalWriter>;
  /** Called once nothing more goes to this writer's journal, though this process lives on. */
  sealed(writer: JournalWriter): void;
  /** Takes in what is on disk; returns what could not be taken in, by its sequence. */
  apply(writer: JournalWriter, frames: readonly Frame[]): ReadonlyMap<number, unknown>;
  readable(error: unknown): Error;
  /** A journal that has grown to this is left, so that it can go once snapshots contain it. */
  readonly maxJournalBytes: number;
}

interface PendingCommit {
  readonly changes: readonly StoredChange[];
  /** When it was committed, however long it is held. */
  readonly moment: Moment;
  /** Where it was first written to, perhaps in vain. */
  firstPlace?: Retried;
  resolve(): void;
  reject(error: Error): void;
}

interface Batch {
  readonly commits: readonly PendingCommit[];
  readonly frames: readonly Uint8Array[];
}

/** Enough for one write; what is left waits for the next. */
const maxBatchBytes = 16 * 1024 * 1024;

/** Writes commits to the journal: all that come while the disk is busy go there together. */
export class CommitQueue {
  readonly #ports: CommitPorts;
  #pending: PendingCommit[] = [];
  #writer: JournalWriter | undefined;
  #sequence = 0;
  #draining: Promise<void> | undefined;
  #isClosed = false;

  constructor(ports: CommitPorts) {
    this.#ports = ports;
  }

  /** Resolves once it is on disk, in whatever time it takes until the disk can be written to. */
  async commit(changes: readonly StoredChange[]): Promise<void> {
    // To a file that is closed nothing may go: its number can be that of another by now.
    if (this.#isClosed) throw new UserError('The store is closed.');
    const { clock, retry } = this.#ports;
    for (const change of changes) checkChange(change);
    const moment = clock.take(changes.reduce((sum, change) => sum + momentCount(change), 0));
    // Only while writing fails is it worth the time to know how much is held.
    const sizeBytes = retry.isHolding ? encodeFrame({ sequence: 0, moment, changes }).length : 0;
    const release = retry.hold(sizeBytes);
    try {
      await new Promise<void>((resolve, reject) => {
        this.#pending.push({ changes, moment, resolve, reject });
        this.#draining ??= this.#drain();
      });
    } finally {
      release();
    }
  }

  /** Waits for what is under way; what is committed from here on is rejected. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#draining;
    this.#writer?.close();
  }

  async #drain(): Promise<void> {
    while (this.#pending.length > 0) {
      // What other threads have sent by now goes together, though a quick disk is not left time to gather.
      await setImmediate();
      try {
        await this.#ports.retry.run(() => this.#writeBatch());
      } catch (error) {
        for (const commit of this.#pending.splice(0)) commit.reject(this.#ports.readable(error));
      }
    }
    this.#draining = undefined;
  }

  /** Throws if something of the batch could not be written; that is then the first that is pending. */
  async #writeBatch(): Promise<void> {
    const writer = await this.#openWriter();
    const batch = this.#takeBatch(writer);
    if (batch.frames.length === 0) return;
    const { written, error } = await writer.append(batch.frames);
    this.#pending = [...batch.commits.slice(written), ...this.#pending];
    this.#sequence += written;
    if (written > 0) this.#apply(writer, batch, written);
    if (error !== undefined) throw error;
  }

  #apply(writer: JournalWriter, { commits, frames }: Batch, written: number): void {
    const settled = commits.slice(0, written);
    try {
      // What is applied is what is in the journal, so that a replay comes to the same state.
      const decoded = frames.slice(0, written).map(decodeFrame);
      const errors = this.#ports.apply(writer, decoded);
      for (const [index, { sequence }] of decoded.entries()) {
        if (!errors.has(sequence)) settled[index]?.resolve();
        else settled[index]?.reject(this.#ports.readable(errors.get(sequence)));
      }
    } catch (error) {
      for (const commit of settled) commit.reject(this.#ports.readable(error));
    }
  }

  async #openWriter(): Promise<JournalWriter> {
    const { createWriter, sealed, maxJournalBytes } = this.#ports;
    const writer = this.#writer;
    if (writer !== undefined && (writer.isBroken || writer.sizeBytes >= maxJournalBytes)) {
      writer.close();
      this.#writer = undefined;
      sealed(writer);
    }
    if (this.#writer === undefined) {
      this.#writer = await createWriter();
      this.#sequence = 0;
    }
    return this.#writer;
  }

  #takeBatch(writer: JournalWriter): Batch {
    const commits: PendingCommit[] = [];
    const frames: Uint8Array[] = [];
    let sizeBytes = 0;
    let taken = 0;
    for (const commit of this.#pending) {
      if (sizeBytes >= maxBatchBytes) break;
      taken++;
      try {
        const frame = encodeCommit(commit, writer.writerId, this.#sequence + frames.length + 1);
        frames.push(frame);
        commits.push(commit);
        sizeBytes += frame.length;
      } catch (error) {
        commit.reject(this.#ports.readable(error));
      }
    }
    this.#pending = this.#pending.slice(taken);
    return { commits, frames };
  }
}

/** One that may be in another journal already says so, and keeps its moment, so as to count once. */
function encodeCommit(
  commit: PendingCommit,
  writerId: string,
  sequence: number,
): Uint8Array<ArrayBuffer> {
  const { changes, moment, firstPlace } = commit;
  if (firstPlace === undefined || firstPlace.writerId === writerId) {
    commit.firstPlace = { kind: 'retried', writerId, sequence };
    return encodeFrame({ sequence, moment, changes });
  }
  return encodeFrame({ sequence, moment, changes: [firstPlace, ...changes] });
}

/** What is in the journal must be possible to apply, for ever. */
function checkChange(change: StoredChange): void {
  if (change.kind !== 'pointsAppended') return;
  const { steps, values, timesMs } = change;
  if (steps.length !== values.length || timesMs.length !== values.length) {
    throw new UserError(`The columns of ${change.key} differ in length.`);
  }
}
