import type { RunId } from '../../core/run/run';
import type { LogCut } from '../journal/journalFormat';
import type { LogFiles } from './logFiles';
import type { SpaceLimit } from './spaceLimit';

type Cut = Pick<LogCut, 'bytes' | 'why'>;

export interface LogLimits {
  readonly space: SpaceLimit;
  maxLogBytes(): number;
  /** What an earlier recorder of the run left out. */
  leftOutBefore(runId: RunId): Cut | undefined;
  /** So much of a run's output has been left out in all. */
  leftOut(runId: RunId, cut: Cut): void;
}

/** Keeps of each log what its limit and the store's allow, and counts the rest. */
export class CappedLogs {
  readonly #logs: LogFiles;
  readonly #limits: LogLimits;
  /** How long each log is once all that was given is written. */
  readonly #sizes = new Map<RunId, number>();
  readonly #cuts = new Map<RunId, Cut>();

  constructor(logs: LogFiles, limits: LogLimits) {
    this.#logs = logs;
    this.#limits = limits;
  }

  /** Resolves once what is kept of it is on disk. What follows something left out is left out too. */
  async append(runId: RunId, bytes: Uint8Array): Promise<void> {
    const { space, maxLogBytes, leftOutBefore } = this.#limits;
    const isFirst = !this.#sizes.has(runId);
    const cut = this.#cuts.get(runId) ?? (isFirst ? leftOutBefore(runId) : undefined);
    if (cut !== undefined) return this.#leaveOut(runId, bytes.length, cut);
    const sizeBytes = this.#sizes.get(runId) ?? this.#sizeOnDisk(runId);
    const isFull = space.isReached();
    const kept = bytes.subarray(0, isFull ? 0 : Math.max(0, maxLogBytes() - sizeBytes));
    const why = isFull ? 'maxTotalGB' : 'maxLogMB';
    if (kept.length < bytes.length) {
      this.#leaveOut(runId, bytes.length - kept.length, { bytes: 0, why });
    }
    if (kept.length > 0) await this.#keep(runId, sizeBytes, kept);
  }

  #sizeOnDisk(runId: RunId): number {
    try {
      return this.#logs.sizeBytes(runId);
    } catch {
      // Whoever cannot look cannot write either, which is held until it can, and told of.
      return 0;
    }
  }

  async #keep(runId: RunId, sizeBytes: number, bytes: Uint8Array): Promise<void> {
    this.#sizes.set(runId, sizeBytes + bytes.length);
    try {
      await this.#logs.append(runId, bytes);
      this.#limits.space.wrote(bytes.length);
    } catch (error) {
      // The file says how long it is.
      this.#sizes.delete(runId);
      throw error;
    }
  }

  #leaveOut(runId: RunId, bytes: number, before: Cut): void {
    const cut = { bytes: before.bytes + bytes, why: before.why };
    this.#cuts.set(runId, cut);
    this.#limits.leftOut(runId, cut);
  }
}
