import { errorCode } from '../disk/disk';
import { readableError } from '../readableError';
import type { StoreContext } from '../storeContext';
import { leasePath } from '../storePaths';
import { JournalWriter } from './journalWriter';
import { leaseRenewalMs, writeLease } from './writerLease';

/**
 * The writers that this process has been: one, and one more for each journal that failed or grew large.
 * All keep their leases, as the runs that they recorded go on.
 */
export class OwnWriters {
  readonly #context: StoreContext;
  /** Whether the journal of each is sealed. */
  readonly #writers = new Map<string, boolean>();
  #renewal: NodeJS.Timeout | undefined;
  #told: string | undefined;

  constructor(context: StoreContext) {
    this.#context = context;
  }

  readonly isOwn = (writerId: string): boolean => this.#writers.has(writerId);

  async create(): Promise<JournalWriter> {
    const writer = await JournalWriter.create(this.#context.disk, this.#context.paths);
    this.#writers.set(writer.writerId, false);
    this.#renewal ??= setInterval(() => this.renew(), leaseRenewalMs).unref();
    return writer;
  }

  /** Says that nothing more will be written to this one's journal. */
  seal(writerId: string): void {
    const { disk, paths } = this.#context;
    this.#writers.set(writerId, true);
    try {
      writeLease(disk, paths, writerId, { isSealed: true });
    } catch {
      // Its journal then only goes once this process is gone.
    }
  }

  /** Says that this process is alive. */
  renew(): void {
    const { paths, report, passed } = this.#context;
    try {
      for (const [writerId, isSealed] of this.#writers) this.#renewOne(writerId, isSealed);
      if (this.#told !== undefined) passed(this.#told);
      this.#told = undefined;
    } catch (error) {
      this.#told = readableError('write to', paths.leases, error).message;
      report(this.#told);
    }
  }

  /** Says that nothing more will be written by any of them. */
  release(): void {
    clearInterval(this.#renewal);
    const { disk, paths, report } = this.#context;
    for (const writerId of this.#writers.keys()) {
      try {
        disk.remove(leasePath(paths, writerId));
      } catch (error) {
        report(readableError('write to', paths.leases, error).message);
      }
    }
  }

  #renewOne(writerId: string, isSealed: boolean): void {
    const { disk, paths } = this.#context;
    try {
      disk.touch(leasePath(paths, writerId));
    } catch (error) {
      // A store that was deleted is made anew by who records in it, not by this.
      if (errorCode(error) !== 'ENOENT') throw error;
      if (disk.stat(paths.journals) !== undefined) writeLease(disk, paths, writerId, { isSealed });
    }
  }
}
