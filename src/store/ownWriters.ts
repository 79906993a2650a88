import { JournalWriter } from './journalWriter';
import { readableError } from './readableError';
import type { StoreContext } from './storeContext';
import { leasePath } from './storePaths';
import { leaseRenewalMs } from './writerLease';

/** The writers that this process has been: one, and one more for each journal that failed. */
export class OwnWriters {
  readonly #context: StoreContext;
  readonly #writerIds: string[] = [];
  #renewal: NodeJS.Timeout | undefined;

  constructor(context: StoreContext) {
    this.#context = context;
  }

  readonly isOwn = (writerId: string): boolean => this.#writerIds.includes(writerId);

  async create(): Promise<JournalWriter> {
    const writer = await JournalWriter.create(this.#context.disk, this.#context.paths);
    this.#writerIds.push(writer.writerId);
    this.#renewal ??= setInterval(() => this.#renew(), leaseRenewalMs).unref();
    return writer;
  }

  /** Says that nothing more will be written. */
  release(): void {
    clearInterval(this.#renewal);
    const { disk, paths, report } = this.#context;
    for (const writerId of this.#writerIds) {
      try {
        disk.remove(leasePath(paths, writerId));
      } catch (error) {
        report(readableError('write to', paths.leases, error).message);
      }
    }
  }

  #renew(): void {
    const { disk, paths, report } = this.#context;
    for (const writerId of this.#writerIds) {
      try {
        disk.touch(leasePath(paths, writerId));
      } catch (error) {
        report(readableError('write to', paths.leases, error).message);
      }
    }
  }
}
