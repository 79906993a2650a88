import { UserError } from '../core/userError';
import type { HybridClock } from './hybridClock';
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  momentCount,
  type StoredChange,
} from './journalFormat';
import type { JournalWriter } from './journalWriter';

export interface CommitPorts {
  readonly clock: HybridClock;
  createWriter(): Promise<JournalWriter>;
  /** Takes in what is on disk; returns what could not be taken in, by its sequence. */
  apply(writer: JournalWriter, frames: readonly Frame[]): ReadonlyMap<number, unknown>;
  readable(error: unknown): Error;
}

interface PendingCommit {
  readonly changes: readonly StoredChange[];
  resolve(): void;
  reject(error: Error): void;
}

/** Enough for one write; what is left waits for the next. */
const maxBatchBytes = 16 * 1024 * 1024;

/** Writes commits to the journal: all that come while the disk is busy go there together. */
export class CommitQueue {
  readonly #ports: CommitPorts;
  readonly #pending: PendingCommit[] = [];
  #writer: JournalWriter | undefined;
  #sequence = 0;
  #draining: Promise<void> | undefined;

  constructor(ports: CommitPorts) {
    this.#ports = ports;
  }

  commit(changes: readonly StoredChange[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ changes, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** Waits for what is under way; nothing may be committed after. */
  async close(): Promise<void> {
    await this.#draining;
    this.#writer?.close();
  }

  async #drain(): Promise<void> {
    // Commits made in the same turn go together.
    await Promise.resolve();
    while (this.#pending.length > 0) {
      try {
        await this.#writeBatch();
      } catch (error) {
        for (const commit of this.#pending.splice(0)) commit.reject(this.#ports.readable(error));
      }
    }
    this.#draining = undefined;
  }

  async #writeBatch(): Promise<void> {
    const writer = await this.#openWriter();
    const { commits, encoded } = this.#takeBatch();
    if (encoded.length === 0) return;
    try {
      await this.#append(writer, commits, encoded);
    } catch (error) {
      // Of those that are settled already this changes nothing.
      for (const commit of commits) commit.reject(this.#ports.readable(error));
    }
  }

  async #append(
    writer: JournalWriter,
    commits: readonly PendingCommit[],
    encoded: readonly Uint8Array[],
  ): Promise<void> {
    const { written, error } = await writer.append(encoded);
    this.#sequence += written;
    for (const commit of commits.slice(written)) commit.reject(this.#ports.readable(error));
    if (written === 0) return;
    // What is applied is what is in the journal, so that a replay comes to the same state.
    const frames = encoded.slice(0, written).map(decodeFrame);
    const errors = this.#ports.apply(writer, frames);
    for (const [index, { sequence }] of frames.entries()) {
      if (!errors.has(sequence)) commits[index]?.resolve();
      else commits[index]?.reject(this.#ports.readable(errors.get(sequence)));
    }
  }

  async #openWriter(): Promise<JournalWriter> {
    if (this.#writer?.isBroken) {
      this.#writer.close();
      this.#writer = undefined;
    }
    if (this.#writer === undefined) {
      this.#writer = await this.#ports.createWriter();
      this.#sequence = 0;
    }
    return this.#writer;
  }

  #takeBatch(): { commits: PendingCommit[]; encoded: Uint8Array[] } {
    const commits: PendingCommit[] = [];
    const encoded: Uint8Array[] = [];
    let sizeBytes = 0;
    while (this.#pending.length > 0 && sizeBytes < maxBatchBytes) {
      const commit = this.#pending.shift();
      if (commit === undefined) break;
      try {
        const frame = this.#encode(commit.changes, this.#sequence + encoded.length + 1);
        encoded.push(frame);
        commits.push(commit);
        sizeBytes += frame.length;
      } catch (error) {
        commit.reject(this.#ports.readable(error));
      }
    }
    return { commits, encoded };
  }

  #encode(changes: readonly StoredChange[], sequence: number): Uint8Array {
    for (const change of changes) checkChange(change);
    const ticks = changes.reduce((sum, change) => sum + momentCount(change), 0);
    return encodeFrame({ sequence, moment: this.#ports.clock.take(ticks), changes });
  }
}

/** What is in the journal must be possible to apply, for ever. */
function checkChange(change: StoredChange): void {
  if (change.kind !== 'pointsAppended') return;
  const { steps, values, timesMs } = change;
  if (steps.length !== values.length || timesMs.length !== values.length) {
    throw new UserError(`The columns of ${change.key} differ in length.`);
  }
}
