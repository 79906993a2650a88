import type { RunId } from '../../core/run/run';
import { UserError } from '../../core/userError';
import type { Disk } from '../disk/disk';
import { makeDurableFolder } from '../disk/durableFolder';
import { closeQuietly, writeAll } from '../disk/durableWrite';
import { logPath } from '../disk/storeFiles';
import type { WriteRetry } from '../journal/writeRetry';
import { readableError } from '../readableError';
import type { ByteRange } from '../store';
import type { StoreContext } from '../storeContext';

interface PendingLog {
  parts: Uint8Array[];
  waiting: { resolve(): void; reject(error: unknown): void }[];
  readonly draining: Promise<void>;
}

/** The raw logs of runs, one file each; what comes while the disk is busy is written together. */
export class LogFiles {
  readonly #context: StoreContext;
  readonly #retry: WriteRetry;
  readonly #grew: (runId: RunId, sizeBytes: number) => void;
  readonly #pending = new Map<RunId, PendingLog>();

  constructor(
    context: StoreContext,
    retry: WriteRetry,
    grew: (runId: RunId, sizeBytes: number) => void,
  ) {
    this.#context = context;
    this.#retry = retry;
    this.#grew = grew;
  }

  /** Resolves once it is on disk, in whatever time it takes until the disk can be written to. */
  async append(runId: RunId, bytes: Uint8Array): Promise<void> {
    const path = checkedPath(this.#context, runId);
    const release = this.#retry.hold(bytes.length);
    try {
      await new Promise<void>((resolve, reject) => {
        const log = this.#pending.get(runId) ?? this.#start(runId, path);
        log.parts.push(bytes);
        log.waiting.push({ resolve, reject });
      });
    } finally {
      release();
    }
  }

  sizeBytes(runId: RunId): number {
    return this.#context.disk.stat(checkedPath(this.#context, runId))?.sizeBytes ?? 0;
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.all(Array.from(this.#pending.values(), ({ draining }) => draining));
  }

  /** One log that cannot be written does not hold up the others. */
  #start(runId: RunId, path: string): PendingLog {
    const log: PendingLog = {
      parts: [],
      waiting: [],
      // What comes in the same turn is written together.
      draining: Promise.resolve().then(() => this.#drain(runId, path, log)),
    };
    this.#pending.set(runId, log);
    return log;
  }

  async #drain(runId: RunId, path: string, log: PendingLog): Promise<void> {
    while (log.parts.length > 0) {
      const { parts, waiting } = log;
      log.parts = [];
      log.waiting = [];
      try {
        const append = this.#appender(path, Buffer.concat(parts));
        this.#grew(runId, await this.#retry.run(append));
        for (const { resolve } of waiting) resolve();
      } catch (error) {
        const readable = readableError('write to', this.#context.paths.logs, error);
        for (const { reject } of waiting) reject(readable);
      }
    }
    this.#pending.delete(runId);
  }

  /** Appends the bytes once, however often it is called until that succeeds; resolves to the size then. */
  #appender(path: string, bytes: Uint8Array): () => Promise<number> {
    const { disk, paths } = this.#context;
    let startBytes: number | undefined;
    return async () => {
      const foundBytes = disk.stat(path)?.sizeBytes ?? 0;
      startBytes ??= foundBytes;
      if (foundBytes === 0) makeDurableFolder(disk, paths, paths.logs);
      const file = disk.open(path, 'append');
      try {
        // What an earlier call left there.
        if (foundBytes > startBytes) disk.truncate(file, startBytes);
        if (foundBytes === 0) disk.syncFolder(paths.logs);
        writeAll(disk, file, bytes);
        await disk.sync(file);
      } catch (error) {
        cutBack(disk, file, startBytes);
        throw error;
      } finally {
        closeQuietly(disk, file);
      }
      return Math.min(startBytes, foundBytes) + bytes.length;
    };
  }
}

/** Where logs lie, for whoever only reads them. */
export type LogPlace = Pick<StoreContext, 'disk' | 'paths'>;

/** Empty if nothing was written. */
export function readLog(context: LogPlace, runId: RunId, range?: ByteRange): Uint8Array {
  const { disk } = context;
  const path = checkedPath(context, runId);
  try {
    if (disk.stat(path) === undefined) return new Uint8Array();
    return range === undefined
      ? disk.read(path)
      : disk.readRange(path, range.startByte, range.lengthBytes);
  } catch (error) {
    throw readableError('read', path, error);
  }
}

export function checkedPath({ paths }: Pick<LogPlace, 'paths'>, runId: RunId): string {
  if (!/^[\w-]{1,128}$/.test(runId)) throw new UserError(`${runId} is not the id of a run.`);
  return logPath(paths, runId);
}

/** So that nobody reads half of it; if it fails, who appends next does it. */
function cutBack(disk: Disk, file: number, sizeBytes: number): void {
  try {
    disk.truncate(file, sizeBytes);
  } catch {
    // The write that failed is told of, which says more.
  }
}
