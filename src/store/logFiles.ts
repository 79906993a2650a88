import { join } from 'node:path';
import type { RunId } from '../core/run/run';
import { UserError } from '../core/userError';
import type { Disk } from './disk';
import { makeDurableFolder } from './durableFolder';
import { writeAll } from './durableWrite';
import { readableError } from './readableError';
import type { StoreContext } from './storeContext';

interface PendingLog {
  readonly parts: Uint8Array[];
  readonly waiting: { resolve(): void; reject(error: Error): void }[];
}

/** The raw logs of runs, one file each; what comes while the disk is busy is written together. */
export class LogFiles {
  readonly #context: StoreContext;
  readonly #grew: (runId: RunId, sizeBytes: number) => void;
  readonly #pending = new Map<RunId, PendingLog>();
  #draining: Promise<void> | undefined;

  constructor(context: StoreContext, grew: (runId: RunId, sizeBytes: number) => void) {
    this.#context = context;
    this.#grew = grew;
  }

  append(runId: RunId, bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      const log = this.#pending.get(runId) ?? { parts: [], waiting: [] };
      log.parts.push(bytes);
      log.waiting.push({ resolve, reject });
      this.#pending.set(runId, log);
      this.#draining ??= this.#drain();
    });
  }

  /** Empty if nothing was written. */
  read(runId: RunId): Uint8Array {
    const path = this.#path(runId);
    try {
      const { disk } = this.#context;
      return disk.stat(path) === undefined ? new Uint8Array() : disk.read(path);
    } catch (error) {
      throw readableError('read', path, error);
    }
  }

  sizeBytes(runId: RunId): number {
    return this.#context.disk.stat(this.#path(runId))?.sizeBytes ?? 0;
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#pending.size > 0) {
      const logs = [...this.#pending];
      this.#pending.clear();
      for (const [runId, { parts, waiting }] of logs) {
        try {
          this.#grew(runId, await this.#write(runId, parts));
          for (const { resolve } of waiting) resolve();
        } catch (error) {
          const readable = readableError('write to', this.#context.paths.logs, error);
          for (const { reject } of waiting) reject(readable);
        }
      }
    }
    this.#draining = undefined;
  }

  async #write(runId: RunId, parts: readonly Uint8Array[]): Promise<number> {
    const { disk, paths } = this.#context;
    const path = this.#path(runId);
    const beforeBytes = disk.stat(path)?.sizeBytes ?? 0;
    if (beforeBytes === 0) makeDurableFolder(disk, paths, paths.logs);
    const file = disk.open(path, 'append');
    const bytes = Buffer.concat(parts);
    try {
      if (beforeBytes === 0) disk.syncFolder(paths.logs);
      writeAll(disk, file, bytes);
      await disk.sync(file);
    } catch (error) {
      cutBack(disk, file, beforeBytes);
      throw error;
    } finally {
      disk.close(file);
    }
    return beforeBytes + bytes.length;
  }

  #path(runId: RunId): string {
    if (!/^[\w-]{1,128}$/.test(runId)) throw new UserError(`${runId} is not the id of a run.`);
    return join(this.#context.paths.logs, `${runId}.log`);
  }
}

/** So that a caller who tries again does not find half of it twice; if it fails, that is all. */
function cutBack(disk: Disk, file: number, sizeBytes: number): void {
  try {
    disk.truncate(file, sizeBytes);
  } catch {
    // The write that failed is told of, which says more.
  }
}
